/** The operations of a room: the handler of each, and the rules of roles and rates, as the protocol declares them. */

import {
  limits,
  operations,
  TokenBucket,
  type Op,
  type Request,
  type Role,
  type RoomOp,
  type WriteOp,
} from "#protocol";
import type { Call, Context, Handler, Outcome } from "./context.ts";
import { cancel, cancelAll, cancelInst } from "./trading/cancels.ts";
import { botAdd, botRelease, botRemove, botTake } from "./people/bots.ts";
import { killSwitch, kick, news, session, setLens, setLimits, settings } from "./host/session.ts";
import { editInstrument } from "./host/editing.ts";
import { hostLink, seatCode } from "./people/handing-out.ts";
import { rename } from "./people/renaming.ts";
import { addInstrument, halt, pullQuotes, updateTickSize } from "./host/listing.ts";
import { orderNew, replace } from "./trading/orders.ts";
import { quote } from "./trading/quotes.ts";
import { reject, type Rejection } from "./rejection.ts";
import { expireOption, resettle, settle } from "./host/settling.ts";
import { count, reading } from "./rounds/scoring/meter.ts";
import { noteOrders } from "./rounds/rules/quotes.ts";
import { roundAnswer, roundStart, roundStep } from "./rounds/requests.ts";
import type { RoomUser } from "./state.ts";

/** The requests that change the room. */
const handlers = {
  add_instrument: addInstrument,
  edit_instrument: editInstrument,
  order_new: orderNew,
  replace,
  cancel,
  cancel_inst: cancelInst,
  cancel_all: cancelAll,
  quote,
  halt,
  settle,
  resettle,
  expire_option: expireOption,
  pull_quotes: pullQuotes,
  update_tick_size: updateTickSize,
  set_limits: setLimits,
  kill_switch: killSwitch,
  kick,
  news,
  session,
  set_lens: setLens,
  settings,
  rename,
  seat_code: seatCode,
  host_link: hostLink,
  round_start: roundStart,
  round_step: roundStep,
  round_answer: roundAnswer,
  bot_add: botAdd,
  bot_remove: botRemove,
  bot_take: botTake,
  bot_release: botRelease,
} satisfies { [O in WriteOp]: Handler<O> };

/** Runs the handler of a request that changes the room. */
export function decide(ctx: Context, call: Call<WriteOp>): Outcome {
  const { request, user, ts } = call;
  const handler = handlers[request.op] as Handler<WriteOp>;
  const before = reading(ctx, ts);
  const outcome = handler(ctx, call);
  if (outcome !== null) return outcome;
  count(before);
  if (hasOwnRate(request.op)) noteOrders(ctx.state.round, user.userId);
  return null;
}

/** Whether it is for the room to answer, and not for the line. */
export function isRoomRequest(request: Request): request is Request<RoomOp> {
  return operations[request.op].who !== "anyone";
}

/** The refusal of an operation that the role may not ask for; null if it may. */
export function roleRefusal(role: Role, request: Request<RoomOp>): Rejection | null {
  const { who } = operations[request.op];
  if (who === "anyone" || who.includes(role))
    return request.op === "get_orders" ? ordersRefusal(role, request) : null;
  return reject(
    "FORBIDDEN",
    who.includes("trader")
      ? "Only a trader may do this."
      : "Only the exchange (the host of the room) may do this.",
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
  const { rate } = operations[op];
  return rate === "orders" || rate === "cancels";
}

/** Takes what the request costs of the user's rate for its kind; false: too fast. */
export function withinRate(user: RoomUser, request: Request<WriteOp>, now: number): boolean {
  switch (operations[request.op].rate) {
    case "orders": {
      const perSec = user.limits.orders_per_sec;
      user.orderBucket ??= new TokenBucket({ perSec, burst: perSec }, now);
      return user.orderBucket.take(now);
    }
    case "cancels": {
      const perSec = limits.cancelsPerSec;
      user.cancelBucket ??= new TokenBucket({ perSec, burst: perSec }, now);
      return user.cancelBucket.take(now, costOfCancel(request));
    }
    case "seldom": {
      const rate = { perSec: limits.seldomPerSec, burst: limits.seldomAtOnce };
      user.seldomBucket ??= new TokenBucket(rate, now);
      return user.seldomBucket.take(now);
    }
    case "others":
      return true;
  }
}

/**
 * Takes what deciding the request has turned out to cost of the user's rate for its kind, if the engine has walked far.
 * @param steps of the engine's `work`
 */
export function chargeWork(user: RoomUser, op: WriteOp, steps: number): void {
  const cost = Math.floor(steps / limits.stepsPerOrder);
  if (cost === 0 || !hasOwnRate(op)) return;
  const bucket = operations[op].rate === "orders" ? user.orderBucket : user.cancelBucket;
  bucket?.charge(cost, bucket.burst * limits.workDebts);
}

function costOfCancel(request: Request<WriteOp>): number {
  const listed = request.op === "cancel_inst" ? (request.order_ids?.length ?? 0) : 0;
  return 1 + Math.floor(listed / limits.listedPerCancel);
}
