/** Entering and replacing orders. */

import { checkOrderFields, instrumentOf, lossRefusal, mayTrade, ticksIfOpen } from "./checks.ts";
import type { Call, Handler, Unchanged } from "../context.ts";
import { Reject } from "../engine-port.ts";
import { ruleRefusal } from "../rounds/rules/order-rules.ts";
import { oneSide } from "../rounds/rules/wanted.ts";
import { applyEvents, leftOrders } from "./fills.ts";
import { wouldTrade } from "./post-only.ts";
import { priceOf, wholeQty } from "../units/prices.ts";
import { engineRejection, reject } from "../rejection.ts";
import { sideOf, sideText, statusText, tifOf } from "../units/text-of.ts";

export const orderNew: Handler<"order_new"> = (ctx, call) => {
  const { inst, side, type = "limit", tif = "GFD", post_only: postOnly = false } = call.request;
  const refused = mayTrade(ctx, call) ?? checkOrderFields(call.request);
  if (refused !== null) return refused;
  const instrument = instrumentOf(ctx, inst);
  if (instrument === undefined || instrument.hidden) return reject("NO_SUCH_INSTRUMENT");
  const qty = wholeQty(call.request.qty);
  if (qty === null) return reject("BAD_QTY");
  const overLoss = lossRefusal(ctx, call, inst, sideOf[side], qty);
  if (overLoss !== null) return overLoss;

  const ticks =
    type === "market" ? null : ticksIfOpen(ctx, instrument, call.request.price ?? Number.NaN);
  if (ticks !== null && typeof ticks !== "number") return ticks;
  const wanted = { price: call.request.price ?? null, qty, replaced: 0 };
  const against = ruleRefusal(ctx, call.user, {
    how: "order",
    inst,
    ...oneSide(sideOf[side], wanted),
  });
  if (against !== null) return against;

  let code: Reject;
  if (ticks === null) {
    code = ctx.engine.marketOrder(call.user.userId, inst, sideOf[side], qty, tifOf[tif]);
  } else {
    code = ctx.engine.limitOrder(
      call.user.userId,
      inst,
      sideOf[side],
      ticks,
      qty,
      tifOf[tif],
      postOnly,
    );
  }
  if (code !== Reject.ok) return engineRejection(code);

  const { orderId, filled, leaves, status } = ctx.engine.outcome;
  const price = type === "market" ? null : (call.request.price ?? null);
  const cid = call.request.cid ?? null;
  if (leaves > 0) ctx.state.orders.set(orderId, { cid, ts: call.ts, isPostOnlyQuote: false });
  ctx.recorder?.order({
    order_id: orderId,
    cid,
    ts: call.ts,
    user_id: call.user.userId,
    inst,
    side,
    type,
    tif: type === "market" && tif === "GFD" ? "IOC" : tif,
    post_only: postOnly,
    price,
    qty,
    filled,
    status: statusText[status],
  });
  call.reply({
    type: "order_ack",
    order_id: orderId,
    inst,
    side,
    price,
    qty,
    filled,
    leaves,
    status: statusText[status],
    ts: call.ts,
    seq: call.seq,
  });
  if (leaves > 0 || ctx.engine.eventCount > 0) ctx.feed.bookChanged(inst);
  applyEvents(ctx, call);
  return null;
};

export const replace: Handler<"replace"> = (ctx, call) => {
  const refused = mayTrade(ctx, call);
  if (refused !== null) return refused;
  const { order_id: orderId } = call.request;
  const order = ctx.engine.order(orderId);
  if (order === null || order.userId !== call.user.userId) return noSuchReplace(call);
  const instrument = instrumentOf(ctx, order.inst);
  if (instrument === undefined) return reject("NO_SUCH_INSTRUMENT");
  if (call.request.price === undefined && call.request.qty === undefined)
    return reject("BAD_REQUEST", "A replace needs a new `price`, a new `qty`, or both.");
  const qty = call.request.qty === undefined ? null : wholeQty(call.request.qty);
  if (call.request.qty !== undefined && qty === null) return reject("BAD_QTY");
  const ticks =
    call.request.price === undefined ? null : ticksIfOpen(ctx, instrument, call.request.price);
  if (ticks !== null && typeof ticks !== "number") return ticks;
  if (ticks !== null && ctx.state.orders.get(orderId)?.isPostOnlyQuote === true)
    if (wouldTrade(ctx, order.inst, order.side, ticks, undefined))
      return reject("POST_ONLY_WOULD_CROSS");
  const grows = (qty ?? order.leaves) > order.leaves || (ticks !== null && ticks !== order.price);
  const overLoss = grows
    ? lossRefusal(ctx, call, order.inst, order.side, qty ?? order.leaves, order.leaves)
    : null;
  if (overLoss !== null) return overLoss;
  const wanted = {
    price: call.request.price ?? priceOf(ctx.engine, order.inst, order.price),
    qty: qty ?? order.leaves,
    replaced: order.leaves,
  };
  const against = ruleRefusal(ctx, call.user, {
    how: "replace",
    inst: order.inst,
    ...oneSide(order.side, wanted),
  });
  if (against !== null) return against;

  const code = ctx.engine.replace(call.user.userId, orderId, ticks, qty);
  if (code === Reject.noSuchOrder) return noSuchReplace(call);
  if (code !== Reject.ok) return engineRejection(code);
  const left = leftOrders(ctx, call).get(orderId);
  const { filled, leaves, status } = ctx.engine.outcome;
  call.reply({
    type: "replace_ack",
    order_id: orderId,
    success: true,
    inst: order.inst,
    side: sideText[order.side],
    price: left?.price ?? priceOf(ctx.engine, order.inst, ticks ?? order.price),
    qty: filled + leaves,
    filled,
    leaves,
    status: statusText[status],
    cancelled: 0,
    ...left,
    ts: call.ts,
    seq: call.seq,
  });
  applyEvents(ctx, call);
  ctx.feed.bookChanged(order.inst);
  return null;
};

function noSuchReplace(call: Call<"replace">): Unchanged {
  return {
    unchanged: {
      type: "replace_ack",
      order_id: call.request.order_id,
      success: false,
      code: "NO_SUCH_ORDER",
      leaves: 0,
      cancelled: 0,
    },
  };
}
