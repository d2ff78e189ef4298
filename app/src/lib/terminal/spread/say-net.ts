/** What one spread costs or brings: a debit or a credit. */

import { formatMoney, formatPrice, NONE } from "#lib/format.ts";
import { decimalsOf } from "#lib/trading/grid.ts";
import type { Net, PricedLeg } from "./legs.ts";
import { spreadWords } from "./words.ts";

export function sayNet(legs: readonly PricedLeg[], net: Net | null): string {
  if (net === null) return NONE;
  const { value, unit } = net;
  if (unit === "money")
    return `${spreadWords.net(formatMoney(Math.abs(value)), Math.sign(value))} ${spreadWords.inMoney}`;
  const ticks = legs.map(({ instrument }) => instrument.tick_size);
  const finest = ticks.reduce((a, b) => (decimalsOf(b) > decimalsOf(a) ? b : a), 1);
  return spreadWords.net(formatPrice(Math.abs(value), finest), Math.sign(value));
}
