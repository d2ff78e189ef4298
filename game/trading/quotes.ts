/** The two-sided quote of a market maker. */

import type { LeftOrder, Side as SideText } from "#protocol";
import { instrumentOf, lossRefusal, mayTrade, ticksIfOpen } from "./checks.ts";
import type { Call, Context, Handler, Unchanged } from "../context.ts";
import { OrderStatus, Reject, Side, type EngineOrder } from "../engine-port.ts";
import { applyEvents, removeOrder, leftOrders } from "./fills.ts";
import { withoutTakers, type QuoteSide, type QuoteSides, type RefusedSides } from "./post-only.ts";
import { priceOf, wholeQty } from "../units/prices.ts";
import { ruleRefusal } from "../rounds/rules/order-rules.ts";
import type { WantedSide } from "../rounds/rules/wanted.ts";
import { statusText } from "../units/text-of.ts";
import { engineRejection, reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument } from "../state.ts";

export const quote: Handler<"quote"> = (ctx, call) => {
  const { inst, bid, ask, bid_qty: bidQty, ask_qty: askQty } = call.request;
  const { post_only: postOnly = false } = call.request;
  // Pulling both sides is a cancel, and always taken.
  const refused = pulls(bid, bidQty) && pulls(ask, askQty) ? null : mayTrade(ctx, call);
  if (refused !== null) return refused;
  const instrument = instrumentOf(ctx, inst);
  if (instrument === undefined || instrument.hidden) return reject("NO_SUCH_INSTRUMENT");
  const bidSide = quoteSide(ctx, instrument, "bid", bid, bidQty);
  if ("code" in bidSide) return bidSide;
  const askSide = quoteSide(ctx, instrument, "ask", ask, askQty);
  if ("code" in askSide) return askSide;
  const asked = { bid: bidSide, ask: askSide };
  const { userId } = call.user;
  const before = quoteOf(ctx, userId, inst);
  if (before.length === 0 && asked.bid.qty === 0 && asked.ask.qty === 0)
    return unchanged(ctx, inst, [], postOnly ? {} : undefined);
  if (postOnly && isCrossed(asked)) return engineRejection(Reject.badCommand);
  const { sides, refused: taking } = postOnly
    ? withoutTakers(ctx, inst, asked, before)
    : { sides: asked, refused: undefined };
  if (taking !== undefined && leavesAll(asked, taking, before))
    return unchanged(ctx, inst, before, taking);
  const wantedSide = (name: "bid" | "ask", price = 0): WantedSide | null => {
    const { qty } = sides[name];
    if (qty === 0 || taking?.[name] !== undefined) return null;
    const side = name === "bid" ? Side.buy : Side.sell;
    const replaced = before.find((order) => order.side === side)?.leaves ?? 0;
    return { price, qty, replaced };
  };
  const overLoss = quoteLossRefusal(ctx, call, sides, before, taking);
  if (overLoss !== null) return overLoss;
  const wanted = { buy: wantedSide("bid", bid), sell: wantedSide("ask", ask) };
  const against = ruleRefusal(ctx, call.user, { how: "quote", inst, ...wanted });
  if (against !== null) return against;
  const code = ctx.engine.quote(
    userId,
    inst,
    sides.bid.ticks,
    sides.bid.qty,
    sides.ask.ticks,
    sides.ask.qty,
  );
  if (code !== Reject.ok) return engineRejection(code);
  acknowledge(ctx, call, before, taking);
  return null;
};

/** Refusal of a side that a trader at the loss limit may not enter. @param refused sides, which are not entered */
function quoteLossRefusal(
  ctx: Context,
  call: Call<"quote">,
  sides: QuoteSides,
  before: EngineOrder[],
  refused: RefusedSides | undefined,
): Rejection | null {
  for (const [name, side] of [
    ["bid", Side.buy],
    ["ask", Side.sell],
  ] as const) {
    const { qty } = sides[name];
    const replaced = before.find((order) => order.side === side)?.leaves ?? 0;
    const isNew = qty > 0 && refused?.[name] === undefined;
    const overLoss = isNew ? lossRefusal(ctx, call, call.request.inst, side, qty, replaced) : null;
    if (overLoss !== null) return overLoss;
  }
  return null;
}

/** Notes and answers what the engine has made of a quote. @param before its sides until now */
function acknowledge(
  ctx: Context,
  call: Call<"quote">,
  before: EngineOrder[],
  refused: RefusedSides | undefined,
): void {
  const { inst, post_only: postOnly = false } = call.request;
  const left = leftOrders(ctx, call);
  const gone = before.filter((order) => !left.has(order.orderId));
  for (const { orderId, filled } of gone)
    removeOrder(ctx, orderId, call.ts, { filled, status: "cancelled" });
  const shown = { buy: null as LeftOrder | null, sell: null as LeftOrder | null };
  for (const { side, ...order } of left.values()) {
    shown[side] = order;
    if (!before.some((old) => old.orderId === order.order_id))
      noteNewSide(ctx, call, inst, side, order);
    const note = ctx.state.orders.get(order.order_id);
    const isRefused = refused?.[side === "buy" ? "bid" : "ask"] !== undefined;
    if (note !== undefined && !isRefused) note.isPostOnlyQuote = postOnly;
  }
  call.reply({
    type: "quote_ack",
    inst,
    success: true,
    bid: shown.buy,
    ask: shown.sell,
    order_ids: gone.map((order) => order.orderId),
    cancelled: gone.length,
    leaves: (shown.buy?.leaves ?? 0) + (shown.sell?.leaves ?? 0),
    ...(refused && { refused }),
    ts: call.ts,
    seq: call.seq,
  });
  applyEvents(ctx, call);
  ctx.feed.bookChanged(inst);
}

/** The sides of the user's quote that rest, by id. */
function quoteOf(ctx: Context, userId: number, inst: number): EngineOrder[] {
  return [Side.buy, Side.sell]
    .map((side) => ctx.engine.quoteOrder(userId, inst, side))
    .filter((order) => order !== null)
    .sort((one, other) => one.orderId - other.orderId);
}

function isCrossed({ bid, ask }: QuoteSides): boolean {
  return bid.qty > 0 && ask.qty > 0 && bid.ticks >= ask.ticks;
}

/** Whether nothing is left to do: a side was refused, and no other is quoted or pulled. */
function leavesAll(asked: QuoteSides, refused: RefusedSides, before: EngineOrder[]): boolean {
  if (refused.bid === undefined && refused.ask === undefined) return false;
  const stays = (name: "bid" | "ask", side: Side) =>
    refused[name] !== undefined ||
    (asked[name].qty === 0 && !before.some((order) => order.side === side));
  return stays("bid", Side.buy) && stays("ask", Side.sell);
}

/** Answer to a quote that has changed nothing. @param resting its sides @param refused of a post-only quote */
function unchanged(
  ctx: Context,
  inst: number,
  resting: EngineOrder[],
  refused: RefusedSides | undefined,
): Unchanged {
  const shown = (side: Side) => {
    const order = resting.find((one) => one.side === side);
    return order === undefined ? null : leftOrder(ctx, order);
  };
  const [bid, ask] = [shown(Side.buy), shown(Side.sell)];
  return {
    unchanged: {
      type: "quote_ack",
      inst,
      success: refused?.bid === undefined && refused?.ask === undefined,
      bid,
      ask,
      order_ids: [],
      cancelled: 0,
      leaves: (bid?.leaves ?? 0) + (ask?.leaves ?? 0),
      ...(refused && { refused }),
    },
  };
}

function leftOrder(ctx: Context, order: EngineOrder): LeftOrder {
  const { orderId, inst, price, qty, filled, leaves } = order;
  const status = statusText[filled > 0 ? OrderStatus.partial : OrderStatus.open];
  return {
    order_id: orderId,
    price: priceOf(ctx.engine, inst, price),
    qty,
    filled,
    leaves,
    status,
  };
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
): QuoteSide | Rejection {
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
  const { cid = null, post_only: postOnly = false } = call.request;
  if (order.leaves > 0)
    ctx.state.orders.set(order.order_id, { cid, ts: call.ts, isPostOnlyQuote: postOnly });
  ctx.recorder?.order({
    order_id: order.order_id,
    cid,
    ts: call.ts,
    user_id: call.user.userId,
    inst,
    side,
    type: "limit",
    tif: "GFD",
    post_only: postOnly,
    price: order.price,
    qty: order.qty,
    filled: order.filled,
    status: order.status,
  });
}
