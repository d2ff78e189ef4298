/** Columns of the options chain that a trader may do without, and which of them there is room for. */

export const chainColumns = ["position", "working", "last", "size"] as const;
export type ChainColumn = (typeof chainColumns)[number];

/** Widths up to which the chain leaves columns out by itself; the styles say the same. */
const NARROW_PX = 520;
const MIDDLE_PX = 720;

/** How many columns each half of a chain of this width has, bid and ask included. Sizes are two. */
export function columnsPerSide(widthPx: number, shown: readonly ChainColumn[]): number {
  const fits = (column: ChainColumn) =>
    column === "position" || widthPx > (column === "size" ? NARROW_PX : MIDDLE_PX);
  return shown.filter(fits).reduce((sum, column) => sum + (column === "size" ? 2 : 1), 2);
}

/** With the column or without it, in the order in which they stand. */
export function withColumn(
  shown: readonly ChainColumn[],
  column: ChainColumn,
  on: boolean,
): ChainColumn[] {
  return chainColumns.filter((one) => (one === column ? on : shown.includes(one)));
}
