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

/**
 * A step of a wanted quote, whose prices may lie beyond the bounds: so the opposite step comes back from there. Steps
 * that would change nothing within the bounds are not taken.
 */
export function moveQuote(quote: QuoteTicks, move: QuoteMove, bounds: TickRange): QuoteTicks {
  const { bid, ask } = quote;
  switch (move) {
    case "wider":
      return bid <= bounds.min && ask >= bounds.max ? quote : { bid: bid - 1, ask: ask + 1 };
    case "tighter":
      // A width of two ticks cannot lose one on both sides: only the bid goes up.
      if (ask - bid <= 1) return quote;
      return ask - bid === 2 ? { bid: bid + 1, ask } : { bid: bid + 1, ask: ask - 1 };
    case "up":
      return bid + 1 >= bounds.max ? quote : { bid: bid + 1, ask: ask + 1 };
    case "down":
      return ask - 1 <= bounds.min ? quote : { bid: bid - 1, ask: ask - 1 };
  }
}

/** The wanted quote `width` ticks wide around a mid, which may lie between ticks; an odd half tick goes to the ask. */
export function quoteAround(mid: number, width: number): QuoteTicks {
  const wide = Math.max(1, Math.round(width));
  const bid = Math.floor(mid - wide / 2 + 1e-9) + 0;
  return { bid, ask: bid + wide };
}

/** The quote that can be sent: each side of the wanted one at the nearest price within the bounds. */
export function within({ bid, ask }: QuoteTicks, { min, max }: TickRange): QuoteTicks {
  return {
    bid: Math.min(Math.max(bid, min), max - 1),
    ask: Math.max(Math.min(ask, max), min + 1),
  };
}

/** The quote from which a step starts: each side that stands where the wanted one was sent is the wanted one. */
export function wantedOf(
  shown: QuoteTicks,
  wanted: QuoteTicks | null,
  bounds: TickRange,
): QuoteTicks {
  if (wanted === null) return shown;
  const sent = within(wanted, bounds);
  return {
    bid: shown.bid === sent.bid ? wanted.bid : shown.bid,
    ask: shown.ask === sent.ask ? wanted.ask : shown.ask,
  };
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
  return middle === null ? null : within(quoteAround(middle, 2), bounds);
}
