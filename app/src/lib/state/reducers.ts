/** Changes a room's data by the exchange's messages: a table with one function for each type. */

import type { Instrument, Message, MessageType, Position, User } from "#protocol";
import { worthAt } from "#lib/trading/settlement.ts";
import type { Batch } from "./batch.ts";
import { refused } from "./events.ts";
import * as own from "./own-orders.ts";
import { followBook, followFill, followOrders, followTrade } from "./queue-position.ts";
import type { RoomData } from "./room-data.svelte.ts";
import { loadFromTab, type OwnOrders } from "./tab-storage.ts";

type Reducer<T extends MessageType> = (data: RoomData, message: Message<T>, batch: Batch) => void;
type Reducers = { [T in MessageType]?: Reducer<T> };

const NEWS_KEPT = 100;

function joined(data: RoomData, message: Message<"join_ack">, batch: Batch): void {
  const sameUser = data.me?.userId === message.user_id;
  data.me = { userId: message.user_id, name: message.name, role: message.role };
  data.session = message.session;
  data.lens = message.lens;
  data.limits = message.limits;
  data.users = message.users;
  data.instruments = message.instruments;
  data.clockOffsetMs = message.server_time - Date.now();
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
  if (message.type === "snapshot") market.lastTradePrice = message.last;
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

function patchInstrument(data: RoomData, inst: number, patch: Partial<Instrument>): void {
  data.instruments = data.instruments.map((instrument) =>
    instrument.id === inst ? { ...instrument, ...patch } : instrument,
  );
}

function halt(data: RoomData, message: Message<"halt">, batch: Batch): void {
  if (data.instrument(message.inst)?.halted === message.halted) return;
  patchInstrument(data, message.inst, { halted: message.halted });
  batch.halted.set(message.inst, message.halted);
}

function settlement(data: RoomData, message: Message<"settlement">, batch: Batch): void {
  const instrument = data.instrument(message.inst);
  // The message carries the value of the underlying, also for an option.
  const final = instrument ? worthAt(instrument, message.value) : message.value;
  patchInstrument(data, message.inst, { settled: true, settlement: final });
  batch.settled.push({ inst: message.inst, value: final, payout: message.payout?.payout });
}

function expiry(data: RoomData, message: Message<"option_expired">, batch: Batch): void {
  patchInstrument(data, message.inst, { settled: true, settlement: message.payoff });
  const { inst, payoff, payout } = message;
  batch.settled.push({ inst, value: payoff, payout: payout?.payout });
}

function tickSize(data: RoomData, message: Message<"tick_size_updated">): void {
  const { tick_size, min_price, max_price } = message;
  patchInstrument(data, message.inst, { tick_size, min_price, max_price });
}

function limits(data: RoomData, message: Message<"limits">): void {
  if (message.user_id === null) {
    data.limits = message.limits;
    data.limitsOf.clear();
    return;
  }
  data.limitsOf.set(message.user_id, message.limits);
  if (message.user_id === data.me?.userId) data.limits = message.limits;
}

function killSwitch(data: RoomData, message: Message<"kill_switch">, batch: Batch): void {
  const everybody = message.user_id === null;
  data.users = data.users.map((user) =>
    user.role === "trader" && (everybody || user.user_id === message.user_id)
      ? { ...user, killed: message.on }
      : user,
  );
  if (data.me?.role === "trader" && (everybody || message.user_id === data.me.userId))
    batch.events.push({ type: message.on ? "killed" : "revived" });
}

function news(data: RoomData, message: Message<"news">, batch: Batch): void {
  data.news = [message, ...data.news].slice(0, NEWS_KEPT);
  batch.events.push({ type: "news", text: message.text });
}

function session(data: RoomData, message: Message<"session">, batch: Batch): void {
  const { state, ends_at, session_id, room_name } = message;
  const before = data.session;
  data.session = { state, ends_at, session_id, room_name };
  if (before?.state === state) return;
  const endedAt = before?.ends_at ?? Infinity;
  const timeUp = state === "paused" && endedAt <= message.ts;
  batch.events.push({ type: "session", state, timeUp });
}

function lens(data: RoomData, message: Message<"lens">, batch: Batch): void {
  if (data.lens === message.lens) return;
  data.lens = message.lens;
  batch.events.push({ type: "lens", lens: message.lens });
}

function userJoined(data: RoomData, message: Message<"user_joined">): void {
  const { user_id, name, role } = message;
  const before = data.users.find((user) => user.user_id === user_id);
  const user: User = { user_id, name, role, connected: true, killed: before?.killed ?? false };
  data.users = before
    ? data.users.map((other) => (other === before ? user : other))
    : [...data.users, user];
}

function userRenamed(data: RoomData, { user_id, name }: Message<"user_renamed">): void {
  const named = <U extends { user_id: number }>(user: U): U =>
    user.user_id === user_id ? { ...user, name } : user;
  data.users = data.users.map(named);
  data.leaderboard = data.leaderboard.map(named);
  if (data.me?.userId === user_id) data.me = { ...data.me, name };
}

function userLeft(data: RoomData, message: Message<"user_left">): void {
  if (message.reason === "kicked") data.kicked.add(message.user_id);
  data.users = data.users.map((user) =>
    user.user_id === message.user_id ? { ...user, connected: false } : user,
  );
}

function refusal(_data: RoomData, message: Message<"error">, batch: Batch): void {
  batch.events.push(refused(message, batch.requestOf(message.cid)));
}

const reducers: Reducers = {
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
  trade: (data, message, batch) => {
    const market = data.market(message.inst);
    followOrders(market);
    followTrade(market, message, isOwnMaker(batch, message.trade_id));
    batch.trades.push(message);
  },
  instrument_added: (data, message) => {
    if (!data.instrument(message.instrument.id))
      data.instruments = [...data.instruments, message.instrument];
  },
  instrument_edited: (data, message) => patchInstrument(data, message.inst, message.instrument),
  halt,
  settlement,
  option_expired: expiry,
  tick_size_updated: tickSize,
  limits,
  kill_switch: killSwitch,
  news,
  session,
  lens,
  user_joined: userJoined,
  user_renamed: userRenamed,
  user_left: userLeft,
  export_complete: (data, message) => {
    data.files = message;
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
