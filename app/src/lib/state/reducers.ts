/** What each message does to the room: one small function a type, in a table. */

import type { Message, MessageType, Position, User } from "#protocol";
import { worthAt } from "#lib/trading/settlement.ts";
import * as own from "./own-orders.ts";
import { meetBook, meetFill, meetTrade, takePlaces } from "./queue.ts";
import { instrumentOf, patchInstrument, type RoomData } from "./room-data.ts";
import { stateWords } from "./words.ts";

type Reducers = { [T in MessageType]?: (data: RoomData, message: Message<T>) => void };

const NEWS_KEPT = 100;

function joined(data: RoomData, message: Message<"join_ack">): void {
  const sameUser = data.me?.userId === message.user_id;
  data.me = { userId: message.user_id, name: message.name, role: message.role };
  data.session = message.session;
  data.lens = message.lens;
  data.limits = message.limits;
  data.users = message.users;
  data.instruments = message.instruments;
  data.clockOffsetMs = message.server_time - Date.now();
  missedTrades(data, message.trades);
  for (const user of message.users) if (user.limits) data.limitsOf.set(user.user_id, user.limits);
  if (!sameUser) {
    forgetOwn(data);
    recallOrders(data);
  }
  data.news = withMissed(data.news, message.news, (item) => item.seq).slice(0, NEWS_KEPT);
  const missed = message.fills;
  data.fills = withMissed(data.fills, missed, (fill) => `${fill.trade_id}/${fill.order_id}`);
}

function forgetOwn(data: RoomData): void {
  for (const market of data.markets()) market.orders = [];
  data.positionOf.clear();
  data.doneOrders = [];
  data.leftOpen = [];
  data.fills = [];
  data.news = [];
}

function recallOrders(data: RoomData): void {
  const past = data.pastOrders();
  if (past === null) return;
  data.doneOrders = past.done;
  data.leftOpen = past.open;
}

/** A list, newest first, with what the exchange tells of the time before, each once. */
function withMissed<T extends { seq: number }>(
  known: readonly T[],
  told: readonly T[],
  key: (item: T) => string | number,
): readonly T[] {
  const have = new Set(known.map(key));
  const missed = told.filter((item) => !have.has(key(item)));
  return missed.length === 0 ? known : [...known, ...missed].sort((a, b) => b.seq - a.seq);
}

/** The tape of those who join late or were away: only what is not on it yet. */
function missedTrades(data: RoomData, trades: readonly Message<"trade">[]): void {
  const known = Math.max(data.tape[0]?.trade_id ?? 0, data.batch.trades.at(-1)?.trade_id ?? 0);
  data.batch.trades.push(...trades.filter((trade) => trade.trade_id > known));
}

function book(data: RoomData, message: Message<"md_inc"> | Message<"snapshot">): void {
  const market = data.market(message.inst);
  takePlaces(market);
  market.bids = message.bids;
  market.asks = message.asks;
  market.last = message.last;
  market.bookSeq = message.seq;
  meetBook(market);
  if (message.type === "snapshot") market.lastTradePrice = message.last;
}

/** Whether a resting order of one's own was hit in the trade: its fill comes first. */
function isOwnMaker({ batch }: RoomData, tradeId: number): boolean {
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

function halt(data: RoomData, message: Message<"halt">): void {
  if (instrumentOf(data, message.inst)?.halted === message.halted) return;
  patchInstrument(data, message.inst, { halted: message.halted });
  data.batch.halted.set(message.inst, message.halted);
}

function settlement(data: RoomData, message: Message<"settlement">): void {
  const instrument = instrumentOf(data, message.inst);
  // An option may be settled by itself: the message then carries its underlying's value.
  const final = instrument ? worthAt(instrument, message.value) : message.value;
  patchInstrument(data, message.inst, { settled: true, settlement: final });
  data.batch.settled.push({ inst: message.inst, value: final, payout: message.payout?.payout });
}

function expiry(data: RoomData, message: Message<"option_expired">): void {
  patchInstrument(data, message.inst, { settled: true, settlement: message.payoff });
  const { inst, payoff, payout } = message;
  data.batch.settled.push({ inst, value: payoff, payout: payout?.payout });
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

function killSwitch(data: RoomData, message: Message<"kill_switch">): void {
  const everybody = message.user_id === null;
  data.users = data.users.map((user) =>
    user.role === "trader" && (everybody || user.user_id === message.user_id)
      ? { ...user, killed: message.on }
      : user,
  );
  if (data.me?.role === "trader" && (everybody || message.user_id === data.me.userId))
    data.notify({ kind: "info", text: message.on ? stateWords.killed : stateWords.revived });
}

function news(data: RoomData, message: Message<"news">): void {
  data.news = [message, ...data.news].slice(0, NEWS_KEPT);
  if (data.me?.role !== "exchange") data.notify({ kind: "news", text: message.text });
}

function session(data: RoomData, message: Message<"session">): void {
  const { state, ends_at, session_id, room_name } = message;
  const before = data.session;
  data.session = { state, ends_at, session_id, room_name };
  if (before?.state === state) return;
  const endedAt = before?.ends_at ?? Infinity;
  const timeUp = state === "paused" && endedAt <= message.ts;
  data.notify({ kind: "info", text: stateWords.session[timeUp ? "timeUp" : state] });
}

function lens(data: RoomData, message: Message<"lens">): void {
  if (data.lens === message.lens) return;
  data.lens = message.lens;
  if (data.me?.role !== "exchange")
    data.notify({ kind: "info", text: stateWords.lens[message.lens] });
}

function userJoined(data: RoomData, message: Message<"user_joined">): void {
  const { user_id, name, role } = message;
  const before = data.users.find((user) => user.user_id === user_id);
  const user: User = { user_id, name, role, connected: true, killed: before?.killed ?? false };
  data.users = before
    ? data.users.map((other) => (other === before ? user : other))
    : [...data.users, user];
}

function userLeft(data: RoomData, message: Message<"user_left">): void {
  if (message.reason === "kicked") data.kicked.add(message.user_id);
  data.users = data.users.map((user) =>
    user.user_id === message.user_id ? { ...user, connected: false } : user,
  );
}

function refusal(data: RoomData, message: Message<"error">): void {
  const request = data.requestOf(message.cid);
  data.notify({
    kind: "error",
    code: message.code,
    text: message.message,
    inst: request && "inst" in request ? (request.inst ?? null) : null,
    price: request && "price" in request ? (request.price ?? null) : null,
  });
}

export const reducers: Reducers = {
  join_ack: joined,
  order_ack: own.ackOrder,
  order: own.changeOrder,
  fill: (data, message) => {
    data.batch.fills.push(message);
    meetFill(data.market(message.inst), message);
    own.fillOrder(data, message);
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
  trade: (data, message) => {
    const market = data.market(message.inst);
    takePlaces(market);
    meetTrade(market, message, isOwnMaker(data, message.trade_id));
    data.batch.trades.push(message);
  },
  instrument_added: (data, message) => {
    if (!instrumentOf(data, message.instrument.id))
      data.instruments = [...data.instruments, message.instrument];
  },
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
export function reduce(data: RoomData, message: Message): void {
  const reducer = reducers[message.type] as
    ((data: RoomData, message: Message) => void) | undefined;
  reducer?.(data, message);
}
