/**
 * Quotes in ticks: moves them wider, tighter, up and down, and suggests a first one. A quote is never crossed or
 * locked.
 */

import type { TickRange } from "#lib/trading/grid.ts";

export interface QuoteTicks {
  readonly bid: number;
  readonly ask: number;
}

export type QuoteMove = "wider" | "tighter" | "up" | "down";

export function moveQuote(quote: QuoteTicks, move: QuoteMove, bounds: TickRange): QuoteTicks {
  const { bid, ask } = quote;
  switch (move) {
    case "wider":
      return { bid: Math.max(bid - 1, bounds.min), ask: Math.min(ask + 1, bounds.max) };
    case "tighter":
      // A width of two ticks cannot lose one on both sides: only the bid goes up.
      if (ask - bid <= 1) return quote;
      return ask - bid === 2 ? { bid: bid + 1, ask } : { bid: bid + 1, ask: ask - 1 };
    case "up":
      return ask >= bounds.max ? quote : { bid: bid + 1, ask: ask + 1 };
    case "down":
      return bid <= bounds.min ? quote : { bid: bid - 1, ask: ask - 1 };
  }
}

/** A quote `width` ticks wide around a mid, which may lie between ticks; an odd half tick goes to the ask. */
export function quoteAround(mid: number, width: number, bounds: TickRange): QuoteTicks {
  const wide = Math.max(1, Math.round(width));
  const bid = Math.min(Math.max(Math.floor(mid - wide / 2 + 1e-9), bounds.min), bounds.max - wide);
  return { bid, ask: bid + wide };
}

/**
 * A first quote for a book: a tick inside a wide market, else at its prices; around the last trade or `fallback`
 * without a market. Null without any price.
 */
export function suggestQuote(
  inside: { bid: number | null; ask: number | null; last: number | null },
  fallback: number | null,
  bounds: TickRange,
): QuoteTicks | null {
  const { bid, ask } = inside;
  if (bid !== null && ask !== null && ask > bid) {
    const room = ask - bid;
    return room > 3 ? { bid: bid + 1, ask: ask - 1 } : { bid, ask };
  }
  const middle = inside.last ?? fallback;
  if (bid !== null) return { bid, ask: Math.min(Math.max(bid + 2, middle ?? bid), bounds.max) };
  if (ask !== null) return { bid: Math.max(Math.min(ask - 2, middle ?? ask), bounds.min), ask };
  return middle === null ? null : quoteAround(middle, 2, bounds);
}
