/**
 * Settlements: the value of an instrument, its least and greatest settlement, and the payoff of positions in an
 * underlying and its options. As a function of the settlement the payoff is straight between strikes, so its worst and
 * best are at a strike, at a bound, or unbounded. Values of instruments are in points, those of positions in money.
 */

import { limits, type Instrument, type Position, type Side } from "#protocol";
import { outsideBook, take, type BooksWithOrders } from "./book.ts";
import { tidy } from "./grid.ts";

/** Parts of a room that these functions read. */
interface ListedInstruments {
  readonly instruments: readonly Instrument[];
  instrument(inst: number): Instrument | undefined;
}
interface HeldPositions {
  position(inst: number): Position | undefined;
}

/** A position as its payoff needs it, with the P&L realised so far. */
export interface PayoffPosition {
  readonly instrument: Pick<Instrument, "type" | "strike" | "tick_value">;
  readonly qty: number;
  readonly vwap: number;
  readonly realized: number;
}

/** The range of a settlement; infinite on an unbounded side. */
export interface SettlementBounds {
  readonly min: number;
  readonly max: number;
}

export interface Extreme {
  /** P&L, infinite if it is unbounded. */
  readonly money: number;
  readonly at: number;
}

export function positionPayoff(
  { instrument, qty, vwap, realized }: PayoffPosition,
  settlement: number,
): number {
  return realized + qty * (worthAt(instrument, settlement) - vwap) * instrument.tick_value;
}

export function payoffAt(positions: readonly PayoffPosition[], settlement: number): number {
  return positions.reduce((sum, position) => sum + positionPayoff(position, settlement), 0);
}

/**
 * The range of an underlying's settlement: its price bounds, unless they are the widest possible, which the host has
 * not chosen. The exchange does not enforce it: the host may settle beyond the bounds.
 */
export function settlementBounds({
  min_price,
  max_price,
  tick_size,
}: Pick<Instrument, "min_price" | "max_price" | "tick_size">): SettlementBounds {
  const endless = limits.priceTicks * tick_size;
  return {
    min: min_price <= -endless ? -Infinity : min_price,
    max: max_price >= endless ? Infinity : max_price,
  };
}

/** The settlements at which a payoff can have its worst or best: strikes and finite bounds, or zero without any. */
export function turningPoints(
  positions: readonly PayoffPosition[],
  bounds: SettlementBounds,
): number[] {
  const kinks = positions
    .map((position) => position.instrument.strike)
    .filter((strike) => strike !== null);
  const ends = [bounds.min, bounds.max].filter(Number.isFinite);
  return [...kinks, ...ends, ...(kinks.length + ends.length === 0 ? [0] : [])];
}

/**
 * Change of the payoff with each further point beyond the highest strike (`high`) or below the lowest (`low`), money.
 */
export function outwards(positions: readonly PayoffPosition[], end: "low" | "high"): number {
  return end === "high" ? slope(positions, "high") : -slope(positions, "low");
}

/** Slope of the payoff beyond the highest or below the lowest strike, money a point. */
function slope(positions: readonly PayoffPosition[], end: "low" | "high"): number {
  const moves = { SCALAR: 1, CALL: end === "high" ? 1 : 0, PUT: end === "low" ? -1 : 0 };
  return positions.reduce((sum, { instrument, qty }) => {
    return sum + moves[instrument.type] * qty * instrument.tick_value;
  }, 0);
}

/** Worst and best over all settlements between the bounds. */
export function extremes(
  positions: readonly PayoffPosition[],
  bounds: SettlementBounds,
): { worst: Extreme; best: Extreme } {
  const values: Extreme[] = turningPoints(positions, bounds).map((at) => ({
    at,
    money: payoffAt(positions, at),
  }));
  const [high, low] = [outwards(positions, "high"), outwards(positions, "low")];
  if (!Number.isFinite(bounds.max) && high !== 0)
    values.push({ at: Infinity, money: high * Infinity });
  if (!Number.isFinite(bounds.min) && low !== 0)
    values.push({ at: -Infinity, money: low * Infinity });
  const pick = (better: (a: number, b: number) => boolean) =>
    values.reduce((best, value) => (better(value.money, best.money) ? value : best));
  return { worst: pick((a, b) => a < b), best: pick((a, b) => a > b) };
}

/** Value of a contract when its underlying, or a scalar itself, settles at `value`. */
export function worthAt(instrument: Pick<Instrument, "type" | "strike">, value: number): number {
  const strike = instrument.strike ?? 0;
  if (instrument.type === "CALL") return tidy(Math.max(value - strike, 0));
  if (instrument.type === "PUT") return tidy(Math.max(strike - value, 0));
  return value;
}

/** An order that a user may send, for the preview of its effect. */
export interface PlannedOrder {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly qty: number;
  /** Price of each contract. */
  readonly price: number;
}

/** The position that an order makes if all of it trades at its price. */
export function positionOfOrder({ instrument, side, qty, price }: PlannedOrder): PayoffPosition {
  return { instrument, qty: side === "buy" ? qty : -qty, vwap: price, realized: 0 };
}

/** The user's positions in these instruments, without settled ones: their payouts have been made. */
export function payoffPositions(
  room: HeldPositions,
  family: readonly (Instrument | null)[],
): PayoffPosition[] {
  return family.flatMap((instrument) => {
    const held = instrument && room.position(instrument.id);
    if (!instrument || !held || instrument.settled) return [];
    const { qty, vwap, realized_pnl: realized } = held;
    return qty === 0 && realized === 0 ? [] : [{ instrument, qty, vwap, realized }];
  });
}

/** The worst P&L in the order's underlying after the order; null if the underlying is unknown. */
export function worstAfter(
  room: ListedInstruments & HeldPositions,
  order: PlannedOrder,
): Extreme | null {
  const root = order.instrument.reference_id ?? order.instrument.id;
  const underlying = room.instrument(root);
  if (underlying === undefined) return null;
  const family = room.instruments.filter((one) => one.id === root || one.reference_id === root);
  const positions = [...payoffPositions(room, family), positionOfOrder(order)];
  return extremes(positions, settlementBounds(underlying)).worst;
}

/** An order before it is sent. */
export interface OrderTerms {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly qty: number;
  /** null: a market order. */
  readonly limit: number | null;
  /** Whether the part that does not trade at once rests. */
  readonly rests: boolean;
}

/** The least and the greatest settlement of an instrument; infinite if it is unbounded. */
export function settlementRange(
  instrument: Pick<Instrument, "type" | "strike">,
  underlying: Pick<Instrument, "min_price" | "max_price" | "tick_size">,
): readonly [least: number, most: number] {
  const { min, max } = settlementBounds(underlying);
  const [atMin, atMax] = [worthAt(instrument, min), worthAt(instrument, max)];
  return atMin < atMax ? [atMin, atMax] : [atMax, atMin];
}

/**
 * The greatest settlement of the instrument, if a part of a purchase would trade or rest above it by the visible book;
 * the least settlement, if a part of a sale would below it. Null if no part of the order is beyond.
 */
export function beyondSettlement(room: BooksWithOrders, order: OrderTerms): number | null {
  const { instrument, side } = order;
  const underlying = room.instrument(instrument.reference_id ?? instrument.id);
  const worst = worstPart(room, order);
  if (underlying === undefined || worst === null) return null;
  const [least, most] = settlementRange(instrument, underlying);
  const isBeyond = side === "buy" ? worst > most : worst < least;
  if (!isBeyond) return null;
  return side === "buy" ? most : least;
}

/** The worst price at which a part of the order would trade or rest. */
function worstPart(room: BooksWithOrders, order: OrderTerms): number | null {
  const { instrument, side, qty, limit, rests } = order;
  const { bids, asks } = outsideBook(room, instrument.id);
  const now = take(side === "buy" ? asks : bids, side, limit, qty);
  return rests && now.qty < qty ? limit : now.worst;
}
