/** Holdings of users: positions, P&L and leaderboard, and the messages that show them. */

import { limits as bounds, type Message, type Position } from "#protocol";
import type { Context } from "../context.ts";
import { emptyPosition } from "../engine-port.ts";
import { keptAt } from "../engine-slots.ts";
import { endowedWith, potOf, withEndowment, type Eyes } from "../rounds/endowments.ts";
import type { RoomInstrument } from "../state.ts";
import { fromUnits, roundTo } from "../units/decimals.ts";
import {
  moneyDecimals,
  times,
  toMoney,
  twice,
  valueHolding,
  type Holding,
} from "../units/money.ts";

const position = emptyPosition();

export function holdingOf(
  ctx: Context,
  userId: number,
  instrument: RoomInstrument,
  mark2 = ctx.marks.double(instrument),
  eyes: Eyes = "all",
): Holding {
  const { inst, tickValueMicros } = instrument;
  ctx.engine.position(userId, inst, position);
  const holding = valueHolding(ctx.engine, inst, position, mark2, tickValueMicros);
  const endowed = endowedWith(ctx.state, userId, inst, eyes);
  return withEndowment(ctx.state, instrument, holding, endowed);
}

/** Quantity that the user held of an instrument when it was settled, and its payout; nulls before. */
export function settledOf(ctx: Context, userId: number, { inst, tickValueMicros }: RoomInstrument) {
  const { engine } = ctx;
  const mark = engine.settlementUnits(inst);
  if (mark === null) return { settled_qty: null, settlement: null, payout: null };
  const endowed = endowedWith(ctx.state, userId, inst, "all");
  const settledQty = engine.position(userId, inst, position).settledQty + endowed;
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

/**
 * Holdings in every instrument that the user has traded or was dealt, but for those of aborted rounds and of rounds that
 * are over; positions and P&L of one moment can share them.
 *
 * @param valued the holding of one, where it is not that at the marks after the last entry
 */
export function holdingsOf(
  ctx: Context,
  userId: number,
  eyes: Eyes = "all",
  valued = (instrument: RoomInstrument) => holdingOf(ctx, userId, instrument, undefined, eyes),
): InstrumentHolding[] {
  const held: InstrumentHolding[] = [];
  for (const instrument of ctx.state.instruments)
    if (!instrument.retired && isHeld(ctx, userId, instrument, eyes))
      held.push({ instrument, holding: valued(instrument) });
  return held;
}

/** Whether the user has anything to do with the instrument: has traded it, or was dealt it. */
export function isHeld(
  { state }: Context,
  userId: number,
  { inst, isVoid, kept }: RoomInstrument,
  eyes: Eyes = "all",
): boolean {
  const traded = state.users.get(userId)?.stats.traded;
  if (traded === undefined || isVoid) return false;
  if (kept !== null) return keptAt(kept, userId) >= 0;
  return traded.has(inst) || endowedWith(state, userId, inst, eyes) !== 0;
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
  held = holdingsOf(ctx, userId, "own"),
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

interface Pnl {
  pnl: number;
  realized: number;
  unrealized: number;
}

/** P&L of the user: of all rounds that are over, of the pot, and of what is held. */
export function pnlOf(
  ctx: Context,
  userId: number,
  eyes: Eyes = "all",
  held: InstrumentHolding[] = holdingsOf(ctx, userId, eyes),
): Pnl {
  const { state } = ctx;
  const apart = (state.users.get(userId)?.banked ?? 0) + potOf(state, userId, eyes);
  return pnlIn(ctx, held, apart);
}

/** P&L in these holdings alone. @param apart realised elsewhere */
export function pnlIn(ctx: Context, held: readonly InstrumentHolding[], apart = 0): Pnl {
  const total = { pnl: apart, realized: apart, unrealized: 0 };
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
  return { type: "pnl", ...pnlOf(ctx, userId, "own", held) };
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
