/**
 * The book of an instrument: its best prices, the others' part of it (which the user can trade with, and quotes
 * around), the depth that an order would take, and the prices at which ladders are centred.
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

/** The part of a room that `outsideBook` reads. */
export interface BooksWithOrders {
  instrument(inst: number): Instrument | undefined;
  market(inst: number): Book;
  ordersIn(inst: number): readonly OwnOrder[];
}

/** The best price of one side of a book; null where it is empty. */
export function best(levels: readonly Level[]): number | null {
  return levels[0]?.[0] ?? null;
}

/** @param own the user's working orders on this side. @returns the others' levels, best first */
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

/** The instrument's book without the user's own orders. */
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
  /** Its average price; null if nothing trades. */
  readonly average: number | null;
  /** Its worst price; null if nothing trades. */
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
  const [bid, ask] = [best(market.bids), best(market.asks)];
  return {
    bid: bid === null ? null : grid.rowOf(bid, "buy"),
    ask: ask === null ? null : grid.rowOf(ask, "sell"),
    last: market.last === null ? null : grid.ticks(market.last),
  };
}

/** The centre of a ladder, in ticks: the mid of the inside market, else its only side, else the last trade. */
export function anchorOf({ bid, ask, last }: InsideMarket): number | null {
  if (bid !== null && ask !== null) return Math.round((bid + ask) / 2) + 0;
  return bid ?? ask ?? last;
}

interface TradedBook extends Book {
  readonly last: number | null;
}

/**
 * The price of an underlying now: its settlement, else the mid, else the last trade, else the only side of the book.
 */
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

/** The host's opening price, in ticks; null if there is none. */
export function openingTicks({
  opening_price,
  tick_size,
}: Pick<Instrument, "opening_price" | "tick_size">): number | null {
  return opening_price === null ? null : gridOf(tick_size).ticks(opening_price);
}

/**
 * The price at which a ladder without a market begins: the host's opening price, an option's value if it settled now, a
 * scalar's middle strike, else the middle of the host's price bounds, else zero.
 */
export function startPrice(room: InstrumentBooks, inst: number): number {
  const instrument = room.instrument(inst);
  if (instrument === undefined) return 0;
  if (instrument.settlement !== null) return instrument.settlement;
  if (instrument.opening_price !== null) return instrument.opening_price;
  const { strike, reference_id, min_price, max_price, tick_size } = instrument;
  if (strike !== null && reference_id !== null) {
    const underlying = room.instrument(reference_id);
    const spot =
      referencePrice(room.market(reference_id), underlying?.settlement ?? null) ??
      underlying?.opening_price ??
      null;
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
