/** Decides which of the chosen columns of the options chain fit into its width. */

import type { ChainColumn } from "#lib/terminal/desk/preferences.svelte.ts";

/** Columns that are empty without a trader's view of the underlying. */
const byView: ReadonlySet<ChainColumn> = new Set(["delta", "theo", "edge"]);

/** Widths up to which the chain leaves out columns; the same as in the styles of the components. */
const NARROW_PX = 520;
const MIDDLE_PX = 720;
/** Widths up to which the columns of a view replace those of working orders, of sizes, and of the last price. */
const WORKING_PX = 760;
const SIZES_PX = 860;
const LAST_PX = 980;
/** Width that a further decimal needs in all columns together, and that a further column needs on both sides. */
const DECIMAL_PX = 80;
const COLUMN_PX = 100;

/** Width of an edge with two digits before the decimal point, pixels. */
export function edgePx(decimals: number): number {
  return 28 + 9 * Math.max(1, decimals);
}

/** The columns outside bid and ask, the outermost first. */
export function outerColumns(shown: readonly ChainColumn[]) {
  return shown.filter((column) => column !== "size" && column !== "edge");
}

/**
 * The chosen columns that a chain of this width shows. On a narrow chain the columns of a view come before others.
 * @param decimals of the options' prices; null: the trader has no view
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

/**
 * Number of table columns in each half of the chain, bid and ask included. Sizes take two; edges share those of the
 * prices.
 */
export function columnsPerSide(widthPx: number, shown: readonly ChainColumn[]): number {
  const fits = (column: ChainColumn) =>
    column !== "working" && column !== "last"
      ? column !== "size" || widthPx > NARROW_PX
      : widthPx > MIDDLE_PX;
  const wide = { size: 2, edge: 0 } as Partial<Record<ChainColumn, number>>;
  return shown.filter(fits).reduce((sum, column) => sum + (wide[column] ?? 1), 2);
}
