/** How each message changes the list of one's own orders. An order is open while something of it rests. */

import type { LeftOrder, Message, OpenOrder, Side } from "#protocol";
import type { MarketData, RoomData } from "./room-data.ts";

type OrderFields = Pick<
  OpenOrder,
  "order_id" | "inst" | "side" | "price" | "qty" | "filled" | "leaves" | "status" | "ts" | "seq"
>;

const defaults = { type: "limit", tif: "GFD", post_only: false, quote: false, cid: null } as const;

function marketWith(data: RoomData, orderId: number): MarketData | undefined {
  for (const market of data.markets())
    if (market.orders.some((order) => order.order_id === orderId)) return market;
  return undefined;
}

function findOrder(data: RoomData, orderId: number): OpenOrder | undefined {
  return marketWith(data, orderId)?.orders.find((order) => order.order_id === orderId);
}

function withoutOrder(orders: readonly OpenOrder[], orderId: number): readonly OpenOrder[] {
  return orders.filter((order) => order.order_id !== orderId);
}

/** The order as it now is: in the list while something rests, else among the done. */
export function putOrder(
  data: RoomData,
  fields: OrderFields,
  extra: Partial<OpenOrder> = {},
): void {
  const market = data.market(fields.inst);
  const isIt = (other: OpenOrder) => other.order_id === fields.order_id;
  const resting = market.orders.find(isIt);
  const known = resting ?? data.batch.done.findLast(isIt);
  const order: OpenOrder = { ...defaults, ...known, ...extra, ...pickOrder(fields) };
  if (order.leaves <= 0) {
    if (resting) market.orders = withoutOrder(market.orders, order.order_id);
    data.batch.done.push(order);
  } else if (resting) {
    market.orders = market.orders.map((other) => (other === resting ? order : other));
  } else {
    market.orders = [...market.orders, order].sort((a, b) => a.order_id - b.order_id);
  }
}

/** Only the fields of an order: a message carries more. */
function pickOrder(from: OrderFields): OrderFields {
  const { order_id, inst, side, price, qty, filled, leaves, status, ts, seq } = from;
  return { order_id, inst, side, price, qty, filled, leaves, status, ts, seq };
}

/** It rests no more; what was not filled is cancelled. */
export function cancelOrder(
  data: RoomData,
  orderId: number,
  at: { ts: number; seq: number },
): void {
  const order = findOrder(data, orderId);
  if (order) putOrder(data, { ...order, leaves: 0, status: "cancelled", ts: at.ts, seq: at.seq });
}

export function ackOrder(data: RoomData, message: Message<"order_ack">): void {
  const request = data.requestOf(message.cid);
  const extra: Partial<OpenOrder> = { cid: message.cid ?? null };
  if (request?.op === "order_new") {
    extra.type = request.type ?? "limit";
    extra.tif = request.tif ?? "GFD";
    extra.post_only = request.post_only ?? false;
  }
  // A repeated first reply tells of then: what came since is newer.
  if (message.duplicate && isNewer(data, message)) return;
  putOrder(data, message, extra);
}

function isNewer(data: RoomData, message: Message<"order_ack">): boolean {
  const known = findOrder(data, message.order_id);
  if (known) return known.seq >= message.seq;
  return data.doneOrders.some((order) => order.order_id === message.order_id);
}

export function changeOrder(data: RoomData, message: Message<"order">): void {
  putOrder(data, message);
  if (message.status !== "cancelled" || message.reason === "cancelled") return;
  const { removed } = data.batch;
  removed.set(message.reason, (removed.get(message.reason) ?? 0) + 1);
}

/** A fill says what the order leaves; where the order's own message came first, nothing is left to do. */
export function fillOrder(data: RoomData, fill: Message<"fill">): void {
  const order = findOrder(data, fill.order_id);
  if (!order || fill.leaves >= order.leaves) return;
  putOrder(data, {
    ...order,
    filled: order.filled + order.leaves - fill.leaves,
    leaves: fill.leaves,
    status: fill.leaves === 0 ? "filled" : "partial",
    ts: fill.ts,
    seq: fill.seq,
  });
}

export function ackCancel(data: RoomData, message: Message<"cancel_ack">): void {
  // Refused as unknown means gone, too.
  cancelOrder(data, message.order_id, message);
}

export function ackCancelMany(
  data: RoomData,
  message: Message<"cancel_inst_ack"> | Message<"cancel_all_ack">,
): void {
  for (const orderId of message.order_ids) cancelOrder(data, orderId, message);
}

export function ackReplace(data: RoomData, message: Message<"replace_ack">): void {
  const known = findOrder(data, message.order_id);
  if (!known) return;
  if (!message.success) return cancelOrder(data, message.order_id, message);
  putOrder(data, {
    ...known,
    price: message.price ?? known.price,
    qty: message.qty ?? known.qty,
    filled: message.filled ?? known.filled,
    leaves: message.leaves,
    status: message.status ?? known.status,
    ts: message.ts,
    seq: message.seq,
  });
}

/** The quote's two sides as they are now; every other quote order of ours in the instrument is gone. */
export function ackQuote(data: RoomData, message: Message<"quote_ack">): void {
  const kept = new Set([message.bid?.order_id, message.ask?.order_id]);
  for (const order of data.market(message.inst).orders)
    if (!kept.has(order.order_id) && (order.quote || message.order_ids.includes(order.order_id)))
      cancelOrder(data, order.order_id, message);
  if (message.bid) putQuoteSide(data, message, message.bid, "buy");
  if (message.ask) putQuoteSide(data, message, message.ask, "sell");
}

function putQuoteSide(
  data: RoomData,
  { inst, ts, seq, cid }: Message<"quote_ack">,
  left: LeftOrder,
  side: Side,
): void {
  putOrder(data, { ...left, inst, side, ts, seq }, { quote: true, cid: cid ?? null });
}

/** The exchange's own list: what it does not hold is gone, and done. */
export function replaceOrders(data: RoomData, message: Message<"orders">): void {
  // The exchange looks at somebody else's: they are shown where they were asked for.
  if (message.user_id !== undefined) return;
  const sorted = [...message.orders].sort((a, b) => a.order_id - b.order_id);
  const held = new Set(sorted.map((order) => order.order_id));
  const known = [...data.markets()].flatMap((market) => market.orders);
  for (const order of [...known, ...data.leftOpen])
    if (!held.has(order.order_id)) data.batch.done.push(ended(order, data.fills));
  data.leftOpen = [];
  for (const market of data.markets()) market.orders = [];
  for (const [inst, orders] of Map.groupBy(sorted, (order) => order.inst))
    data.market(inst).orders = orders;
}

/** What became of an order while nobody looked: filled as far as the fills since tell, and cancelled for the rest. */
function ended(order: OpenOrder, fills: readonly Message<"fill">[]): OpenOrder {
  const since = fills.filter((fill) => fill.order_id === order.order_id && fill.seq > order.seq);
  const rest = Math.min(order.leaves, ...since.map((fill) => fill.leaves));
  return {
    ...order,
    filled: order.filled + order.leaves - rest,
    leaves: 0,
    status: rest === 0 ? "filled" : "cancelled",
  };
}
