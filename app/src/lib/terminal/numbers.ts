/** Reads and rounds quantities. */

import { parseNumber } from "#lib/format.ts";

/** A positive whole number, or null. */
export function readQty(text: string): number | null {
  const value = parseNumber(text);
  return value !== null && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** The nearest quantity that is a multiple of the lot, and at least one lot. */
export function toLot(qty: number, lot: number): number {
  return Math.max(lot, Math.round(qty / lot) * lot);
}
