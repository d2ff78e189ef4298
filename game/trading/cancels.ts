/** Cancels: of one order, of an instrument's and of all. */

import { instrumentOf } from "./checks.ts";
import { forEachEvent, type Context, type Handler } from "../context.ts";
import { EventKind, Reject, type EngineOrder } from "../engine-port.ts";
import { removeOrder } from "./fills.ts";
import { engineRejection, reject } from "../rejection.ts";
import { sideOf } from "../units/text-of.ts";

export const cancel: Handler<"cancel"> = (ctx, call) => {
  const { order_id: orderId } = call.request;
  const { userId } = call.user;
  const order = ctx.engine.order(orderId);
  const found =
    order !== null && order.userId === userId && ctx.engine.cancel(userId, orderId) === Reject.ok;
  if (!found)
    return {
      unchanged: {
        type: "cancel_ack",
        order_id: orderId,
        success: false,
        code: "NO_SUCH_ORDER",
        cancelled: 0,
        leaves: 0,
      },
    };
  removeOrder(ctx, orderId, call.ts, { filled: order.filled, status: "cancelled" });
  call.reply({
    type: "cancel_ack",
    order_id: orderId,
    success: true,
    cancelled: 1,
    leaves: 0,
    ts: call.ts,
    seq: call.seq,
  });
  ctx.feed.bookChanged(order.inst);
  return null;
};

export const cancelInst: Handler<"cancel_inst"> = (ctx, call) => {
  const { inst, order_ids: only } = call.request;
  if (instrumentOf(ctx, inst) === undefined) return reject("NO_SUCH_INSTRUMENT");
  const { userId } = call.user;
  const open =
    only === undefined ? ctx.engine.openOrders(userId, inst) : namedOrders(ctx, only, userId, inst);
  const gone = open.filter((order) => ctx.engine.cancel(userId, order.orderId) === Reject.ok);
  for (const { orderId, filled } of gone)
    removeOrder(ctx, orderId, call.ts, { filled, status: "cancelled" });
  const answer = {
    type: "cancel_inst_ack",
    inst,
    success: true,
    order_ids: gone.map((order) => order.orderId),
    cancelled: gone.length,
    leaves: 0,
  } as const;
  if (gone.length === 0) return { unchanged: answer };
  call.reply({ ...answer, ts: call.ts, seq: call.seq });
  ctx.feed.bookChanged(inst);
  return null;
};

/** The user's orders in the instrument among these ids, oldest first. */
function namedOrders(ctx: Context, ids: number[], userId: number, inst: number): EngineOrder[] {
  return [...new Set(ids)]
    .sort((one, other) => one - other)
    .map((id) => ctx.engine.order(id))
    .filter((order) => order?.userId === userId && order.inst === inst)
    .filter((order) => order !== null);
}

export const cancelAll: Handler<"cancel_all"> = (ctx, call) => {
  const side = call.request.side === undefined ? null : sideOf[call.request.side];
  const code = ctx.engine.cancelAll(call.user.userId, side);
  if (code !== Reject.ok) return engineRejection(code);
  const gone: number[] = [];
  forEachEvent(ctx, (event) => {
    if (event.kind !== EventKind.cancelled) return;
    gone.push(event.orderId);
    removeOrder(ctx, event.orderId, call.ts, { filled: event.filled, status: "cancelled" });
    ctx.feed.bookChanged(event.inst);
  });
  const answer = {
    type: "cancel_all_ack",
    success: true,
    order_ids: gone,
    cancelled: gone.length,
    leaves: 0,
  } as const;
  if (gone.length === 0) return { unchanged: answer };
  call.reply({ ...answer, ts: call.ts, seq: call.seq });
  return null;
};
