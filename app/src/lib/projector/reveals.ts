/**
 * Settlements that wait for their moment on the screen, and who gained and lost by each. Spectators are not told the
 * payouts: what a settlement did is the change of the public standings across it.
 */

import type { Instrument, Message } from "#protocol";

export type Standings = Message<"leaderboard">["rows"];

export interface Reveal {
  readonly inst: number;
  /** Options that settled with it. */
  readonly options: number;
  readonly before: Standings;
  /** The newest standings until the next settlement. */
  after: Standings;
}

export interface Change {
  user_id: number;
  name: string;
  change: number;
}

export class RevealQueue {
  #settled: ReadonlySet<number> | null = null;
  #rows: Standings = [];
  #newest: Reveal | null = null;
  #waiting: Reveal[] = [];

  /** Takes in what the room shows now. What was settled when we came is no event. */
  see(instruments: readonly Instrument[], rows: Standings): void {
    const before = this.#rows;
    const known = this.#settled;
    const settled = instruments.filter((one) => one.settled);
    this.#rows = rows;
    this.#settled = new Set(settled.map((one) => one.id));
    const fresh = known === null ? [] : settled.filter((one) => !known.has(one.id));
    for (const { inst, options } of eventsOf(fresh)) {
      this.#newest = { inst, options, before, after: before };
      this.#waiting.push(this.#newest);
    }
    if (this.#newest !== null) this.#newest.after = rows;
  }

  /** The next one to show, taken out. */
  next(): Reveal | null {
    return this.#waiting.shift() ?? null;
  }
}

/** A scalar and the options that settled with it are one event. */
function eventsOf(fresh: readonly Instrument[]): { inst: number; options: number }[] {
  const scalars = new Set(fresh.filter((one) => one.type === "SCALAR").map((one) => one.id));
  const follows = (one: Instrument) => one.reference_id !== null && scalars.has(one.reference_id);
  return fresh
    .filter((one) => !follows(one))
    .map(({ id }) => ({
      inst: id,
      options: fresh.filter((one) => one.reference_id === id).length,
    }));
}

/** Who gained and who lost most, at most `most` each. */
export function changesOf(
  { before, after }: Pick<Reveal, "before" | "after">,
  most: number,
): { gained: Change[]; lost: Change[] } {
  const had = new Map(before.map((row) => [row.user_id, row.pnl]));
  const changes = after
    .map(({ user_id, name, pnl }) => ({
      user_id,
      name,
      change: Math.round((pnl - (had.get(user_id) ?? 0)) * 1e6) / 1e6,
    }))
    .sort((a, b) => b.change - a.change);
  return {
    gained: changes.filter((one) => one.change > 0).slice(0, most),
    lost: changes
      .filter((one) => one.change < 0)
      .reverse()
      .slice(0, most),
  };
}
