/** Closing a position now, against the others' orders in the visible book, level by level. Knows no room. */

import type { Instrument, Position } from "#protocol";
import { take, type Book } from "./book.ts";
import { tidy } from "./grid.ts";

export interface Exit {
  /** Contracts for which others are there. */
  readonly qty: number;
  /** Their average price; null if nobody is there. */
  readonly average: number | null;
  /** Gain or loss of the whole open position, money; null if not all of it can be closed. */
  readonly pnl: number | null;
}

/** @param others the book without the user's own orders. @returns null for a flat position */
export function exitOf(
  { qty, vwap }: Pick<Position, "qty" | "vwap">,
  others: Book,
  { tick_value }: Pick<Instrument, "tick_value">,
): Exit | null {
  if (qty === 0) return null;
  const side = qty > 0 ? "sell" : "buy";
  const taken = take(side === "sell" ? others.bids : others.asks, side, null, Math.abs(qty));
  const { average } = taken;
  const isWhole = average !== null && taken.qty === Math.abs(qty);
  return {
    qty: taken.qty,
    average,
    pnl: isWhole ? tidy(qty * (average - vwap) * tick_value) : null,
  };
}
