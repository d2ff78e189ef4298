/** A room's data from the exchange's messages, in runes. Only reducers write them. Knows no socket and no request. */

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

/** The P&L before the first message about it. */
export const unknownPnl = { pnl: 0, realized: 0, unrealized: 0 } as const;

export class RoomData {
  readonly roomCode: string;
  me = $state.raw<{ userId: number; name: string; role: Role } | null>(null);
  session = $state.raw<Session | null>(null);
  /** Whether traders may see the arbitrage lens: the host always may. */
  lens = $state.raw<LensSetting>("off");
  limits = $state.raw<Limits | null>(null);
  /** Limits of single users, where the host has set any. */
  readonly limitsOf = new SvelteMap<number, Limits>();
  users = $state.raw<readonly User[]>([]);
  /** Users whom the host has removed: their trades still count. */
  readonly kicked = new SvelteSet<number>();
  /** All instruments, in order of creation. */
  instruments = $state.raw<readonly Instrument[]>([]);
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
  leaderboard = $state.raw<Message<"leaderboard">["rows"]>([]);
  /** News, newest first, at most 100. */
  news = $state.raw<readonly Message<"news">[]>([]);
  files = $state.raw<Message<"export_complete"> | null>(null);
  /** Server's clock minus this page's, ms. */
  clockOffsetMs = $state.raw(0);

  readonly #markets = new Map<number, Market>();
  /** Number of markets made: lists over all markets read it, to be computed again for a new one. */
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
  /** Whether the host has stopped the user's trading. */
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
