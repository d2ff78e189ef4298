/** Puts an exposure into words. `decimals` are those of money. */

import { formatMoney, formatPrice } from "#lib/format.ts";
import type { Exposure, FamilyExposure } from "./exposure.ts";
import { exposureWords as text } from "./words.ts";

/** The worst P&L over all underlyings: an amount, or the side on which the loss is unbounded. */
export function sayWorst(exposure: Pick<Exposure, "worst" | "families">, decimals: number): string {
  const ends = new Set(exposure.families.flatMap(({ endless }) => endless.map(({ end }) => end)));
  const [end] = ends;
  if (end === undefined) return formatMoney(exposure.worst, decimals);
  return ends.size === 2 ? text.unbounded.both : text.unbounded[end];
}

/** One sentence about an underlying, two if the loss is unbounded on both sides. */
export function sayFamily(
  { underlying, worst, endless }: FamilyExposure,
  decimals: number,
): string[] {
  if (endless.length === 0)
    return [
      text.finite(
        underlying.symbol,
        formatMoney(worst.money, decimals),
        formatPrice(worst.at, underlying.tick_size),
      ),
    ];
  return endless.map(({ end, perPoint, causes }) => {
    const cause = causes.map((one) =>
      one === "scalar" ? text.scalar(underlying.symbol, end) : text.options[end],
    );
    return text.endless(underlying.symbol, cause.join(", "), end, formatMoney(-perPoint, decimals));
  });
}
