/** Consequences of the engine's events: fills, trades and orders that left the book, sent to those concerned. */

import { limits, type LeftOrder, type Message, type Side as SideText } from "#protocol";
import { forEachEvent, type Call, type Context } from "../context.ts";
import {
  CancelReason,
  emptyPosition,
  EventKind,
  OrderStatus,
  Reject,
  Side,
  type EngineEvent,
} from "../engine-port.ts";
import { noteFill } from "../rounds/scoring/accounts.ts";
import { noteOrders } from "../rounds/rules/quotes.ts";
import { isRunning, openRound } from "../rounds/state.ts";
import { countTraded } from "./traded.ts";
import { priceOf } from "../units/prices.ts";
import { keepLast } from "../state.ts";
import { sideText, statusText } from "../units/text-of.ts";

export type OrderReason = Message<"order">["reason"];

const reasonText: Record<CancelReason, OrderReason> = {
  [CancelReason.requested]: "cancelled",
  [CancelReason.unfilled]: "cancelled",
  [CancelReason.selfTrade]: "self_trade",
  [CancelReason.pulled]: "quotes_pulled",
  [CancelReason.settled]: "settled",
};

/** Cancels every order of the user, for the room or the host. */
export function cancelAllOf(ctx: Context, userId: number, ts: number, reason: OrderReason): void {
  if (ctx.engine.cancelAll(userId, null) !== Reject.ok) return;
  tellCancelled(ctx, ts, reason);
}

/**
 * Tells each owner of the orders that the last engine command cancelled.
 * @param toPrice ticks to a price, for a command that has changed the grid of the orders
 * @returns how many
 */
export function tellCancelled(
  ctx: Context,
  ts: number,
  reason: OrderReason | null,
  toPrice?: (ticks: number) => number,
): number {
  let count = 0;
  forEachEvent(ctx, (event) => {
    if (event.kind !== EventKind.cancelled) return;
    count++;
    tellOrderGone(ctx, event, ts, reason ?? reasonText[event.reason], toPrice);
    ctx.feed.bookChanged(event.inst);
  });
  return count;
}

/** Sends everybody the trades, and the owners of resting orders their changes. The events may be gone afterwards. */
export function applyEvents(ctx: Context, call: Pick<Call, "ts">): void {
  let isCleared = false;
  forEachEvent(ctx, (event) => {
    if (event.kind === EventKind.trade) {
      applyTrade(ctx, call, event);
      isCleared ||= clearsBooks(ctx, event.inst);
    } else if (event.kind === EventKind.cancelled && event.reason === CancelReason.selfTrade)
      tellOrderGone(ctx, event, call.ts, "self_trade");
  });
  if (!isCleared) return;
  for (const inst of ctx.state.round?.insts ?? [])
    if (ctx.engine.pullQuotes(inst) === Reject.ok) tellCancelled(ctx, call.ts, "traded");
}

/** Whether a trade in the instrument cancels all orders of its round. */
function clearsBooks({ state: { round } }: Context, inst: number): boolean {
  if (!isRunning(round) || !round.insts.includes(inst)) return false;
  return openRound(round).plan.rules.cancel_all_on_trade === true;
}

/** Orders that a replace or quote leaves behind, by id, from its `order` events. */
export function leftOrders(ctx: Context, call: Call): Map<number, LeftOrder & { side: SideText }> {
  const left = new Map<number, LeftOrder & { side: SideText }>();
  forEachEvent(ctx, (event) => {
    if (event.kind !== EventKind.order) return;
    const order = {
      order_id: event.orderId,
      side: sideText[event.side],
      price: priceOf(ctx.engine, event.inst, event.price),
      qty: event.qty,
      filled: event.filled,
      leaves: event.leaves,
      status: statusText[event.status],
    };
    left.set(event.orderId, order);
    if (event.leaves === 0) ctx.state.orders.delete(event.orderId);
    ctx.recorder?.change(event.orderId, call.ts, order);
  });
  return left;
}

function applyTrade(ctx: Context, call: Pick<Call, "ts">, event: EngineEvent): void {
  const { state, out } = ctx;
  const { ts } = call;
  const { inst, qty, tradeId, userId: makerId, contraUserId: takerId } = event;
  const seq = ++state.seq;
  state.trades++;
  const price = priceOf(ctx.engine, inst, event.price);
  const instrument = state.instruments[inst - 1];
  if (instrument !== undefined) {
    instrument.lastPrice = price;
    const grid = { decimals: ctx.engine.decimals(inst), tickUnits: ctx.engine.tickUnits(inst) };
    countTraded(instrument.traded, { price, qty, ts }, grid);
  }
  const takerSide = sideText[event.side];
  const makerSide = sideText[event.side === Side.buy ? Side.sell : Side.buy];
  const status = statusText[event.leaves > 0 ? OrderStatus.partial : OrderStatus.filled];
  const common = { inst, price, qty, trade_id: tradeId, ts, seq };

  tellFill(ctx, {
    type: "fill",
    order_id: event.orderId,
    user_id: makerId,
    side: makerSide,
    leaves: event.leaves,
    liquidity: "maker",
    ...common,
  });
  out.toUser(makerId, {
    type: "order",
    order_id: event.orderId,
    inst,
    side: makerSide,
    price,
    qty: event.filled + event.leaves,
    filled: event.filled,
    leaves: event.leaves,
    status,
    reason: "fill",
    ts,
    seq,
  });
  tellFill(ctx, {
    type: "fill",
    order_id: event.contraOrderId,
    user_id: takerId,
    side: takerSide,
    leaves: event.contraLeaves,
    liquidity: "taker",
    ...common,
  });
  const trade = { type: "trade", side: takerSide, ...common } as const;
  out.toAll(trade);
  keepLast(state.recentTrades, trade, limits.recentTrades);

  if (event.leaves === 0) state.orders.delete(event.orderId);
  ctx.recorder?.change(event.orderId, ts, { filled: event.filled, status });
  const takerBuys = event.side === Side.buy;
  ctx.recorder?.trade({
    trade_id: tradeId,
    ts,
    seq,
    inst,
    price,
    qty,
    aggressor: takerSide,
    buyer_id: takerBuys ? takerId : makerId,
    seller_id: takerBuys ? makerId : takerId,
    buy_order_id: takerBuys ? event.contraOrderId : event.orderId,
    sell_order_id: takerBuys ? event.orderId : event.contraOrderId,
  });
  if (isRunning(state.round)) {
    const sign = takerBuys ? 1 : -1;
    noteFill(state.round, { userId: takerId, inst, sign, price, qty });
    noteFill(state.round, { userId: makerId, inst, sign: takerBuys ? -1 : 1, price, qty });
  }
  countTrade(ctx, makerId, inst, qty, "makerQty");
  countTrade(ctx, takerId, inst, qty, "takerQty");
}

/** Sends the owner a fill, and keeps it for when the owner comes back. */
function tellFill(ctx: Context, fill: Message<"fill">): void {
  ctx.out.toUser(fill.user_id, fill);
  const user = ctx.state.users.get(fill.user_id);
  if (user !== undefined) keepLast(user.recentFills, fill, limits.recentFills);
}

function countTrade(
  ctx: Context,
  userId: number,
  inst: number,
  qty: number,
  liquidity: "makerQty" | "takerQty",
): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined) return;
  user.stats.volume += qty;
  user.stats.trades++;
  user.stats[liquidity] += qty;
  user.stats.traded.add(inst);
  const held = Math.abs(ctx.engine.position(userId, inst, scratch).qty);
  user.stats.maxAbsPosition = Math.max(user.stats.maxAbsPosition, held);
  ctx.feed.filled(userId);
}

const scratch = emptyPosition();

function tellOrderGone(
  ctx: Context,
  event: EngineEvent,
  ts: number,
  reason: OrderReason,
  toPrice = (ticks: number) => priceOf(ctx.engine, event.inst, ticks),
): void {
  ctx.out.toUser(event.userId, {
    type: "order",
    order_id: event.orderId,
    inst: event.inst,
    side: sideText[event.side],
    price: toPrice(event.price),
    qty: event.filled + event.qty,
    filled: event.filled,
    leaves: 0,
    status: "cancelled",
    reason,
    ts,
    seq: ctx.state.seq,
  });
  noteOrders(ctx.state.round, event.userId);
  removeOrder(ctx, event.orderId, ts, { filled: event.filled, status: "cancelled" });
}

export function removeOrder(
  ctx: Context,
  orderId: number,
  ts: number,
  change: { filled: number; status: "cancelled" },
): void {
  ctx.state.orders.delete(orderId);
  ctx.recorder?.change(orderId, ts, change);
}
