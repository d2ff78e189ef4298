/** Which ladders are open before anybody has chosen, and how many there may be. */

import type { Instrument } from "#protocol";

export const MAX_LADDERS = 4;

/** Widths that the lists at both sides and a ladder need at least. */
const SIDES_PX = 540;

const LADDER_PX = 250;

/** How many ladders open by themselves on a screen of this width. */
export function laddersThatFit(screenPx: number): number {
  return Math.min(3, Math.max(1, Math.floor((screenPx - SIDES_PX) / LADDER_PX)));
}

/** Ladders open before anybody has chosen: the first scalars that still trade, else any instruments. */
export function firstLadders(instruments: readonly Instrument[], most: number): number[] {
  const orders = instruments.filter((i) => !i.settled);
  const scalars = orders.filter((i) => i.type === "SCALAR");
  const first = [scalars, orders, instruments].find((list) => list.length > 0) ?? [];
  return first.slice(0, most).map((i) => i.id);
}

/** Opens one more; where no more fit the last one gives way. */
export function withLadder(open: readonly number[], inst: number): number[] {
  if (open.includes(inst)) return [...open];
  return [...open.slice(0, MAX_LADDERS - 1), inst];
}
