/** Rows of the tape, with the trades that this screen never saw: a room tells somebody who comes back the last hundred. */

import type { Message } from "#protocol";

export interface TapeRow {
  readonly trade: Message<"trade">;
  /** Number of trades that took place between this one and the next row, and were not told to this screen. */
  readonly missed: number;
}

/**
 * The rows of those trades that are shown, newest first. A room numbers its trades without a gap, in all instruments
 * together, so that the missed ones of a tape of one instrument may be in others.
 *
 * @param tape all known trades, newest first
 */
export function rowsOf(
  tape: readonly Message<"trade">[],
  isShown: (trade: Message<"trade">) => boolean,
  most: number,
): TapeRow[] {
  const rows: { trade: Message<"trade">; missed: number }[] = [];
  let missed = 0;
  let newer: Message<"trade"> | undefined;
  for (const trade of tape) {
    if (newer !== undefined) missed += newer.trade_id - trade.trade_id - 1;
    newer = trade;
    if (!isShown(trade)) continue;
    const above = rows.at(-1);
    if (above !== undefined) above.missed = missed;
    if (rows.length === most) break;
    missed = 0;
    rows.push({ trade, missed: 0 });
  }
  return rows;
}
