/** Decides which ladders open by themselves, and how many may be open. */

import type { Instrument } from "#protocol";

export const MAX_LADDERS = 4;

/** Least widths of the lists at both sides together, and of a ladder. */
const SIDES_PX = 540;

const LADDER_PX = 250;

/** Number of ladders that open by themselves on a screen of this width. */
export function laddersThatFit(screenPx: number): number {
  return Math.min(3, Math.max(1, Math.floor((screenPx - SIDES_PX) / LADDER_PX)));
}

/** The ladders that open by themselves: of the first scalars that can trade, else of any instruments. */
export function firstLadders(instruments: readonly Instrument[], most: number): number[] {
  const orders = instruments.filter((i) => !i.settled);
  const scalars = orders.filter((i) => i.type === "SCALAR");
  const first = [scalars, orders, instruments].find((list) => list.length > 0) ?? [];
  return first.slice(0, most).map((i) => i.id);
}

/** The open ladders with one more; if there are too many, the last one is closed for it. */
export function withLadder(open: readonly number[], inst: number): number[] {
  if (open.includes(inst)) return [...open];
  return [...open.slice(0, MAX_LADDERS - 1), inst];
}
