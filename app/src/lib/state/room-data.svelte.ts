/** A room's data from the exchange's messages, in runes. Only reducers write them. Knows no socket and no request. */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import {
  defaultPlaySettings,
  type Card,
  type Instrument,
  type LensSetting,
  type Limits,
  type Message,
  type OpenOrder,
  type PlaySettings,
  type Position,
  type Role,
  type Session,
  type User,
} from "#protocol";
import { moneyDecimals } from "#lib/trading/instruments.ts";
import { Market } from "./market.svelte.ts";
import { saveInTab, type OwnOrders, type TraderInSession } from "./tab-storage.ts";

/** The P&L before the first message about it. */
export const unknownPnl = { pnl: 0, realized: 0, unrealized: 0 } as const;

export interface ToldSettlement {
  readonly inst: number;
  /** Number of options that settled with it. */
  readonly options: number;
  readonly corrected: boolean;
  /** The users who gained and lost by it, the best first; null for a trader, who is told the own result only. */
  readonly results: Message<"settlement">["results"] | null;
}

/** Parts of an instrument that lists of what has been show. */
export type PastInstrument = Pick<Instrument, "id" | "symbol" | "tick_size">;

export class RoomData {
  readonly roomCode: string;
  me = $state.raw<{ userId: number; name: string; role: Role } | null>(null);
  session = $state.raw<Session | null>(null);
  /** Whether traders may see the arbitrage lens: the host always may. */
  lens = $state.raw<LensSetting>("off");
  settings = $state.raw<PlaySettings>(defaultPlaySettings);
  limits = $state.raw<Limits | null>(null);
  /** Limits of single users, where the host has set any. */
  readonly limitsOf = new SvelteMap<number, Limits>();
  users = $state.raw<readonly User[]>([]);
  /** Users whom the host has removed: their trades still count. */
  readonly kicked = new SvelteSet<number>();
  /** All instruments, in order of creation, also those that the host has hidden. */
  listed = $state.raw<readonly Instrument[]>([]);
  readonly #shown = $derived.by(() =>
    this.me?.role === "exchange" ? this.listed : this.listed.filter((one) => !one.hidden),
  );
  /** Number of decimals with which money is shown. */
  readonly moneyDecimals = $derived(moneyDecimals(this.listed));
  /** Own orders that are done, newest first, at most 200. */
  doneOrders = $state.raw<readonly OpenOrder[]>([]);
  /** Own orders that were open when the page was left; empty once the exchange has sent the open orders. */
  leftOpen: readonly OpenOrder[] = [];
  /** Own fills, newest first, at most 500. */
  fills = $state.raw<readonly Message<"fill">[]>([]);
  /** All trades, newest first, at most 500. */
  tape = $state.raw<readonly Message<"trade">[]>([]);
  /** Own positions by instrument. */
  readonly positionOf = new SvelteMap<number, Position>();
  /** `unknownPnl` before the first message about it. */
  pnl = $state.raw<{
    readonly pnl: number;
    readonly realized: number;
    readonly unrealized: number;
  }>(unknownPnl);
  /** The positions of all users; only the host gets them. */
  everybody = $state.raw<readonly Position[]>([]);
  /** Settlements and corrections told since the page was opened, oldest first. */
  settlements = $state.raw<readonly ToldSettlement[]>([]);
  leaderboard = $state.raw<Message<"leaderboard">["rows"]>([]);
  /** Total P&L by user, as the leaderboard tells it: with the rounds that are over, antes and pots. */
  readonly totals: ReadonlyMap<number, number> = $derived(
    new Map(this.leaderboard.map((row) => [row.user_id, row.pnl])),
  );
  /** News, newest first, at most 100. */
  news = $state.raw<readonly Message<"news">[]>([]);
  /** The last round, its result, and what it is worth to who knows the table. */
  round = $state.raw<Message<"round"> | null>(null);
  roundResult = $state.raw<Message<"round_result"> | null>(null);
  /** Scores of all rounds whose result was told, best first. */
  standings = $state.raw<Message<"round_result">["standings"]>([]);
  /** Sentences of the bots on what they did. */
  botsSaid = $state.raw<Message<"bots_said"> | null>(null);
  tableFair = $state.raw<Message<"fair"> | null>(null);
  /** Cards of the own hand, and values of the round's instruments by them. */
  hand = $state.raw<Message<"hand"> | null>(null);
  handFair = $state.raw<Message<"fair"> | null>(null);
  /** The first commit of the round that came, and the step that it came in: a later one is no promise. */
  promise = $state.raw<{ commit: string; step: number } | null>(null);
  /** Cards of the user as they were dealt in the round. */
  dealtHand = $state.raw<readonly Card[] | null>(null);
  /** Duties of the user to quote, as far as they are met, by instrument. */
  obligations = $state.raw<readonly Message<"obligation">[]>([]);
  /** Whether a round is under way, which opens and halts its instruments. */
  readonly isInRound = $derived(this.round?.state === "running" || this.round?.state === "paused");
  /** Whether the round has its result, and nothing is left to trade. */
  readonly isRoundOver = $derived(
    this.roundResult?.aborted === false && this.instruments.every((one) => one.settled),
  );
  /** Whether the present step of a round lets nobody trade, though the session is open. */
  readonly isBetweenTrading = $derived(
    (this.isInRound || this.isRoundOver) &&
      this.session?.state === "open" &&
      this.instruments.every((one) => one.halted || one.settled),
  );
  files = $state.raw<Message<"export_complete"> | null>(null);
  /** The path of a closed session's page, with the key of the class, and the hash of its log's last line. */
  debriefUrl = $state.raw<string | null>(null);
  logHash = $state.raw<string | null>(null);
  /** Server's clock minus this page's, ms. */
  clockOffsetMs = $state.raw(0);

  readonly #markets = new Map<number, Market>();
  /** Number of markets made: lists over all markets read it, to be computed again for a new one. */
  #marketCount = $state(0);
  /** Instruments of rounds that are over, as far as the page has seen them. */
  readonly retired = new Map<number, PastInstrument>();
  readonly #byId = $derived(new Map(this.listed.map((one) => [one.id, one])));
  /** Own open orders, oldest first. */
  readonly orders: readonly OpenOrder[] = $derived.by(() => {
    void this.#marketCount;
    const all = [...this.#markets.values()].flatMap((market) => market.orders);
    return all.sort((a, b) => a.order_id - b.order_id);
  });
  /** Own positions, by instrument. */
  readonly positions: readonly Position[] = $derived(
    [...this.positionOf.values()].sort((a, b) => a.inst - b.inst),
  );
  /** Whether the host has stopped the user's trading. */
  readonly killed = $derived(
    this.users.find((user) => user.user_id === this.me?.userId)?.killed ?? false,
  );

  readonly #bots = $derived(new Map(this.users.map(({ user_id, bot }) => [user_id, bot])));

  /** The kind of the bot that trades the user's seat; null: a person does. */
  botOf(userId: number) {
    return this.#bots.get(userId) ?? null;
  }

  constructor(roomCode: string) {
    this.roomCode = roomCode;
  }

  /** The instruments that the user is to see, in order of creation: the host sees hidden ones as well. */
  get instruments(): readonly Instrument[] {
    return this.#shown;
  }
  set instruments(listed: readonly Instrument[]) {
    this.listed = listed;
  }

  instrument(inst: number): Instrument | undefined {
    return this.#byId.get(inst);
  }

  /** An instrument for lists of what has been: also one of a round that is over, if the page has seen it. */
  known(inst: number): PastInstrument | undefined {
    return this.instrument(inst) ?? this.retired.get(inst);
  }

  /** The market of an instrument, made when it is first asked for. */
  market(inst: number): Market {
    let market = this.#markets.get(inst);
    if (!market) {
      market = new Market(inst);
      this.#markets.set(inst, market);
      // A component may be the first to ask, while it is drawn: state may not be written then.
      if ($effect.tracking()) queueMicrotask(() => this.#marketCount++);
      else this.#marketCount++;
    }
    return market;
  }

  markets(): Iterable<Market> {
    return this.#markets.values();
  }

  ordersIn(inst: number): readonly OpenOrder[] {
    return this.market(inst).orders;
  }

  position(inst: number): Position | undefined {
    return this.positionOf.get(inst);
  }

  /** The trader whose game the page shows; null before the join, and for a host or spectator. */
  get traderInSession(): TraderInSession | null {
    const { me, session } = this;
    if (me?.role !== "trader" || session === null) return null;
    return { sessionId: session.session_id, userId: me.userId };
  }

  /** Keeps the user's orders over a reload. To be called before the page is left. */
  saveOrders(): void {
    // The page is left again before the exchange has sent the open orders: the former ones are kept.
    const open = this.leftOpen.length > 0 ? this.leftOpen : this.orders;
    const own: OwnOrders = { done: this.doneOrders, open };
    if (this.traderInSession) saveInTab("orders", this.traderInSession, own);
  }
}
