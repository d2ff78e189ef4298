/** The instrument on the screen: the one last traded, each in turn, or one picked. Time comes in as an argument. */

import type { Instrument } from "#protocol";

/** `last` follows the trades, `turn` goes round, `hand` stays. */
export type ChoiceMode = "last" | "turn" | "hand";

export interface Choice {
  readonly mode: ChoiceMode;
  readonly inst: number | null;
  /** Time at which it came on, Unix ms. */
  readonly since: number;
}

/** The instruments to choose from. */
export interface Candidates {
  /** Every instrument, in order of creation. */
  readonly all: readonly number[];
  /** The instruments that somebody trades or quotes, else all that can be traded. */
  readonly active: readonly number[];
  readonly lastTraded: number | null;
}

/** Time for which an instrument stays whatever trades elsewhere: in a busy room nobody could read otherwise. */
export const DWELL_MS = 8_000;
export const TURN_MS = 15_000;

export const atStart: Choice = { mode: "last", inst: null, since: 0 };

/**
 * The offer of a room now. Trades are followed among the scalars, if any can trade: options would make the screen jump.
 * @param hasBook tells whether somebody bids or offers in it
 */
export function candidatesOf(
  instruments: readonly Instrument[],
  tape: readonly { inst: number }[],
  hasBook: (inst: number) => boolean,
): Candidates {
  const all = instruments.map((one) => one.id);
  const trading = instruments.filter((one) => !one.settled).map((one) => one.id);
  const traded = new Set(tape.map((trade) => trade.inst));
  const lively = trading.filter((inst) => traded.has(inst) || hasBook(inst));
  const active = [lively, trading, all].find((list) => list.length > 0) ?? [];
  const scalars = instruments.filter(({ type }) => type === "SCALAR").map((one) => one.id);
  const open = scalars.filter((inst) => trading.includes(inst));
  // Once all is settled, everybody wants to see the value of the scalar.
  const followed = new Set([open, trading, scalars].find((list) => list.length > 0));
  const last = tape.find(({ inst }) => followed.has(inst));
  return { all, active, lastTraded: last?.inst ?? null };
}

/** The choice a moment later; the same object if nothing changes. */
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

/** The next in the list, round its end; before the first if `by` is -1. */
function neighbour(list: readonly number[], inst: number | null, by: 1 | -1 = 1): number | null {
  const at = inst === null ? -1 : list.indexOf(inst);
  if (at < 0) return list[0] ?? null;
  return list[(at + by + list.length) % list.length] ?? null;
}

/** Picks one by hand: it stays from now on. */
export function pick(inst: number, now: number): Choice {
  return { mode: "hand", inst, since: now };
}

/** Picks the next by hand, or the one before. */
export function step(choice: Choice, candidates: Candidates, by: 1 | -1, now: number): Choice {
  const inst = neighbour(candidates.all, choice.inst, by);
  return inst === null ? choice : pick(inst, now);
}

/** Lets the screen choose again. A turn begins with a full stay; following the trades may move at once. */
export function automatic(choice: Choice, mode: "last" | "turn", now: number): Choice {
  return { ...choice, mode, since: mode === "turn" ? now : 0 };
}
