/** What one spread costs or brings, in words with its sign. */

import { decimalsOf, formatMoney, formatPrice, NONE } from "#lib/format.ts";
import type { Net, PricedLeg } from "./spread.ts";
import { spreadWords } from "./spread-words.ts";

export function sayNet(legs: readonly PricedLeg[], net: Net | null): string {
  if (net === null) return NONE;
  const { value, unit } = net;
  if (unit === "money")
    return `${spreadWords.net(formatMoney(value), Math.sign(value))} ${spreadWords.inMoney}`;
  const ticks = legs.map(({ instrument }) => instrument.tick_size);
  const finest = ticks.reduce((a, b) => (decimalsOf(b) > decimalsOf(a) ? b : a), 1);
  const sign = value > 0 ? "+" : "";
  return spreadWords.net(sign + formatPrice(value, finest), Math.sign(value));
}
