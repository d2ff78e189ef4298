/** Columns of the options chain that a trader may do without, and which of them there is room for. */

import type { ChainColumn } from "#lib/terminal/desk/preferences.svelte.ts";

/** Columns that are empty without a view. */
const byView: ReadonlySet<ChainColumn> = new Set(["delta", "theo", "edge"]);

/** Widths up to which the chain leaves columns out by itself; the styles say the same. */
const NARROW_PX = 520;
const MIDDLE_PX = 720;
/** Up to which the values of a view take the place of working orders, of sizes, and of the last price. */
const WORKING_PX = 760;
const SIZES_PX = 860;
const LAST_PX = 980;
/** Width that another decimal needs over all columns, and one more column on both sides. */
const DECIMAL_PX = 80;
const COLUMN_PX = 100;

/** Room for an edge of two digits before the point. */
export function edgePx(decimals: number): number {
  return 28 + 9 * Math.max(1, decimals);
}

/** Those beyond the quotes, from the outside. */
export function outerColumns(shown: readonly ChainColumn[]) {
  return shown.filter((column) => column !== "size" && column !== "edge");
}

/**
 * Picks the chosen columns that a chain of this width shows: where the values of a view stand, others give way to them.
 * @param decimals of the options' prices; null: there is no view
 */
export function columnsFor(
  widthPx: number,
  chosen: readonly ChainColumn[],
  decimals: number | null,
): readonly ChainColumn[] {
  if (decimals === null) return chosen.filter((column) => !byView.has(column));
  if (!chosen.some((column) => byView.has(column))) return chosen;
  const room = widthPx - DECIMAL_PX * Math.max(0, decimals - 1);
  const delta = chosen.includes("delta") ? COLUMN_PX : 0;
  const above: Partial<Record<ChainColumn, number>> = {
    ...{ last: LAST_PX + delta, size: SIZES_PX + delta, working: WORKING_PX + delta },
    ...{ delta: MIDDLE_PX, theo: NARROW_PX },
  };
  return chosen.filter((column) => room > (above[column] ?? -Infinity));
}

/** How many columns each half of a chain of this width has, bid and ask included. Sizes are two, edges none of their own. */
export function columnsPerSide(widthPx: number, shown: readonly ChainColumn[]): number {
  const fits = (column: ChainColumn) =>
    column !== "working" && column !== "last"
      ? column !== "size" || widthPx > NARROW_PX
      : widthPx > MIDDLE_PX;
  const wide = { size: 2, edge: 0 } as Partial<Record<ChainColumn, number>>;
  return shown.filter(fits).reduce((sum, column) => sum + (wide[column] ?? 1), 2);
}
