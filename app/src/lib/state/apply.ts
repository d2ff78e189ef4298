/** Applies a batch of messages at once: skips outdated books, changes long lists once, and reports each event once. */

import type { Message } from "#protocol";
import { newBatch, type Batch, type RequestLookup } from "./batch.ts";
import type { RoomEvent } from "./events.ts";
import { keepInstruments } from "./past-instruments.ts";
import { followOrders } from "./queue-position.ts";
import { reduce } from "./reducers.ts";
import type { RoomData } from "./room-data.svelte.ts";
import { countTrades } from "./traded.ts";

const FILLS_KEPT = 500;
const TAPE_KEPT = 500;
const DONE_KEPT = 200;

/** Leaves out books that a later book of the same instrument replaces. */
export function conflate(messages: readonly Message[]): Message[] {
  const newest = new Map<number, Message>();
  for (const message of messages)
    if (message.type === "md_inc" || message.type === "snapshot") newest.set(message.inst, message);
  return messages.filter(
    (message) =>
      // A requested snapshot stays: it is the reply to a request.
      (message.type !== "md_inc" && message.type !== "snapshot") ||
      newest.get(message.inst) === message ||
      "cid" in message,
  );
}

/** @returns the events that the user is to be told */
export function applyBatch(
  data: RoomData,
  messages: readonly Message[],
  requestOf: RequestLookup = () => undefined,
): readonly RoomEvent[] {
  const batch = newBatch(requestOf);
  for (const message of conflate(messages)) reduce(data, message, batch);
  for (const market of data.markets()) followOrders(market);
  mergeTrades(data, batch);
  mergeFills(data, batch);
  mergeOrders(data, batch);
  tellHalts(batch);
  if (batch.listed.length > 0) {
    batch.events.push({ type: "listed", insts: batch.listed });
    keepInstruments(data);
  }
  tellSettlements(data, batch);
  return batch.events.filter((event) => !isOpeningStep(data, event));
}

/** Whether a round has opened the session, for a step that lets nobody trade yet: the step tells of itself. */
function isOpeningStep({ isInRound, round }: RoomData, event: RoomEvent): boolean {
  const isOpening = event.type === "session" && event.state === "open";
  return isOpening && isInRound && round?.step.kind !== "trade";
}

/** A list with the fresh items first, the newest at the front, at most `most` long. */
function prepend<T>(list: readonly T[], fresh: readonly T[], most: number): readonly T[] {
  return [...fresh.toReversed(), ...list].slice(0, most);
}

function mergeTrades(data: RoomData, { trades }: Batch): void {
  for (const trade of trades) {
    const market = data.market(trade.inst);
    const before = market.lastTradePrice;
    market.lastMove = before === null ? 0 : (Math.sign(trade.price - before) as -1 | 0 | 1);
    market.lastTradePrice = trade.price;
    market.last = trade.price;
    market.lastQty = trade.qty;
    market.lastSide = trade.side;
  }
  for (const [inst, ofInst] of Map.groupBy(trades, (trade) => trade.inst))
    countTrades(data.market(inst), ofInst, data.instrument(inst)?.tick_size ?? 1);
  if (trades.length > 0) data.tape = prepend(data.tape, trades, TAPE_KEPT);
}

/** Joins the fills of an order in this batch into one event. */
function mergeFills(data: RoomData, { fills, events }: Batch): void {
  for (const [orderId, ofOrder] of Map.groupBy(fills, (fill) => fill.order_id)) {
    const [{ inst, side }] = ofOrder as [Message<"fill">];
    const qty = ofOrder.reduce((sum, fill) => sum + fill.qty, 0);
    const value = ofOrder.reduce((sum, fill) => sum + fill.price * fill.qty, 0);
    events.push({ type: "filled", orderId, inst, side, qty, value });
  }
  if (fills.length > 0) data.fills = prepend(data.fills, fills, FILLS_KEPT);
}

function mergeOrders(data: RoomData, { doneOrders, removed, events }: Batch): void {
  if (doneOrders.length > 0) {
    // An order message and a fill may both end the same order: the later one counts.
    const fresh = new Map(doneOrders.map((order) => [order.order_id, order]));
    const older = data.doneOrders.filter((order) => !fresh.has(order.order_id));
    data.doneOrders = prepend(older, [...fresh.values()], DONE_KEPT);
  }
  for (const [reason, count] of removed) events.push({ type: "cancelled", count, reason });
}

function tellHalts({ halted, events }: Batch): void {
  for (const type of ["halted", "resumed"] as const) {
    const insts = [...halted.keys()].filter((inst) => halted.get(inst) === (type === "halted"));
    if (insts.length > 0) events.push({ type, insts });
  }
}

/** Reports a scalar and the options that settle with it as one event. */
function tellSettlements(data: RoomData, { settled, events }: Batch): void {
  let others = 0;
  for (const { inst, value, follows, corrected, result, results } of settled) {
    if (follows) {
      others++;
      continue;
    }
    events.push({ type: "settled", inst, value, others, corrected, result });
    const told = { inst, options: others, corrected, results: results ?? null };
    data.settlements = [...data.settlements, told];
    others = 0;
  }
}
