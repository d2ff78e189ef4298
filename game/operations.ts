/** The operations of a room: what decides each of them, who may ask for it, and how often. */

import { limits, type Op, type Request, type Role } from "#protocol";
import { cancel, cancelAll, cancelInst } from "./trading/cancels.ts";
import { everyone, type Call, type Context, type Handler, type Outcome } from "./context.ts";
import { killSwitch, kick, news, session, setLens, setLimits } from "./host/session.ts";
import { addInstrument, halt, pullQuotes, updateTickSize } from "./host/listing.ts";
import { orderNew, replace } from "./trading/orders.ts";
import { quote } from "./trading/quotes.ts";
import type { readOps } from "./views/reading.ts";
import { reject, type Rejection } from "./rejection.ts";
import { expireOption, settle } from "./host/settling.ts";
import type { RoomUser } from "./state.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The requests that change the room. */
const handlers = {
  add_instrument: addInstrument,
  order_new: orderNew,
  replace,
  cancel,
  cancel_inst: cancelInst,
  cancel_all: cancelAll,
  quote,
  halt,
  settle,
  expire_option: expireOption,
  pull_quotes: pullQuotes,
  update_tick_size: updateTickSize,
  set_limits: setLimits,
  kill_switch: killSwitch,
  kick,
  news,
  session,
  set_lens: setLens,
} satisfies { [O in Op]?: Handler<O> };
export type WriteOp = keyof typeof handlers;

const host: readonly Role[] = ["exchange"];
const trader: readonly Role[] = ["trader"];

/** What somebody who has joined may ask of the room. */
export type RoomOp = WriteOp | (typeof readOps)[number] | "export_data";

/** Who may ask what: the one place where roles are enforced. */
export const mayAsk: Record<RoomOp, readonly Role[]> = {
  add_instrument: host,
  order_new: trader,
  replace: trader,
  cancel: trader,
  cancel_inst: trader,
  cancel_all: trader,
  quote: trader,
  halt: host,
  settle: host,
  expire_option: host,
  pull_quotes: host,
  update_tick_size: host,
  set_limits: host,
  kill_switch: host,
  kick: host,
  news: host,
  session: host,
  set_lens: host,
  get_snapshot: everyone,
  get_positions: everyone,
  get_pnl: everyone,
  get_orders: ["trader", "exchange"],
  export_data: host,
};

const orderOps: readonly Op[] = ["order_new", "replace", "quote"];
const cancelOps: readonly Op[] = ["cancel", "cancel_inst", "cancel_all"];

/** Runs the handler of a request that changes the room. */
export function decide(ctx: Context, call: Call<WriteOp>): Outcome {
  const handler = handlers[call.request.op] as Handler<WriteOp>;
  return handler(ctx, call);
}

export function isRoomRequest(request: Request): request is Request<RoomOp> {
  return Object.hasOwn(mayAsk, request.op);
}

/** The refusal of what a role may not ask; null if it may. */
export function roleRefusal(role: Role, request: Request<RoomOp>): Rejection | null {
  const roles = mayAsk[request.op];
  if (roles.includes(role))
    return request.op === "get_orders" ? ordersRefusal(role, request) : null;
  return reject(
    "FORBIDDEN",
    roles === host
      ? "Only the exchange (the host of the room) may do this."
      : "Only a trader may do this.",
  );
}

/** A trader sees the own orders only; the exchange has none and sees those of the trader it names. */
function ordersRefusal(
  role: Role,
  { user_id: named }: Pick<Request<"get_orders">, "user_id">,
): Rejection | null {
  if (role === "trader" && named !== undefined)
    return reject(
      "FORBIDDEN",
      "Only the exchange may see the orders of others: leave `user_id` out.",
    );
  if (role === "exchange" && named === undefined)
    return reject("FORBIDDEN", "The exchange has no orders: name a trader in `user_id`.");
  return null;
}

/** Orders and cancels have rates of their own, by user and not by connection. */
export function hasOwnRate(op: Op): boolean {
  return orderOps.includes(op) || cancelOps.includes(op);
}

/** Takes what the request costs of the user's rate for its kind; false: too fast. */
export function withinRate(user: RoomUser, request: Request<WriteOp>, now: number): boolean {
  const { op } = request;
  if (orderOps.includes(op)) {
    const rate = user.limits.orders_per_sec;
    user.orderBucket ??= new TokenBucket(rate, rate, now);
    return user.orderBucket.take(now);
  }
  if (!cancelOps.includes(op)) return true;
  user.cancelBucket ??= new TokenBucket(limits.cancelsPerSec, limits.cancelsPerSec, now);
  return user.cancelBucket.take(now, costOfCancel(request));
}

/**
 * Takes what deciding the request has turned out to cost of the user's rate for its kind, if the engine has walked far.
 * @param steps of the engine's `work`
 */
export function chargeWork(user: RoomUser, op: WriteOp, steps: number): void {
  const cost = Math.floor(steps / limits.stepsPerOrder);
  if (cost === 0) return;
  const bucket = orderOps.includes(op) ? user.orderBucket : user.cancelBucket;
  if (hasOwnRate(op)) bucket?.charge(cost, limits.workDebts);
}

function costOfCancel(request: Request<WriteOp>): number {
  const listed = request.op === "cancel_inst" ? (request.order_ids?.length ?? 0) : 0;
  return 1 + Math.floor(listed / limits.listedPerCancel);
}
