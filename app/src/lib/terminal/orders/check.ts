/** Checks a draft of an order against market and limits: gives its errors in words, or the order to send. */

import {
  canRest,
  type Instrument,
  type Limits,
  type Tif,
  type OrderType,
  type Level,
  type Side,
} from "#protocol";
import { formatPosition, formatQty, formatTicks } from "#lib/format.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { type TakenDepth, take, best, outside } from "#lib/trading/book.ts";
import { gridOf } from "#lib/trading/grid.ts";
import { met, onTheWay, type OnTheWay } from "#lib/trading/met.ts";
import type { NewOrder } from "./orders.svelte.ts";
import { words } from "./words.ts";

/** An order as it was entered; null: a field is empty or cannot be read. */
export interface OrderDraft {
  readonly side: Side;
  readonly type: OrderType;
  readonly price: number | null;
  readonly qty: number | null;
  readonly tif: Tif;
  readonly postOnly: boolean;
}

/** The market and the trader's account, against which a draft is checked. */
export interface OrderContext {
  readonly instrument: Instrument;
  readonly limits: Limits | null;
  /** Own position in the instrument, and own open quantity on the draft's side. */
  readonly position: number;
  readonly working: number;
  /** Own open orders, in all instruments. */
  readonly openOrders: number;
  /** The book, best prices first. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** Own orders on the side of the book that the draft would take. */
  readonly mine: readonly OnTheWay[];
}

/** The result of a check. The first three are errors in words, null if there is none. */
export interface OrderCheck {
  readonly price: string | null;
  readonly qty: string | null;
  /** The error of the order as a whole. */
  readonly order: string | null;
  /** A warning about an order that can be sent. */
  readonly warning: string | null;
  readonly command: NewOrder | null;
  /** The part that would trade at once, by the visible book. */
  readonly now: TakenDepth;
  /** The money that changes hands: what trades at once by the prices of its levels, the rest at its limit. */
  readonly value: number | null;
  /** The position after it, if all of it trades that can. */
  readonly after: number | null;
}

const text = words.errors;

export function checkOrder(draft: OrderDraft, context: OrderContext): OrderCheck {
  const { instrument, limits } = context;
  const qtyError = qtyProblem(draft.qty, instrument, limits);
  const priceError = draft.type === "market" ? null : priceProblem(draft.price, instrument);
  const signed = (draft.qty ?? 0) * (draft.side === "buy" ? 1 : -1);
  const bound = draft.type === "market" ? null : draft.price;
  const now = take(othersOf(draft, context), draft.side, bound, draft.qty ?? 0);
  const order = qtyError === null ? orderProblem(draft, context, signed) : null;
  const sound = qtyError === null && priceError === null && order === null;
  return {
    price: priceError,
    qty: qtyError,
    order,
    warning: sound ? warningOf(draft, context, now) : null,
    command: sound ? commandOf(draft, instrument.id) : null,
    now,
    value: qtyError === null ? valueOf(draft, now, instrument.tick_value) : null,
    after: qtyError === null ? context.position + Math.sign(signed) * mostFilled(draft, now) : null,
  };
}

/** The levels that the draft can take: nobody trades with oneself. */
function othersOf({ side }: OrderDraft, { instrument, bids, asks, mine }: OrderContext) {
  return outside(gridOf(instrument.tick_size), side === "buy" ? asks : bids, mine);
}

/** The most that can trade: the whole quantity of an order that can rest, else the quantity in the visible book. */
function mostFilled(draft: OrderDraft, now: TakenDepth): number {
  const { type, tif, qty } = draft;
  const all = qty ?? 0;
  if (canRest(draft)) return all;
  return type === "limit" && tif === "FOK" && now.qty < all ? 0 : now.qty;
}

function valueOf(draft: OrderDraft, now: TakenDepth, tickValue: number): number | null {
  if (draft.type === "market")
    return now.average === null ? null : now.average * now.qty * tickValue;
  if (draft.price === null) return null;
  const all = mostFilled(draft, now);
  const taken = Math.min(now.qty, all);
  return ((now.average ?? 0) * taken + draft.price * (all - taken)) * tickValue;
}

/** The error of a limit price, in words; null if there is none. */
export function priceProblem(price: number | null, instrument: Instrument): string | null {
  if (price === null) return text.price;
  const grid = gridOf(instrument.tick_size);
  if (!grid.holds(price)) {
    const [below, above] = grid.around(price);
    return text.offTick(formatTicks(below, grid), formatTicks(above, grid));
  }
  const [min, max] = [grid.ticks(instrument.min_price), grid.ticks(instrument.max_price)];
  const ticks = grid.ticks(price);
  return ticks < min || ticks > max
    ? text.range(formatTicks(min, grid), formatTicks(max, grid))
    : null;
}

export function qtyProblem(
  qty: number | null,
  instrument: Instrument,
  limits: Limits | null,
): string | null {
  if (qty === null || !Number.isSafeInteger(qty) || qty <= 0) return text.qty;
  if (qty % instrument.lot_size !== 0) return text.lot(formatQty(instrument.lot_size));
  if (limits !== null && qty > limits.max_order_qty)
    return text.orderLimit(formatQty(limits.max_order_qty));
  return null;
}

function orderProblem(draft: OrderDraft, context: OrderContext, signed: number): string | null {
  if (draft.type === "limit" && draft.postOnly && !canRest(draft)) return text.postOnlyTif;
  const worst = context.position + signed + context.working * Math.sign(signed);
  const max = context.limits?.max_position;
  if (max !== undefined && Math.abs(worst) > max && Math.abs(worst) > Math.abs(context.position))
    return text.positionLimit(formatPosition(worst), formatQty(max));
  const most = context.limits?.max_open_orders;
  if (canRest(draft) && most !== undefined && context.openOrders >= most)
    return text.openLimit(formatQty(most));
  return null;
}

function warningOf(draft: OrderDraft, context: OrderContext, now: TakenDepth): string | null {
  if (draft.type === "market") {
    if (now.qty === 0) return text.emptySide(draft.side);
    if (now.qty < (draft.qty ?? 0)) return text.thin(formatQty(now.qty));
  }
  const { side, price, qty } = draft;
  const levels = side === "buy" ? context.asks : context.bids;
  const grid = gridOf(context.instrument.tick_size);
  const limit = draft.type === "market" ? null : price;
  const { own } = met(grid, levels, context.mine, { side, limit, qty: qty ?? 0 });
  // An own order that it crosses has a post-only order refused as well.
  const first = best(levels);
  if (draft.postOnly && first !== null && (now.qty > 0 || own > 0))
    return text.postOnlyCross(formatTicks(grid.ticks(first), grid));
  return own > 0 ? text.cancelsOwn(side, formatQty(own)) : null;
}

function commandOf(draft: OrderDraft, inst: number): NewOrder | null {
  const { side, qty, price } = draft;
  if (qty === null) return null;
  if (draft.type === "market") return { op: "order_new", inst, side, qty, type: "market" };
  if (price === null) return null;
  return {
    op: "order_new",
    inst,
    side,
    qty,
    price,
    tif: draft.tif,
    ...(draft.postOnly ? { post_only: true } : {}),
  };
}

export function orderContextOf(room: RoomClient, instrument: Instrument, side: Side): OrderContext {
  const { bids, asks } = room.market(instrument.id);
  const working = room
    .ordersIn(instrument.id)
    .reduce((sum, o) => sum + (o.side === side ? o.leaves : 0), 0);
  const mine = onTheWay(room, instrument.id, side);
  const position = room.position(instrument.id)?.qty ?? 0;
  return {
    ...{ instrument, limits: room.limits, position, working, bids, asks, mine },
    openOrders: room.orders.length,
  };
}
