/** Widths of a ladder's columns in digits, by which its figures are shortened. Knows no component. */

import { figureWidth } from "#lib/format.ts";

/** Measures of a ladder, px. */
export interface LadderMeasures {
  /** Widths of the columns of own orders and of the book. */
  readonly own: number;
  readonly book: number;
  /** Width of a bold digit in the book. */
  readonly digit: number;
}

export interface LadderWidths {
  /** Width of a quantity of the book. */
  readonly book: number;
  /** Width of an own order that has its cell for itself. */
  readonly own: number;
}

/** Space at both sides of a quantity of the book; own orders have a frame as well, and smaller digits. */
const BOOK_PADDING_PX = 13;
const OWN_PADDING_PX = 9;
const OWN_DIGIT = 12 / 13;
/** Width of a change beside the quantity, with its sign. */
const CHANGE_PX = 33;
/** Space beside the price, for its marks, and beside the last quantity, where that is shown. */
const MARKS_PX = 16;
const TRADED_PX = 40;

/** A ladder that is not measured yet, or is not drawn, shortens nothing. */
const endless: LadderWidths = { book: Infinity, own: Infinity };

export function widthsOf({ own, book, digit }: LadderMeasures, hasChanges: boolean): LadderWidths {
  if (own === 0 || book === 0 || digit === 0) return endless;
  const ofBook = book - BOOK_PADDING_PX - (hasChanges ? CHANGE_PX : 0);
  return { book: ofBook / digit, own: (own - OWN_PADDING_PX) / (digit * OWN_DIGIT) };
}

/**
 * Least width of the column of prices, px: a price is never shortened.
 *
 * @param hasTraded the last quantity stands beside the price
 */
export function priceColumnPx(
  prices: readonly string[],
  digit: number,
  hasTraded: boolean,
): number {
  const longest = Math.max(0, ...prices.map(figureWidth));
  return Math.ceil(longest * digit) + MARKS_PX + (hasTraded ? TRADED_PX : 0);
}
