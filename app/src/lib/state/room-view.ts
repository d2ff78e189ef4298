/**
 * What the screens see of a room: the read side and the commands, without sockets or frames.
 * `RoomState` (room.svelte.ts) implements it with runes, so every field below is reactive.
 */

import type {
  ErrorCode,
  Instrument,
  LensSetting,
  Limits,
  Message,
  OpenOrder,
  Position,
  Request,
  Role,
  Session,
  User,
  Side,
  Level,
} from "#protocol";

import type { Whose } from "./own-past.ts";
import type { QueuePlace } from "./queue.ts";

export type Connection =
  | { state: "connecting" }
  /** `silentSince`, Unix ms: nothing has come since, though it was asked for, so that what is shown may be old. */
  | { state: "online"; silentSince?: number }
  /** The socket dropped; the next try is at `retryAt` (Unix ms). */
  | { state: "reconnecting"; retryAt: number }
  /** Over for good; `message` says why in words. */
  | { state: "ended"; message: string };

/** Whether what is shown is what is. */
export const isWell = (connection: Connection): boolean =>
  connection.state === "online" && connection.silentSince === undefined;

/** The public market of one instrument. One object an instrument, its fields replaced as frames arrive. */
export interface MarketView {
  readonly inst: number;
  /** [price, quantity], best first. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly last: number | null;
  /** Of the last trade: quantity, aggressor, and the direction against the trade before. */
  readonly lastQty: number | null;
  readonly lastSide: Side | null;
  readonly lastMove: -1 | 0 | 1;
  /** Traded quantity by price since this page joined, keyed by `priceKey(price)`. */
  readonly volumeAt: ReadonlyMap<string, number>;
  /** Estimated places of own orders in the queues at their prices, by order id. */
  readonly queue: ReadonlyMap<number, QueuePlace>;
  readonly high: number | null;
  readonly low: number | null;
}

/** An own order on its way: shown as sent until the exchange has answered. */
export interface PendingOrder {
  cid: string;
  inst: number;
  side: Side;
  price: number | null;
  qty: number;
  sentAt: number;
  /** Set when the connection dropped before an answer: nobody knows yet whether it was taken. */
  unknown: boolean;
  /** It turned out that it was not taken: sent again only if asked. */
  unsent: boolean;
}

/** What an order has traded while its notice is shown. */
export interface Tally {
  orderId: number;
  qty: number;
  /** Price times quantity, summed. */
  value: number;
  say: (qty: number, average: number) => string;
}

/** A refusal, to be shown at the place of the click and announced. */
export interface Notice {
  id: number;
  kind: "error" | "fill" | "news" | "info";
  /** For errors. */
  code: ErrorCode | null;
  text: string;
  inst: number | null;
  price: number | null;
  /** Of its last word. */
  ts: number;
  /** Of fills: later ones of the order are added to it. */
  tally?: Tally;
}

/** Distributes over the union, so that each request keeps its own fields. */
export type Command = Request extends infer R
  ? R extends Request
    ? Omit<R, "cid">
    : never
  : never;

/** The P&L before the exchange has told it. */
export const unknownPnl = { pnl: 0, realized: 0, unrealized: 0 } as const;

export interface RoomView {
  readonly connection: Connection;
  /** Round trip of the last ping, ms. */
  readonly latencyMs: number | null;
  readonly roomCode: string;
  readonly me: { userId: number; name: string; role: Role } | null;
  readonly session: Session | null;
  /** Who may see the arbitrage lens beside the host. */
  readonly lens: LensSetting;
  readonly limits: Limits | null;
  readonly users: readonly User[];
  /** In order of creation. */
  readonly instruments: readonly Instrument[];
  instrument(inst: number): Instrument | undefined;
  market(inst: number): MarketView;
  /** Own open orders, oldest first. */
  readonly orders: readonly OpenOrder[];
  ordersIn(inst: number): readonly OpenOrder[];
  /** Own orders that are done, newest first, at most 200. */
  readonly doneOrders: readonly OpenOrder[];
  readonly pending: readonly PendingOrder[];
  /** Own fills, newest first, at most 500. */
  readonly fills: readonly Message<"fill">[];
  /** All trades, newest first, at most 500. */
  readonly tape: readonly Message<"trade">[];
  /** Own positions. */
  position(inst: number): Position | undefined;
  readonly positions: readonly Position[];
  /** `unknownPnl` until it is told. */
  readonly pnl: { readonly pnl: number; readonly realized: number; readonly unrealized: number };
  /** Exchange only: everybody's positions. */
  readonly everybody: readonly Position[];
  readonly leaderboard: Message<"leaderboard">["rows"];
  readonly news: readonly Message<"news">[];
  readonly killed: boolean;
  /** In the order in which they came, removed by themselves after some seconds. */
  readonly notices: readonly Notice[];
  readonly files: Message<"export_complete"> | null;

  /** Whose game this is, to keep what a reload would lose; null for who does not trade. */
  readonly whose: Whose | null;
  keepOrders(): void;
  /**
   * Sends a command under a fresh cid and resolves with the first reply to it. Never rejects: a refusal resolves
   * as the `error` message (which is also put among `notices`).
   */
  send(command: Command): Promise<Message>;
  /** Of an order that was not sent: sends it now, or forgets it. */
  sendAgain(cid: string): void;
  forget(cid: string): void;
  notify(notice: Pick<Notice, "kind" | "text"> & Partial<Notice>): void;
  dismiss(id: number): void;
  /** Somebody is reading: no notice goes by itself while this is on. */
  holdNotices(on: boolean): void;
}
