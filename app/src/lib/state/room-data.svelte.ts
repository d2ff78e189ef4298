/** A room's data as the exchange has told it, in runes. The reducers write it; it knows no socket and no request. */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type {
  Instrument,
  LensSetting,
  Limits,
  Message,
  OpenOrder,
  Position,
  Role,
  Session,
  User,
} from "#protocol";
import { Market } from "./market.svelte.ts";
import { saveInTab, type OwnOrders, type TraderInSession } from "./tab-storage.ts";

/** The P&L before the exchange has told it. */
export const unknownPnl = { pnl: 0, realized: 0, unrealized: 0 } as const;

export class RoomData {
  readonly roomCode: string;
  me = $state.raw<{ userId: number; name: string; role: Role } | null>(null);
  session = $state.raw<Session | null>(null);
  /** People who may see the arbitrage lens beside the host. */
  lens = $state.raw<LensSetting>("off");
  limits = $state.raw<Limits | null>(null);
  /** Limits of single people, where the host set any. */
  readonly limitsOf = new SvelteMap<number, Limits>();
  users = $state.raw<readonly User[]>([]);
  /** People the host removed: their trades still count. */
  readonly kicked = new SvelteSet<number>();
  /** In order of creation. */
  instruments = $state.raw<readonly Instrument[]>([]);
  /** Own orders that are done, newest first, at most 200. */
  doneOrders = $state.raw<readonly OpenOrder[]>([]);
  /** Own orders that were open when the page was left; empty once the exchange has told which are. */
  leftOpen: readonly OpenOrder[] = [];
  /** Own fills, newest first, at most 500. */
  fills = $state.raw<readonly Message<"fill">[]>([]);
  /** All trades, newest first, at most 500. */
  tape = $state.raw<readonly Message<"trade">[]>([]);
  /** Own positions by instrument. */
  readonly positionOf = new SvelteMap<number, Position>();
  /** `unknownPnl` until it is told. */
  pnl = $state.raw<{
    readonly pnl: number;
    readonly realized: number;
    readonly unrealized: number;
  }>(unknownPnl);
  /** Everybody's positions; told to the host only. */
  everybody = $state.raw<readonly Position[]>([]);
  leaderboard = $state.raw<Message<"leaderboard">["rows"]>([]);
  /** Newest first, at most 100. */
  news = $state.raw<readonly Message<"news">[]>([]);
  files = $state.raw<Message<"export_complete"> | null>(null);
  /** Server's clock minus this page's, ms. */
  clockOffsetMs = $state.raw(0);

  readonly #markets = new Map<number, Market>();
  /** Counts the markets made, so that lists over all of them are made anew. */
  #marketCount = $state(0);
  readonly #byId = $derived(new Map(this.instruments.map((one) => [one.id, one])));
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
  /** Whether the host has stopped one's trading. */
  readonly killed = $derived(
    this.users.find((user) => user.user_id === this.me?.userId)?.killed ?? false,
  );

  constructor(roomCode: string) {
    this.roomCode = roomCode;
  }

  instrument(inst: number): Instrument | undefined {
    return this.#byId.get(inst);
  }

  /** The market of an instrument, made when it is first asked for. */
  market(inst: number): Market {
    let market = this.#markets.get(inst);
    if (!market) {
      market = new Market(inst);
      this.#markets.set(inst, market);
      // A screen may be the first to ask, while it is drawn: then nothing may be written yet.
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

  /** Keeps one's orders over a reload; to be called before the page goes. */
  saveOrders(): void {
    // Orders left open are not yet told: the page goes for the second time before the exchange could answer.
    const open = this.leftOpen.length > 0 ? this.leftOpen : this.orders;
    const own: OwnOrders = { done: this.doneOrders, open };
    if (this.traderInSession) saveInTab("orders", this.traderInSession, own);
  }
}
