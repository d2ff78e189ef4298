/** Applies a batch of frames as one: old books are skipped, long lists are touched once, and what follows from many messages is said once. */

import type { Message } from "#protocol";
import { formatAverage, formatMoney, formatQty, formatPrice } from "#lib/format.ts";
import { priceKey } from "#lib/trading/grid.ts";
import { takePlaces } from "./queue.ts";
import { reduce } from "./reducers.ts";
import { instrumentOf, symbolOf, type RoomData } from "./room-data.ts";
import { stateWords } from "./words.ts";

const FILLS_KEPT = 500;
const TAPE_KEPT = 500;
const DONE_KEPT = 200;

/** Leaves out every book that a later one of the same instrument replaces. */
export function conflate(messages: readonly Message[]): Message[] {
  const newest = new Map<number, Message>();
  for (const message of messages)
    if (message.type === "md_inc" || message.type === "snapshot") newest.set(message.inst, message);
  return messages.filter(
    (message) =>
      // A snapshot that was asked for must still answer.
      (message.type !== "md_inc" && message.type !== "snapshot") ||
      newest.get(message.inst) === message ||
      "cid" in message,
  );
}

/** @param answer is called with each message after it was applied. */
export function applyBatch(
  data: RoomData,
  messages: readonly Message[],
  answer: (message: Message) => void = () => undefined,
): void {
  for (const message of conflate(messages)) {
    reduce(data, message);
    answer(message);
  }
  for (const market of data.markets()) takePlaces(market);
  mergeTrades(data);
  mergeFills(data);
  mergeOrders(data);
  announceHalts(data);
  announceSettlements(data);
}

/** The newest first, and no more than `most`. */
function prepend<T>(list: readonly T[], fresh: T[], most: number): readonly T[] {
  return [...fresh.reverse(), ...list].slice(0, most);
}

function mergeTrades(data: RoomData): void {
  const fresh = data.batch.trades.splice(0);
  for (const trade of fresh) {
    const market = data.market(trade.inst);
    const key = priceKey(trade.price);
    market.volumeAt.set(key, (market.volumeAt.get(key) ?? 0) + trade.qty);
    const before = market.lastTradePrice;
    market.lastMove = before === null ? 0 : (Math.sign(trade.price - before) as -1 | 0 | 1);
    market.lastTradePrice = trade.price;
    market.last = trade.price;
    market.lastQty = trade.qty;
    market.lastSide = trade.side;
    market.high = Math.max(market.high ?? trade.price, trade.price);
    market.low = Math.min(market.low ?? trade.price, trade.price);
  }
  if (fresh.length > 0) data.tape = prepend(data.tape, fresh, TAPE_KEPT);
}

/** Fills of one order in one batch are one sentence. */
function mergeFills(data: RoomData): void {
  const fresh = data.batch.fills.splice(0);
  if (fresh.length === 0) return;
  const byOrder = Map.groupBy(fresh, (fill) => fill.order_id);
  for (const fills of byOrder.values()) announceFills(data, fills);
  data.fills = prepend(data.fills, fresh, FILLS_KEPT);
}

function announceFills(data: RoomData, fills: readonly Message<"fill">[]): void {
  const [first] = fills;
  if (!first) return;
  const qty = fills.reduce((sum, fill) => sum + fill.qty, 0);
  const value = fills.reduce((sum, fill) => sum + fill.price * fill.qty, 0);
  const tick = instrumentOf(data, first.inst)?.tick_size ?? 1;
  const symbol = symbolOf(data, first.inst);
  const say = (sum: number, average: number) =>
    stateWords.filled(first.side, formatQty(sum), symbol, formatAverage(average, tick));
  data.notify({
    kind: "fill",
    inst: first.inst,
    price: first.price,
    text: say(qty, value / qty),
    tally: { orderId: first.order_id, qty, value, say },
  });
}

function mergeOrders(data: RoomData): void {
  const { batch } = data;
  const done = batch.done.splice(0);
  if (done.length > 0) {
    // An order and its fill may both tell that it is done: the last word counts.
    const fresh = new Map(done.map((order) => [order.order_id, order]));
    const older = data.doneOrders.filter((order) => !fresh.has(order.order_id));
    data.doneOrders = prepend(older, [...fresh.values()], DONE_KEPT);
  }
  for (const [reason, count] of batch.removed)
    data.notify({ kind: "info", text: stateWords.removed(count, reason) });
  batch.removed.clear();
}

function announceHalts(data: RoomData): void {
  const { halted } = data.batch;
  for (const on of [true, false]) {
    const insts = [...halted.keys()].filter((inst) => halted.get(inst) === on);
    const [inst] = insts;
    if (inst === undefined) continue;
    const what = insts.length === 1 ? symbolOf(data, inst) : stateWords.instruments(insts.length);
    const plural = insts.length > 1;
    data.notify({
      kind: "info",
      inst: plural ? null : inst,
      text: on ? stateWords.halted(what, plural) : stateWords.resumed(what, plural),
    });
  }
  halted.clear();
}

/** A scalar and the options that settle with it are one sentence, with one sum. */
function announceSettlements(data: RoomData): void {
  const settled = data.batch.settled.splice(0);
  const scalar = settled.find(({ inst }) => instrumentOf(data, inst)?.type === "SCALAR");
  const main = scalar ?? settled[0];
  if (!main) return;
  const paid = settled.filter(({ payout }) => payout !== undefined);
  const total = paid.reduce((sum, { payout = 0 }) => sum + payout, 0);
  const tick = instrumentOf(data, main.inst)?.tick_size ?? 1;
  data.notify({
    kind: "info",
    inst: main.inst,
    text: stateWords.settled(
      symbolOf(data, main.inst),
      formatPrice(main.value, tick),
      settled.length - 1,
      paid.length > 0 ? formatMoney(total) : null,
    ),
  });
}
