/** Words that several rooms say. */

import { formatMoney, formatPrice } from "#lib/format.ts";
import { words } from "#lib/terminal/words.ts";
import type { Extreme } from "#lib/trading/settlement.ts";

/** @param tick of the underlying. */
export function sayExtreme({ money, at }: Extreme, tick: number): [money: string, at: string] {
  const where = Number.isFinite(at)
    ? formatPrice(at, tick)
    : at > 0
      ? words.chain.veryHigh
      : words.chain.veryLow;
  return [Number.isFinite(money) ? formatMoney(money) : words.chain.openEnded, where];
}
