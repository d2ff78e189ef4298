/**
 * The book of an instrument: the best of it, the part that is others' (at which one could trade, and around which to
 * quote), the outcome of an order that takes from it, and where a ladder has its middle.
 */

import { type Level, type Side, limits, type Instrument } from "#protocol";
import { gridOf, type TickGrid } from "./grid.ts";

export interface Book {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

interface OwnOrder {
  readonly side: Side;
  readonly price: number | null;
  readonly leaves: number;
}

/** The part of a room that is looked at. */
interface BooksWithOrders {
  instrument(inst: number): Instrument | undefined;
  market(inst: number): Book;
  ordersIn(inst: number): readonly OwnOrder[];
}

/** The best price of one side of a book; null where it is empty. */
export function best(levels: readonly Level[]): number | null {
  return levels[0]?.[0] ?? null;
}

/** @param own one's working orders on this side. @returns levels of others, best first. */
export function outside(
  grid: TickGrid,
  levels: readonly Level[],
  own: readonly Omit<OwnOrder, "side">[],
): readonly Level[] {
  if (own.length === 0) return levels;
  const mine = new Map<number, number>();
  for (const { price, leaves } of own)
    if (price !== null) mine.set(grid.ticks(price), (mine.get(grid.ticks(price)) ?? 0) + leaves);
  return levels
    .map(([price, qty]) => [price, qty - (mine.get(grid.ticks(price)) ?? 0)] as const)
    .filter(([, qty]) => qty > 0);
}

/** The instrument's book without one's own orders. */
export function outsideBook(room: BooksWithOrders, inst: number): Book {
  const { bids, asks } = room.market(inst);
  const grid = gridOf(room.instrument(inst)?.tick_size ?? 1);
  const mine = room.ordersIn(inst);
  return {
    bids: outside(
      grid,
      bids,
      mine.filter(({ side }) => side === "buy"),
    ),
    asks: outside(
      grid,
      asks,
      mine.filter(({ side }) => side === "sell"),
    ),
  };
}

export interface TakenDepth {
  readonly qty: number;
  /** Average price of it; null if nothing trades. */
  readonly average: number | null;
  /** The worst price of it. */
  readonly worst: number | null;
}

/** The part of the visible book that an order would take, at prices no worse than `bound`. */
export function take(
  levels: readonly Level[],
  side: Side,
  bound: number | null,
  qty: number,
): TakenDepth {
  let left = qty;
  let paid = 0;
  let worst: number | null = null;
  for (const [price, there] of levels) {
    if (left <= 0 || (bound !== null && (side === "buy" ? price > bound : price < bound))) break;
    const part = Math.min(left, there);
    left -= part;
    paid += part * price;
    worst = price;
  }
  const taken = qty - left;
  return { qty: taken, average: taken > 0 ? paid / taken : null, worst };
}

/** The inside market in ticks. */
export interface InsideMarket {
  readonly bid: number | null;
  readonly ask: number | null;
  readonly last: number | null;
}

export function insideOf(market: TradedBook, grid: TickGrid): InsideMarket {
  const ticks = (price: number | null) => (price === null ? null : grid.ticks(price));
  return { bid: ticks(best(market.bids)), ask: ticks(best(market.asks)), last: ticks(market.last) };
}

/** The middle of a recentred ladder: the mid of the inside market, else its one side, else the last trade. */
export function anchorOf({ bid, ask, last }: InsideMarket): number | null {
  if (bid !== null && ask !== null) return Math.round((bid + ask) / 2) + 0;
  return bid ?? ask ?? last;
}

interface TradedBook extends Book {
  readonly last: number | null;
}

/** The worth of an underlying now: the settlement, else the mid, else the last trade, else the one side there is. */
export function referencePrice(market: TradedBook, settlement: number | null): number | null {
  if (settlement !== null) return settlement;
  const [bid, ask] = [best(market.bids), best(market.asks)];
  if (bid !== null && ask !== null) return (bid + ask) / 2;
  return market.last ?? bid ?? ask;
}

interface InstrumentBooks {
  instrument(inst: number): Instrument | undefined;
  readonly instruments: readonly Instrument[];
  market(inst: number): TradedBook;
}

/**
 * Where a ladder without any market begins: an option at its value if it ended now, a scalar at its middle strike,
 * else in the middle of bounds that somebody chose, else at zero.
 */
export function startPrice(room: InstrumentBooks, inst: number): number {
  const instrument = room.instrument(inst);
  if (instrument === undefined) return 0;
  if (instrument.settlement !== null) return instrument.settlement;
  const { strike, reference_id, min_price, max_price, tick_size } = instrument;
  if (strike !== null && reference_id !== null) {
    const underlying = room.instrument(reference_id);
    const spot = referencePrice(room.market(reference_id), underlying?.settlement ?? null);
    return spot === null
      ? 0
      : Math.max(0, instrument.type === "CALL" ? spot - strike : strike - spot);
  }
  const strikes = room.instruments.filter((i) => i.reference_id === inst).map((i) => i.strike ?? 0);
  strikes.sort((a, b) => a - b);
  const middle = strikes[Math.floor(strikes.length / 2)];
  if (middle !== undefined) return middle;
  const bounded = max_price - min_price < limits.priceTicks * tick_size;
  return bounded ? (min_price + max_price) / 2 : 0;
}
