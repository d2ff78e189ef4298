/**
 * Chooses the instrument on the screen: the last traded one, each in turn, or one picked by hand. Time is an argument.
 */

import type { Instrument } from "#protocol";

/** `last` follows the trades, `turn` shows each in turn, `hand` stays at the picked one. */
export type ChoiceMode = "last" | "turn" | "hand";

export interface Choice {
  readonly mode: ChoiceMode;
  readonly inst: number | null;
  /** Time since which it is shown, Unix ms. */
  readonly since: number;
}

/** The instruments to choose from. */
export interface Candidates {
  /** Every instrument, in order of creation. */
  readonly all: readonly number[];
  /** Instruments with trades or quotes; if there are none, all that can be traded. */
  readonly active: readonly number[];
  readonly lastTraded: number | null;
}

/** Least time for which an instrument is shown: with many trades the screen would change too fast to read. */
export const DWELL_MS = 8_000;
export const TURN_MS = 15_000;

export const atStart: Choice = { mode: "last", inst: null, since: 0 };

/**
 * The candidates of a room now. Trades in options are not followed while a scalar can trade: the screen would jump.
 * @param isLively whether the instrument's book has orders, or it has traded
 */
export function candidatesOf(
  instruments: readonly Instrument[],
  tape: readonly { inst: number }[],
  isLively: (inst: number) => boolean,
): Candidates {
  const all = instruments.map((one) => one.id);
  const trading = instruments.filter((one) => !one.settled).map((one) => one.id);
  const lively = trading.filter(isLively);
  const active = [lively, trading, all].find((list) => list.length > 0) ?? [];
  const scalars = instruments.filter(({ type }) => type === "SCALAR").map((one) => one.id);
  const open = scalars.filter((inst) => trading.includes(inst));
  // People want to see the scalar's value once all instruments are settled.
  const followed = new Set([open, trading, scalars].find((list) => list.length > 0));
  const last = tape.find(({ inst }) => followed.has(inst));
  return { all, active, lastTraded: last?.inst ?? null };
}

/** The choice at `now`; the same object if nothing changes. */
export function advance(choice: Choice, candidates: Candidates, now: number): Choice {
  const { mode, inst, since } = choice;
  const { all, active, lastTraded } = candidates;
  const stays = inst !== null && (mode === "hand" ? all : active).includes(inst);
  const wanted = lastTraded !== null && active.includes(lastTraded) ? lastTraded : null;
  if (!stays) return moved(choice, wanted ?? active[0] ?? null, now);
  if (mode === "last" && wanted !== null && now - since >= DWELL_MS)
    return moved(choice, wanted, now);
  if (mode === "turn" && now - since >= TURN_MS) return moved(choice, neighbour(active, inst), now);
  return choice;
}

function moved(choice: Choice, inst: number | null, now: number): Choice {
  return inst === choice.inst ? choice : { ...choice, inst, since: now };
}

/** The next in the list, or the one before if `by` is -1; from one end to the other. */
function neighbour(list: readonly number[], inst: number | null, by: 1 | -1 = 1): number | null {
  const at = inst === null ? -1 : list.indexOf(inst);
  if (at < 0) return list[0] ?? null;
  return list[(at + by + list.length) % list.length] ?? null;
}

/** Picks an instrument by hand: it stays from now on. */
export function pick(inst: number, now: number): Choice {
  return { mode: "hand", inst, since: now };
}

/** Picks the next instrument by hand, or the one before. */
export function step(choice: Choice, candidates: Candidates, by: 1 | -1, now: number): Choice {
  const inst = neighbour(candidates.all, choice.inst, by);
  return inst === null ? choice : pick(inst, now);
}

/**
 * Lets the screen choose again. By turns the instrument first stays its whole time; by trades it may change at once.
 */
export function automatic(choice: Choice, mode: "last" | "turn", now: number): Choice {
  return { ...choice, mode, since: mode === "turn" ? now : 0 };
}
