/** Keeps the user's own orders by the exchange's messages. An order is open while a part of it rests. */

import type { LeftOrder, Message, OpenOrder, Side } from "#protocol";
import type { Batch } from "./batch.ts";
import type { RoomData } from "./room-data.svelte.ts";

type OrderFields = Pick<
  OpenOrder,
  "order_id" | "inst" | "side" | "price" | "qty" | "filled" | "leaves" | "status" | "ts" | "seq"
>;

const defaults = { type: "limit", tif: "GFD", post_only: false, quote: false, cid: null } as const;

function openOrder(data: RoomData, orderId: number): OpenOrder | undefined {
  for (const market of data.markets()) {
    const order = market.orders.find((one) => one.order_id === orderId);
    if (order) return order;
  }
  return undefined;
}

/** Puts an order into the market's list while a part of it rests, else among the orders that are done. */
function putOrder(
  data: RoomData,
  batch: Batch,
  fields: OrderFields,
  extra: Partial<OpenOrder> = {},
): void {
  const market = data.market(fields.inst);
  const isSameOrder = (other: OpenOrder) => other.order_id === fields.order_id;
  const resting = market.orders.find(isSameOrder);
  const known = resting ?? batch.doneOrders.findLast(isSameOrder);
  const order: OpenOrder = { ...defaults, ...known, ...extra, ...pickOrder(fields) };
  if (order.leaves <= 0) {
    if (resting) market.orders = market.orders.filter((other) => other !== resting);
    batch.doneOrders.push(order);
  } else if (resting) {
    market.orders = market.orders.map((other) => (other === resting ? order : other));
  } else {
    market.orders = [...market.orders, order].sort((a, b) => a.order_id - b.order_id);
  }
}

/** Picks the fields of an order from a message, which has more. */
function pickOrder(from: OrderFields): OrderFields {
  const { order_id, inst, side, price, qty, filled, leaves, status, ts, seq } = from;
  return { order_id, inst, side, price, qty, filled, leaves, status, ts, seq };
}

/** Ends an order as cancelled, with what it has filled. */
function cancelOrder(
  data: RoomData,
  batch: Batch,
  orderId: number,
  { ts, seq }: { ts: number; seq: number },
): void {
  const order = openOrder(data, orderId);
  if (order) putOrder(data, batch, { ...order, leaves: 0, status: "cancelled", ts, seq });
}

export function ackOrder(data: RoomData, message: Message<"order_ack">, batch: Batch): void {
  const request = batch.requestOf(message.cid);
  const extra: Partial<OpenOrder> = { cid: message.cid ?? null };
  if (request?.op === "order_new") {
    extra.type = request.type ?? "limit";
    extra.tif = request.tif ?? "GFD";
    extra.post_only = request.post_only ?? false;
  }
  // A repeated reply tells of the time of the first: messages since then are newer.
  if (message.duplicate && isNewer(data, message)) return;
  putOrder(data, batch, message, extra);
}

function isNewer(data: RoomData, message: Message<"order_ack">): boolean {
  const known = openOrder(data, message.order_id);
  if (known) return known.seq >= message.seq;
  return data.doneOrders.some((order) => order.order_id === message.order_id);
}

export function changeOrder(data: RoomData, message: Message<"order">, batch: Batch): void {
  putOrder(data, batch, message);
  if (message.status !== "cancelled" || message.reason === "cancelled") return;
  const { removed } = batch;
  removed.set(message.reason, (removed.get(message.reason) ?? 0) + 1);
}

/** Takes the remaining quantity from a fill, unless a message of the order is newer. */
export function fillOrder(data: RoomData, fill: Message<"fill">, batch: Batch): void {
  const order = data.ordersIn(fill.inst).find((one) => one.order_id === fill.order_id);
  if (!order || fill.leaves >= order.leaves) return;
  putOrder(data, batch, {
    ...order,
    filled: order.filled + order.leaves - fill.leaves,
    leaves: fill.leaves,
    status: fill.leaves === 0 ? "filled" : "partial",
    ts: fill.ts,
    seq: fill.seq,
  });
}

export function ackCancel(data: RoomData, message: Message<"cancel_ack">, batch: Batch): void {
  // An order that the exchange does not know is gone as well.
  cancelOrder(data, batch, message.order_id, message);
}

export function ackCancelMany(
  data: RoomData,
  message: Message<"cancel_inst_ack"> | Message<"cancel_all_ack">,
  batch: Batch,
): void {
  for (const orderId of message.order_ids) cancelOrder(data, batch, orderId, message);
}

export function ackReplace(data: RoomData, message: Message<"replace_ack">, batch: Batch): void {
  const known = openOrder(data, message.order_id);
  if (!known) return;
  if (!message.success) return cancelOrder(data, batch, message.order_id, message);
  putOrder(data, batch, {
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

/** Takes over both sides of a quote; all other quote orders of the user in the instrument are gone. */
export function ackQuote(data: RoomData, message: Message<"quote_ack">, batch: Batch): void {
  const kept = new Set([message.bid?.order_id, message.ask?.order_id]);
  for (const order of data.ordersIn(message.inst))
    if (!kept.has(order.order_id) && (order.quote || message.order_ids.includes(order.order_id)))
      cancelOrder(data, batch, order.order_id, message);
  const { inst, ts, seq, cid = null } = message;
  const put = (left: LeftOrder, side: Side) =>
    putOrder(data, batch, { ...left, inst, side, ts, seq }, { quote: true, cid });
  if (message.bid) put(message.bid, "buy");
  if (message.ask) put(message.ask, "sell");
}

/** Takes over the exchange's list of open orders: known orders that are not in it have ended. */
export function replaceOrders(data: RoomData, message: Message<"orders">, batch: Batch): void {
  // The host has asked for another user's orders: the part that asked shows them.
  if (message.user_id !== undefined) return;
  const sorted = [...message.orders].sort((a, b) => a.order_id - b.order_id);
  const held = new Set(sorted.map((order) => order.order_id));
  const known = [...data.markets()].flatMap((market) => market.orders);
  for (const order of [...known, ...data.leftOpen])
    if (!held.has(order.order_id)) batch.doneOrders.push(ended(order, data.fills));
  data.leftOpen = [];
  for (const market of data.markets()) market.orders = [];
  for (const [inst, orders] of Map.groupBy(sorted, (order) => order.inst))
    data.market(inst).orders = orders;
}

/** The end of an order while the page was away: filled by the fills since then, and cancelled for the rest. */
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
