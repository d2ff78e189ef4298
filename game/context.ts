/** What every handler works with: the state, the engine and the ports of one room, and the call that it answers. */

import type { ExportRow, Message, Op, OrderStatusText, Request } from "#protocol";
import type { EngineEvent, EnginePort } from "./engine-port.ts";
import type { Outbox } from "./outbox.ts";
import type { Rejection } from "./rejection.ts";
import type { RoomState, RoomUser } from "./state.ts";

/** An order as orders.csv shows it, but for the names that go with its ids. */
export type OrderRecord = Omit<ExportRow<"orders">, "updated_ts" | "name" | "symbol"> &
  Record<"order_id" | "user_id" | "inst" | "ts", number>;

export interface OrderChange {
  price?: number;
  qty?: number;
  filled: number;
  status: OrderStatusText;
}

/** A trade as trades.csv shows it, but for the names that go with its ids. */
export type TradeRecord = Omit<ExportRow<"trades">, "symbol" | "buyer" | "seller"> &
  Record<"trade_id" | "inst" | "buyer_id" | "seller_id", number>;

/** Sees every order and trade of a replay: how the exports are made without keeping history in memory. */
export interface Recorder {
  order(order: OrderRecord): void;
  change(orderId: number, ts: number, change: OrderChange): void;
  trade(trade: TradeRecord): void;
}

/** Where handlers say what has changed; what is sent of it, and when, is the feed's. */
export interface Changes {
  /** The visible book or the last trade of `inst` may have changed. */
  bookChanged(inst: number): void;
  /** The user traded or was paid. */
  filled(userId: number): void;
}

export interface Context {
  readonly engine: EnginePort;
  readonly state: RoomState;
  /** Both are replaced while replaying, when nothing leaves. */
  feed: Changes;
  out: Outbox;
  recorder: Recorder | null;
  /** Reusable: the event being read. */
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

/** The answer to a request that was in order and has changed nothing: the room gives it its `ts` and `seq`. */
export interface Unchanged {
  unchanged: Unstamped<Message>;
}
type Unstamped<M extends Message> = M extends Message ? Omit<M, "ts" | "seq"> : never;

/** A handler's result: null once it has changed the room and answered; else the reason why nothing has changed. */
export type Outcome = Rejection | Unchanged | null;

/** Decides one kind of request. */
export type Handler<O extends Op> = (ctx: Context, call: Call<O>) => Outcome;

/** Answers the caller and tells everybody else the same. */
export function announce(ctx: Context, call: Call, message: Message): void {
  call.reply(message);
  ctx.out.toAll(message, call.connection);
}

/** Shows each event of the last engine command, in one object that is used again for the next. */
export function forEachEvent(ctx: Context, look: (event: EngineEvent) => void): void {
  const { engine, event } = ctx;
  const count = engine.eventCount;
  for (let index = 0; index < count; index++) look(engine.readEvent(index, event));
}
