/** The two-sided quote of a market maker. */

import type { LeftOrder, Side as SideText } from "#protocol";
import { instrumentOf, lossRefusal, mayTrade, ticksIfOpen } from "./checks.ts";
import type { Call, Context, Handler, Unchanged } from "../context.ts";
import { Reject, Side, type EngineOrder } from "../engine-port.ts";
import { applyEvents, removeOrder, leftOrders } from "./fills.ts";
import { wholeQty } from "../units/prices.ts";
import { engineRejection, reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument } from "../state.ts";

export const quote: Handler<"quote"> = (ctx, call) => {
  const { inst, bid, ask, bid_qty: bidQty, ask_qty: askQty } = call.request;
  // Pulling both sides is a cancel, and always taken.
  const refused = pulls(bid, bidQty) && pulls(ask, askQty) ? null : mayTrade(ctx, call);
  if (refused !== null) return refused;
  const instrument = instrumentOf(ctx, inst);
  if (instrument === undefined) return reject("NO_SUCH_INSTRUMENT");
  const bidSide = quoteSide(ctx, instrument, "bid", bid, bidQty);
  if ("code" in bidSide) return bidSide;
  const askSide = quoteSide(ctx, instrument, "ask", ask, askQty);
  if ("code" in askSide) return askSide;
  const { userId } = call.user;
  const before = quoteOf(ctx, userId, inst);
  if (before.length === 0 && bidSide.qty === 0 && askSide.qty === 0) return nothingPulled(inst);
  for (const [side, { qty }] of [
    [Side.buy, bidSide],
    [Side.sell, askSide],
  ] as const) {
    const replaced = before.find((order) => order.side === side)?.leaves ?? 0;
    const overLoss = qty > 0 ? lossRefusal(ctx, call, inst, side, qty, replaced) : null;
    if (overLoss !== null) return overLoss;
  }

  const code = ctx.engine.quote(
    userId,
    inst,
    bidSide.ticks,
    bidSide.qty,
    askSide.ticks,
    askSide.qty,
  );
  if (code !== Reject.ok) return engineRejection(code);
  const left = leftOrders(ctx, call);
  const gone = before.filter((order) => !left.has(order.orderId));
  for (const { orderId, filled } of gone)
    removeOrder(ctx, orderId, call.ts, { filled, status: "cancelled" });
  const sides = { buy: null as LeftOrder | null, sell: null as LeftOrder | null };
  for (const { side, ...order } of left.values()) {
    sides[side] = order;
    if (!before.some((old) => old.orderId === order.order_id))
      noteNewSide(ctx, call, inst, side, order);
  }
  call.reply({
    type: "quote_ack",
    inst,
    success: true,
    bid: sides.buy,
    ask: sides.sell,
    order_ids: gone.map((order) => order.orderId),
    cancelled: gone.length,
    leaves: (sides.buy?.leaves ?? 0) + (sides.sell?.leaves ?? 0),
    ts: call.ts,
    seq: call.seq,
  });
  applyEvents(ctx, call);
  ctx.feed.bookChanged(inst);
  return null;
};

/** The sides of the user's quote that rest, by id. */
function quoteOf(ctx: Context, userId: number, inst: number): EngineOrder[] {
  return [Side.buy, Side.sell]
    .map((side) => ctx.engine.quoteOrder(userId, inst, side))
    .filter((order) => order !== null)
    .sort((one, other) => one.orderId - other.orderId);
}

function nothingPulled(inst: number): Unchanged {
  const none = { bid: null, ask: null, order_ids: [], cancelled: 0, leaves: 0 };
  return { unchanged: { type: "quote_ack", inst, success: true, ...none } };
}

/** True for a side that the quote pulls: it is left out or has quantity 0. */
function pulls(price: number | undefined, qty: number | undefined): boolean {
  return qty === 0 || (qty === undefined && price === undefined);
}

function quoteSide(
  ctx: Context,
  instrument: RoomInstrument,
  name: "bid" | "ask",
  price: number | undefined,
  qtyAsked: number | undefined,
): { ticks: number; qty: number } | Rejection {
  if (pulls(price, qtyAsked)) return { ticks: 0, qty: 0 };
  const qty = wholeQty(qtyAsked ?? Number.NaN);
  if (qty === null)
    return reject(
      "BAD_QTY",
      `The quantity of the ${name} must be a positive whole number, or 0 to pull it.`,
    );
  if (price === undefined) return reject("BAD_REQUEST", `The ${name} needs a price.`);
  const ticks = ticksIfOpen(ctx, instrument, price);
  return typeof ticks === "number" ? { ticks, qty } : ticks;
}

/** Notes a side that the quote entered as a new order. */
function noteNewSide(
  ctx: Context,
  call: Call<"quote">,
  inst: number,
  side: SideText,
  order: LeftOrder,
): void {
  const cid = call.request.cid ?? null;
  if (order.leaves > 0) ctx.state.orders.set(order.order_id, { cid, ts: call.ts });
  ctx.recorder?.order({
    order_id: order.order_id,
    cid,
    ts: call.ts,
    user_id: call.user.userId,
    inst,
    side,
    type: "limit",
    tif: "GFD",
    post_only: false,
    price: order.price,
    qty: order.qty,
    filled: order.filled,
    status: order.status,
  });
}
