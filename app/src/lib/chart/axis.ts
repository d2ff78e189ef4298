/** Labels of a chart's price axis. Knows no charting library. */

import { formatPrice } from "#lib/format.ts";
import { tidy } from "#lib/trading/grid.ts";

/** A price given in ticks, which may lie between two ticks, as it is: a rounded label would stand at another price. */
export function axisLabel(ticks: number, tick: number): string {
  return formatPrice(tidy(ticks * tick), tick);
}

/**
 * Labels for marks of the axis; empty where the label of the last price takes the place.
 *
 * @param marks in ticks
 * @param lastPx height of the last price; null while there is none
 * @param heightOf height of a mark, px
 * @param labelPx height of a label
 */
export function axisLabels(
  marks: readonly number[],
  tick: number,
  lastPx: number | null,
  heightOf: (ticks: number) => number | null,
  labelPx: number,
): string[] {
  return marks.map((ticks) => {
    const at = heightOf(ticks);
    const isCovered = lastPx !== null && at !== null && Math.abs(at - lastPx) < labelPx;
    return isCovered ? "" : axisLabel(ticks, tick);
  });
}
