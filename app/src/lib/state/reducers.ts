/** Changes a room's data by the exchange's messages: one table with a function for each type, of those in `reducing/`. */

import type { Message, MessageType, Position } from "#protocol";
import type { Batch } from "./batch.ts";
import { refused } from "./events.ts";
import * as own from "./own-orders.ts";
import { followBook, followFill, followOrders, followTrade } from "./queue-position.ts";
import { instrumentReducers } from "./reducing/instruments.ts";
import { peopleReducers } from "./reducing/people.ts";
import { relist } from "./past-instruments.ts";
import type { Reducer, Reducers } from "./reducing/reducer.ts";
import { roundReducers } from "./reducing/rounds.ts";
import { sessionReducers, takeClosing } from "./reducing/session.ts";
import type { RoomData } from "./room-data.svelte.ts";
import { loadFromTab, type OwnOrders } from "./tab-storage.ts";
import { takeHistory, takeSums } from "./traded.ts";

const NEWS_KEPT = 100;

function joined(data: RoomData, message: Message<"join_ack">, batch: Batch): void {
  const sameUser = data.me?.userId === message.user_id;
  data.me = { userId: message.user_id, name: message.name, role: message.role };
  data.session = message.session;
  takeClosing(data, message);
  data.lens = message.lens;
  data.settings = message.settings;
  data.limits = message.limits;
  data.users = message.users;
  relist(data, message.instruments);
  data.clockOffsetMs = message.server_time - Date.now();
  for (const listed of message.instruments) takeSums(data.market(listed.id), listed, message.seq);
  missedTrades(data, message.trades, batch);
  for (const user of message.users) if (user.limits) data.limitsOf.set(user.user_id, user.limits);
  if (!sameUser) beginAs(data);
  data.news = withMissed(data.news, message.news, (item) => item.seq).slice(0, NEWS_KEPT);
  const missed = message.fills;
  data.fills = withMissed(data.fills, missed, (fill) => `${fill.trade_id}/${fill.order_id}`);
}

/** Clears the data of the former user, and brings back this user's orders from before a reload. */
function beginAs(data: RoomData): void {
  for (const market of data.markets()) market.orders = [];
  data.positionOf.clear();
  data.fills = [];
  data.news = [];
  const past = data.traderInSession && loadFromTab<OwnOrders>("orders", data.traderInSession);
  data.doneOrders = past?.done ?? [];
  data.leftOpen = past?.open ?? [];
}

/** Merges missed items into a list, newest first, each once. */
function withMissed<T extends { seq: number }>(
  known: readonly T[],
  told: readonly T[],
  key: (item: T) => string | number,
): readonly T[] {
  const have = new Set(known.map(key));
  const missed = told.filter((item) => !have.has(key(item)));
  return missed.length === 0 ? known : [...known, ...missed].sort((a, b) => b.seq - a.seq);
}

/** Adds the trades that the tape does not have, for a user who joins late or was away. */
function missedTrades(data: RoomData, trades: readonly Message<"trade">[], batch: Batch): void {
  const known = Math.max(data.tape[0]?.trade_id ?? 0, batch.trades.at(-1)?.trade_id ?? 0);
  batch.trades.push(...trades.filter((trade) => trade.trade_id > known));
}

function book(data: RoomData, message: Message<"md_inc"> | Message<"snapshot">): void {
  const market = data.market(message.inst);
  followOrders(market);
  market.bids = message.bids;
  market.asks = message.asks;
  market.last = message.last;
  market.bookSeq = message.seq;
  followBook(market);
  if (message.type !== "snapshot") return;
  takeSums(market, message, message.seq);
}

/** Whether the trade hit a resting order of the user. The fill comes before the trade. */
function isOwnMaker(batch: Batch, tradeId: number): boolean {
  return batch.fills.some((fill) => fill.trade_id === tradeId && fill.liquidity === "maker");
}

function sameRow(a: Position, b: Position): boolean {
  return (
    a.qty === b.qty &&
    a.vwap === b.vwap &&
    a.mark === b.mark &&
    a.realized_pnl === b.realized_pnl &&
    a.unrealized_pnl === b.unrealized_pnl
  );
}

function positions(data: RoomData, message: Message<"positions">): void {
  if (data.me?.role === "exchange") {
    data.everybody = message.positions;
    return;
  }
  const held = new Set(message.positions.map((row) => row.inst));
  for (const inst of [...data.positionOf.keys()]) if (!held.has(inst)) data.positionOf.delete(inst);
  for (const row of message.positions) {
    const before = data.positionOf.get(row.inst);
    if (!before || !sameRow(before, row)) data.positionOf.set(row.inst, row);
  }
}

function news(data: RoomData, message: Message<"news">, batch: Batch): void {
  data.news = [message, ...data.news].slice(0, NEWS_KEPT);
  const isPrivate = message.to !== undefined && message.to !== null;
  batch.events.push({ type: "news", text: message.text, isPrivate });
}

function refusal(_data: RoomData, message: Message<"error">, batch: Batch): void {
  batch.events.push(refused(message, batch.requestOf(message.cid)));
}

const reducers: Reducers = {
  ...instrumentReducers,
  ...peopleReducers,
  ...roundReducers,
  ...sessionReducers,
  join_ack: joined,
  order_ack: own.ackOrder,
  order: own.changeOrder,
  fill: (data, message, batch) => {
    batch.fills.push(message);
    followFill(data.market(message.inst), message);
    own.fillOrder(data, message, batch);
  },
  cancel_ack: own.ackCancel,
  cancel_inst_ack: own.ackCancelMany,
  cancel_all_ack: own.ackCancelMany,
  replace_ack: own.ackReplace,
  quote_ack: own.ackQuote,
  orders: own.replaceOrders,
  positions,
  pnl: (data, { pnl, realized, unrealized }) => {
    data.pnl = { pnl, realized, unrealized };
  },
  leaderboard: (data, message) => {
    data.leaderboard = message.rows;
  },
  md_inc: book,
  snapshot: book,
  history: (data, message) => takeHistory(data.market(message.inst), message),
  trade: (data, message, batch) => {
    const market = data.market(message.inst);
    followOrders(market);
    followTrade(market, message, isOwnMaker(batch, message.trade_id));
    batch.trades.push(message);
  },
  news,
  export_complete: (data, message) => {
    data.files = message;
    data.debriefUrl = message.debrief_url ?? data.debriefUrl;
  },
  error: refusal,
  pong: (data, message) => {
    data.clockOffsetMs = message.server_time - Date.now();
  },
};

/** Applies one message. */
export function reduce(data: RoomData, message: Message, batch: Batch): void {
  const reducer = reducers[message.type] as Reducer<MessageType> | undefined;
  reducer?.(data, message, batch);
}
