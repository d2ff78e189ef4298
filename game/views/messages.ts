/**
 * Messages that show the room's state; decides, before serialising, who may see which part. Positions and P&L are in
 * holdings.ts.
 */

import {
  limits,
  PROTOCOL_VERSION,
  type Instrument,
  type Limits,
  type Message,
  type OpenOrder,
  type Session,
  type User,
} from "#protocol";
import type { Context } from "../context.ts";
import { OrderStatus, Side } from "../engine-port.ts";
import { priceOf } from "../units/prices.ts";
import { sideText, statusText } from "../units/text-of.ts";
import { fromUnits } from "../units/decimals.ts";
import type { RoomInstrument, RoomUser } from "../state.ts";
import { closingOf } from "../host/closing.ts";

let levels = new Int32Array(128);

/** The terms of an instrument: what it is and at which prices it trades, without what has become of it. */
export function termsView({ engine }: Context, instrument: RoomInstrument) {
  const { inst } = instrument;
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
  };
}

export function instrumentView(ctx: Context, instrument: RoomInstrument): Instrument {
  const { inst } = instrument;
  const { engine } = ctx;
  const settled = engine.settlementUnits(inst);
  return {
    ...termsView(ctx, instrument),
    hidden: instrument.hidden,
    halted: instrument.halted,
    settled: instrument.settled,
    settlement: settled === null ? null : fromUnits(Number(settled), engine.decimals(inst)),
    ...(instrument.isCorrected && { corrected: true }),
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
    connected: user.connections > 0 || isBot(user) || user.isHouse,
    killed: user.killed,
    bot: user.bot?.kind ?? null,
    ...(user.role === "trader" && { client: user.client }),
    ...(user.isFast && { fast: true }),
  };
}

/** Whether the user is a bot, and no person whose seat a bot trades. */
export function isBot({ bot }: RoomUser): boolean {
  return bot !== null && !bot.isTaken;
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
    instruments: state.instruments
      .filter(({ retired }) => !retired)
      .map((instrument) => instrumentView(ctx, instrument)),
    users: [...state.users.values()]
      .filter((one) => !one.kicked)
      .map((one) =>
        user.role === "exchange" ? { ...userView(one), ...traderLimits(one) } : userView(one),
      ),
    session: sessionView(ctx),
    lens: state.lens,
    settings: { ...state.settings },
    limits: limitsView(user.role === "trader" ? user.limits : state.limits),
    trades: [...state.recentTrades],
    fills: [...user.recentFills],
    news: newsFor(state.recentNews, user),
    server_time: now,
    seq: state.seq,
    resumed,
    protocol: PROTOCOL_VERSION,
    ...closingOf(ctx),
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
    fills: user.recentFills.slice(-limits.watchedFills),
  };
}
