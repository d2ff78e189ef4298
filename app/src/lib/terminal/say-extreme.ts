/** A worst or best at settlement in words: how much, and at which settlement. */

import { formatMoney, formatPrice } from "#lib/format.ts";
import type { Extreme } from "#lib/trading/settlement.ts";
import { words } from "./words.ts";

/** @param tick of the underlying. */
export function sayExtreme({ money, at }: Extreme, tick: number): [money: string, at: string] {
  const where = Number.isFinite(at)
    ? formatPrice(at, tick)
    : at > 0
      ? words.chain.veryHigh
      : words.chain.veryLow;
  return [Number.isFinite(money) ? formatMoney(money) : words.chain.openEnded, where];
}
