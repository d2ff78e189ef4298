/** Places on a ladder: a column, and a price in ticks. */

import type { Side } from "#protocol";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { columns, isColumn, type LadderColumn } from "./columns.ts";

export interface LadderPlace {
  readonly column: LadderColumn;
  readonly ticks: number;
}

/** The place of the cell in which an event happened. */
export function placeOf(target: EventTarget | null): LadderPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-col]") : null;
  const column = cell?.dataset["col"];
  const ticks = Number(cell?.closest<HTMLElement>("[data-ticks]")?.dataset["ticks"]);
  return isColumn(column) && Number.isInteger(ticks) ? { column, ticks } : null;
}

/** Rows (upwards) and columns by which each key moves. */
export const steps: Readonly<Record<string, readonly [rows: number, across: number]>> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [10, 0],
  PageDown: [-10, 0],
};

/** The place a number of rows up and columns across, within the instrument's bounds; scrolls the ladder to it. */
export function stepFrom(
  ladder: LadderState,
  place: LadderPlace,
  rows: number,
  across: number,
): LadderPlace {
  const ticks = Math.min(Math.max(place.ticks + rows, ladder.bounds.min), ladder.bounds.max);
  const at = Math.min(Math.max(columns.indexOf(place.column) + across, 0), columns.length - 1);
  if (ticks > ladder.top) ladder.scroll(ticks - ladder.top);
  if (ticks < ladder.bottom) ladder.scroll(ticks - ladder.bottom);
  return { column: columns[at] ?? place.column, ticks };
}

/** The keys that go to the best bid or ask. */
export const bestKeys: Readonly<Record<string, Side>> = { Home: "sell", End: "buy" };

/** The place of the best price of a side, in the ladder's middle if it was out of sight; null if there is none. */
export function bestPlace(ladder: LadderState, side: Side): LadderPlace | null {
  const at = ladder.bestOf(side);
  if (at === null) return null;
  if (at.ticks > ladder.top || at.ticks < ladder.bottom) ladder.show(at.ticks);
  return { column: side === "buy" ? "bid" : "ask", ticks: at.ticks };
}

/** The place at which keys begin: at the best bid, or another price in sight. */
export function startOf(ladder: LadderState): LadderPlace {
  const ticks = ladder.inside.bid ?? ladder.inside.ask ?? ladder.inside.last;
  const seen = ticks !== null && ticks <= ladder.top && ticks >= ladder.bottom;
  return { column: "bid", ticks: seen ? ticks : Math.round((ladder.top + ladder.bottom) / 2) };
}
