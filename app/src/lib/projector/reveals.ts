/**
 * Settlements that wait to be shown on the screen, and the gains and losses by each. Spectators are not told the
 * payouts: a gain is the change of a user's P&L on the leaderboard.
 */

import type { Instrument, Message } from "#protocol";

export type LeaderboardRows = Message<"leaderboard">["rows"];

export interface Reveal {
  readonly inst: number;
  /** Number of options that settled with it. */
  readonly options: number;
  readonly before: LeaderboardRows;
  /** The leaderboard after it: the newest one until the next settlement. */
  after: LeaderboardRows;
}

export interface PnlChange {
  user_id: number;
  name: string;
  change: number;
}

export class RevealQueue {
  #settled: ReadonlySet<number> | null = null;
  #rows: LeaderboardRows = [];
  #newest: Reveal | null = null;
  #waiting: Reveal[] = [];

  /** Takes in the room as it is now. Instruments that were settled before the first call are not shown. */
  see(instruments: readonly Instrument[], rows: LeaderboardRows): void {
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

  /** Removes and returns the next settlement to be shown. */
  next(): Reveal | null {
    return this.#waiting.shift() ?? null;
  }
}

/** Joins a scalar and the options that settled with it into one event. */
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

/** The largest gains and losses, at most `most` each. */
export function changesOf(
  { before, after }: Pick<Reveal, "before" | "after">,
  most: number,
): { gained: PnlChange[]; lost: PnlChange[] } {
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
