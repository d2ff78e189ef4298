/** Messages that show the room's state; decides, before serialising, who may see which part. */

import type { Instrument, Limits, Message, OpenOrder, Position, Session, User } from "#protocol";
import { limits as bounds, PROTOCOL_VERSION } from "#protocol";
import type { Context } from "../context.ts";
import { emptyPosition, OrderStatus, Side } from "../engine-port.ts";
import {
  moneyDecimals,
  times,
  toMoney,
  twice,
  valueHolding,
  type Holding,
} from "../units/money.ts";
import { priceOf } from "../units/prices.ts";
import { sideText, statusText } from "../units/text-of.ts";
import { fromUnits, roundTo } from "../units/decimals.ts";
import type { RoomInstrument, RoomUser } from "../state.ts";

const position = emptyPosition();
let levels = new Int32Array(128);

export function instrumentView(ctx: Context, instrument: RoomInstrument): Instrument {
  const { inst } = instrument;
  const { engine } = ctx;
  const settled = engine.settlementUnits(inst);
  return {
    id: inst,
    inst,
    symbol: instrument.symbol,
    description: instrument.description,
    type: instrument.type,
    reference_id: instrument.reference,
    strike: instrument.strike,
    tick_size: instrument.tickSize,
    lot_size: instrument.lotSize,
    tick_value: instrument.tickValue,
    min_price: priceOf(engine, inst, instrument.minTicks),
    max_price: priceOf(engine, inst, instrument.maxTicks),
    opening_price: instrument.openingPrice,
    hidden: instrument.hidden,
    halted: instrument.halted,
    settled: instrument.settled,
    settlement: settled === null ? null : fromUnits(Number(settled), engine.decimals(inst)),
    ...tradedView(instrument),
    last: instrument.lastPrice,
  };
}

function tradedView({ traded }: RoomInstrument) {
  const { volume, trades, first, high, low } = traded;
  return { volume, trades, first, high, low };
}

export function userView(user: RoomUser): User {
  return {
    user_id: user.userId,
    name: user.name,
    role: user.role,
    connected: user.connections > 0,
    killed: user.killed,
  };
}

/** News as sent to the user; only the host sees all recipients. */
function newsFor(news: Message<"news">[], { userId, role }: RoomUser): Message<"news">[] {
  if (role === "exchange") return [...news];
  return news
    .filter(({ to }) => to === null || to.includes(userId))
    .map((one) => (one.to === null ? one : { ...one, to: [userId] }));
}

function traderLimits({ role, limits }: RoomUser): { limits?: Limits } {
  return role === "trader" ? { limits: limitsView(limits) } : {};
}

export function sessionView(ctx: Context): Session {
  const { session, endsAt, sessionId, name } = ctx.state;
  return { state: session, ends_at: endsAt, session_id: sessionId, room_name: name };
}

export function joinAck(
  ctx: Context,
  user: RoomUser,
  token: string,
  resumed: boolean,
  now: number,
): Message<"join_ack"> {
  const { state } = ctx;
  return {
    type: "join_ack",
    user_id: user.userId,
    name: user.name,
    role: user.role,
    resume_token: token,
    room_code: state.room,
    instruments: state.instruments.map((instrument) => instrumentView(ctx, instrument)),
    users: [...state.users.values()]
      .filter((one) => !one.kicked)
      .map((one) =>
        user.role === "exchange" ? { ...userView(one), ...traderLimits(one) } : userView(one),
      ),
    session: sessionView(ctx),
    lens: state.lens,
    limits: limitsView(user.role === "trader" ? user.limits : state.limits),
    trades: [...state.recentTrades],
    fills: [...user.recentFills],
    news: newsFor(state.recentNews, user),
    server_time: now,
    seq: state.seq,
    resumed,
    protocol: PROTOCOL_VERSION,
  };
}

export function limitsView(limits: Limits): Limits {
  return { ...limits };
}

/** The book of `inst` to `depth` levels a side. */
export function bookView(
  ctx: Context,
  type: "md_inc",
  inst: number,
  depth: number,
  now: number,
): Message<"md_inc"> {
  return {
    type,
    inst,
    bids: sideView(ctx, inst, Side.buy, depth),
    asks: sideView(ctx, inst, Side.sell, depth),
    last: ctx.state.instruments[inst - 1]?.lastPrice ?? null,
    ts: now,
    seq: ctx.state.seq,
  };
}

/** The book with what has been traded, for who asks or joins. */
export function snapshotView(
  ctx: Context,
  instrument: RoomInstrument,
  depth: number,
  now: number,
): Message<"snapshot"> {
  const book = bookView(ctx, "md_inc", instrument.inst, depth, now);
  return { ...book, type: "snapshot", ...tradedView(instrument) };
}

/** Everything that has been traded in the instrument, as far as the room keeps it. */
export function historyView(
  ctx: Context,
  { inst, traded }: RoomInstrument,
  now: number,
): Message<"history"> {
  const { prices, quantities, groupSize, times, path } = traded;
  return {
    type: "history",
    inst,
    by_price: prices.map((price, index) => [price, quantities[index] ?? 0]),
    price_step: groupSize === 0 ? null : groupSize,
    path: times.map((ts, index) => [ts, path[index] ?? 0]),
    ts: now,
    seq: ctx.state.seq,
  };
}

function sideView(ctx: Context, inst: number, side: Side, depth: number): [number, number][] {
  if (levels.length < depth * 2) levels = new Int32Array(depth * 2);
  const count = ctx.engine.depth(inst, side, depth, levels);
  const view: [number, number][] = [];
  for (let level = 0; level < count; level++)
    view.push([priceOf(ctx.engine, inst, levels[2 * level] ?? 0), levels[2 * level + 1] ?? 0]);
  return view;
}

export function holdingOf(ctx: Context, userId: number, instrument: RoomInstrument): Holding {
  ctx.engine.position(userId, instrument.inst, position);
  const mark2 = ctx.marks.double(instrument);
  return valueHolding(ctx.engine, instrument.inst, position, mark2, instrument.tickValueMicros);
}

/** Quantity that the user held of an instrument when it was settled, and its payout; nulls before. */
export function settledOf(ctx: Context, userId: number, { inst, tickValueMicros }: RoomInstrument) {
  const { engine } = ctx;
  const mark = engine.settlementUnits(inst);
  if (mark === null) return { settled_qty: null, settlement: null, payout: null };
  const { settledQty } = engine.position(userId, inst, position);
  const decimals = engine.decimals(inst);
  return {
    settled_qty: settledQty,
    settlement: fromUnits(Number(mark), decimals),
    payout: toMoney(times(twice(mark), settledQty), decimals, tickValueMicros),
  };
}

/** An instrument, and a user's holding of it. */
interface InstrumentHolding {
  instrument: RoomInstrument;
  holding: Holding;
}

/** Holdings in every instrument that the user has ever traded; positions and P&L of one moment can share them. */
export function holdingsOf(ctx: Context, userId: number): InstrumentHolding[] {
  const held: InstrumentHolding[] = [];
  const traded = ctx.state.users.get(userId)?.stats.traded;
  if (traded === undefined || traded.size === 0) return held;
  for (const instrument of ctx.state.instruments)
    if (traded.has(instrument.inst))
      held.push({ instrument, holding: holdingOf(ctx, userId, instrument) });
  return held;
}

export function positionsOf(
  ctx: Context,
  userId: number,
  held: InstrumentHolding[] = holdingsOf(ctx, userId),
): Position[] {
  return held.map(({ instrument, holding }) => ({
    inst: instrument.inst,
    symbol: instrument.symbol,
    qty: holding.qty,
    vwap: holding.vwap,
    realized_pnl: holding.realized,
    unrealized_pnl: holding.unrealized,
    mark: holding.mark ?? (holding.qty === 0 ? null : holding.vwap),
  }));
}

export function ownPositions(
  ctx: Context,
  userId: number,
  held?: InstrumentHolding[],
): Message<"positions"> {
  return { type: "positions", positions: positionsOf(ctx, userId, held) };
}

/** Everybody's positions, each row with its `user_id`: for the host only. */
export function everybodysPositions(ctx: Context): Message<"positions"> {
  const rows: Position[] = [];
  for (const user of ctx.state.users.values())
    if (user.role === "trader")
      for (const row of positionsOf(ctx, user.userId)) rows.push({ user_id: user.userId, ...row });
  return { type: "positions", positions: rows };
}

export function pnlOf(
  ctx: Context,
  userId: number,
  held: InstrumentHolding[] = holdingsOf(ctx, userId),
): { pnl: number; realized: number; unrealized: number } {
  const total = { pnl: 0, realized: 0, unrealized: 0 };
  let decimals: number = bounds.decimals;
  for (const { instrument, holding } of held) {
    const { inst, tickValueMicros } = instrument;
    decimals = Math.max(decimals, moneyDecimals(ctx.engine.decimals(inst), tickValueMicros));
    total.pnl += holding.pnl;
    total.realized += holding.realized;
    total.unrealized += holding.unrealized;
  }
  return {
    pnl: roundTo(total.pnl, decimals),
    realized: roundTo(total.realized, decimals),
    unrealized: roundTo(total.unrealized, decimals),
  };
}

export function ownPnl(ctx: Context, userId: number, held?: InstrumentHolding[]): Message<"pnl"> {
  return { type: "pnl", ...pnlOf(ctx, userId, held) };
}

type LeaderboardRow = Message<"leaderboard">["rows"][number];

/** Traders by P&L, best first: all in the room, and some of those removed, open positions first. */
export function leaderboard(ctx: Context): Message<"leaderboard"> {
  const rows = leaderboardRows(ctx);
  const departed = rows.filter(({ user_id }) => ctx.state.users.get(user_id)?.kicked === true);
  if (departed.length <= bounds.departedShown) return { type: "leaderboard", rows };
  const holds = new Map(departed.map((row) => [row, holdsAny(ctx, row.user_id)]));
  // The sort is stable: equal ones stay in the order of their P&L.
  departed.sort((a, b) => Number(holds.get(b)) - Number(holds.get(a)));
  const left = new Set(departed.slice(bounds.departedShown));
  return { type: "leaderboard", rows: rows.filter((row) => !left.has(row)) };
}

function holdsAny(ctx: Context, userId: number): boolean {
  return holdingsOf(ctx, userId).some(({ holding }) => holding.qty !== 0);
}

/** All traders by P&L, best first; removed ones stay, as their trades do. */
export function leaderboardRows(ctx: Context): LeaderboardRow[] {
  const rows = [...ctx.state.users.values()]
    .filter((user) => user.role === "trader" && (!user.kicked || user.stats.volume > 0))
    .map((user) => ({
      user_id: user.userId,
      name: user.name,
      pnl: pnlOf(ctx, user.userId).pnl,
      volume: user.stats.volume,
      max_abs_position: user.stats.maxAbsPosition,
    }));
  rows.sort((a, b) => b.pnl - a.pnl || b.volume - a.volume || a.user_id - b.user_id);
  return rows;
}

export function openOrdersOf(ctx: Context, userId: number): OpenOrder[] {
  return ctx.engine.openOrders(userId, 0).map((order) => {
    const note = ctx.state.orders.get(order.orderId);
    return {
      order_id: order.orderId,
      inst: order.inst,
      side: sideText[order.side],
      price: priceOf(ctx.engine, order.inst, order.price),
      qty: order.qty,
      filled: order.filled,
      leaves: order.leaves,
      status: statusText[order.filled > 0 ? OrderStatus.partial : OrderStatus.open],
      ts: note?.ts ?? 0,
      seq: ctx.state.seq,
      type: "limit",
      tif: "GFD",
      post_only: order.postOnly || note?.isPostOnlyQuote === true,
      quote: order.isQuote,
      cid: note?.cid ?? null,
    };
  });
}

/** A trader's own orders and fills as the trader sees them: for the host only. */
export function watchedOrders(ctx: Context, user: RoomUser): Message<"orders"> {
  return {
    type: "orders",
    orders: openOrdersOf(ctx, user.userId),
    user_id: user.userId,
    fills: user.recentFills.slice(-bounds.watchedFills),
  };
}
