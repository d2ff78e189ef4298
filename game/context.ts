/** The room's parts as every handler gets them: state, engine and ports, and the call to answer. */

import type { ExportRow, Message, Op, OrderStatusText, Request } from "#protocol";
import type { EngineEvent, EnginePort } from "./engine-port.ts";
import type { Outbox } from "./outbox.ts";
import type { Rejection } from "./rejection.ts";
import type { RoomState, RoomUser } from "./state.ts";
import type { Marks } from "./views/marks.ts";

/** An order as orders.csv shows it, without the names and symbols of its ids, which journal/record.ts adds. */
export type OrderRecord = Omit<ExportRow<"orders">, "updated_ts" | "name" | "symbol" | "round"> &
  Record<"order_id" | "user_id" | "inst" | "ts", number>;

export interface OrderChange {
  price?: number;
  qty?: number;
  filled: number;
  status: OrderStatusText;
}

/** A trade as trades.csv shows it, without the names and symbols of its ids, which journal/record.ts adds. */
export type TradeRecord = Omit<ExportRow<"trades">, "symbol" | "buyer" | "seller" | "round"> &
  Record<"trade_id" | "inst" | "buyer_id" | "seller_id", number>;

/** A round whose result was told, as its files show it, without the names of its ids, which journal/record.ts adds. */
export interface RoundRecord {
  round: ExportRow<"rounds"> & Record<"round", number>;
  hands: Omit<ExportRow<"hands">, "name">[];
  scores: Omit<ExportRow<"scores">, "name">[];
}

/** Observes every order, trade and told round of a replay: exports are made so, without history in memory. */
export interface Recorder {
  order(order: OrderRecord): void;
  change(orderId: number, ts: number, change: OrderChange): void;
  trade(trade: TradeRecord): void;
  /** Takes the place of what it had of the round. */
  round?(round: RoundRecord): void;
  /** A new line of the log, after everything else of its entry. */
  line?(line: string): void;
}

/** Takes the handlers' notes of changes; the feed decides on messages and their times. */
export interface Changes {
  /** The visible book or the last trade of `inst` may have changed. */
  bookChanged(inst: number): void;
  /** The user traded or was paid: the user's positions and P&L are due, and everybody's leaderboard. */
  filled(userId: number): void;
  /** The leaderboard is due: somebody on it has another name. */
  renamed(): void;
  /** The round is due: a seat has answered. */
  roundChanged(): void;
  /** These seats are to be told what the round is worth by their own hands. */
  fairChanged(userIds: readonly number[]): void;
}

export interface Context {
  readonly engine: EnginePort;
  readonly state: RoomState;
  readonly marks: Marks;
  /** Both are replaced while replaying, when nothing leaves. */
  feed: Changes;
  out: Outbox;
  recorder: Recorder | null;
  /** Reused for each event that is read. */
  readonly event: EngineEvent;
}

/** One request being decided. */
export interface Call<O extends Op = Op> {
  readonly user: RoomUser;
  /** -1 while replaying. */
  readonly connection: number;
  readonly request: Request<O>;
  readonly ts: number;
  readonly seq: number;
  /** Sends the first reply, with the request's `cid`. Exactly once, and before the fills of the request. */
  reply(message: Message): void;
}

/** Answer to a valid request that has changed nothing: the room adds its `ts` and `seq`. */
export interface Unchanged {
  unchanged: Unstamped<Message>;
}
type Unstamped<M extends Message> = M extends Message ? Omit<M, "ts" | "seq"> : never;

/** A handler's result: null once it has changed the room and answered; else the reason why nothing has changed. */
export type Outcome = Rejection | Unchanged | null;

/** Decides one kind of request. */
export type Handler<O extends Op> = (ctx: Context, call: Call<O>) => Outcome;

/** Answers the caller and sends everybody else the same. */
export function announce(ctx: Context, call: Call, message: Message): void {
  call.reply(message);
  ctx.out.toAll(message, call.connection);
}

/** Shows each event of the last engine command, in one object that is reused for the next. */
export function forEachEvent(ctx: Context, look: (event: EngineEvent) => void): void {
  const { engine, event } = ctx;
  const count = engine.eventCount;
  for (let index = 0; index < count; index++) look(engine.readEvent(index, event));
}
