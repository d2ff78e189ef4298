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

/** A round, as far as ladders open with it. */
export interface RoundOfLadders {
  readonly round: number;
  readonly instruments: readonly number[];
}

/** Ladders that the user has opened, or that have opened by themselves, and the round of that time. */
export interface OpenLadders {
  readonly insts: readonly number[];
  readonly round: number | null;
}

/**
 * The ladders that open by themselves: of the first scalars that can trade, else of any instruments; those of the round
 * come before others.
 */
export function firstLadders(
  instruments: readonly Instrument[],
  most: number,
  round: RoundOfLadders | null = null,
): number[] {
  const isOfRound = ({ id }: Instrument) => round?.instruments.includes(id) === true;
  const all = [...instruments.filter(isOfRound), ...instruments.filter((one) => !isOfRound(one))];
  const orders = all.filter((i) => !i.settled);
  const scalars = orders.filter((i) => i.type === "SCALAR");
  const first = [scalars, orders, all].find((list) => list.length > 0) ?? [];
  return first.slice(0, most).map((i) => i.id);
}

/**
 * Whether ladders stay as they were opened. They end with their last instrument, and when another round has brought its
 * own instruments.
 * @param instruments those on the screen
 */
export function staysOpen(
  open: OpenLadders,
  instruments: readonly Instrument[],
  round: RoundOfLadders | null,
): boolean {
  const isShown = (inst: number) => instruments.some(({ id }) => id === inst);
  const isNextRound =
    round !== null && round.round !== open.round && round.instruments.some(isShown);
  return !isNextRound && (open.insts.length === 0 || open.insts.some(isShown));
}

/** The open ladders with one more; if there are too many, the last one is closed for it. */
export function withLadder(open: readonly number[], inst: number): number[] {
  if (open.includes(inst)) return [...open];
  return [...open.slice(0, MAX_LADDERS - 1), inst];
}
