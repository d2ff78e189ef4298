/** Settlements that wait to be shown on the screen, with those who gained and lost by each. */

import type { Instrument, SettlementResult } from "#protocol";
import type { ToldSettlement } from "#lib/state/room-data.svelte.ts";

export type Reveal = ToldSettlement;

export class RevealQueue {
  #settled: ReadonlySet<number> | null = null;
  #seen = 0;
  #waiting: Reveal[] = [];

  /**
   * Takes in the room as it is now: what was settled before the first call is not shown. A settlement while the line was
   * down is known by its instrument alone, and shown without those who gained.
   *
   * @param told all settlements since the page was opened
   */
  see(instruments: readonly Instrument[], told: readonly Reveal[]): void {
    const known = this.#settled;
    const settled = instruments.filter((one) => one.settled);
    this.#settled = new Set(settled.map((one) => one.id));
    const fresh = told.slice(this.#seen);
    this.#seen = told.length;
    if (known === null) return;
    const isTold = ({ id, reference_id }: Instrument) =>
      fresh.some(({ inst }) => inst === id || inst === reference_id);
    const missed = settled.filter((one) => !known.has(one.id) && !isTold(one));
    this.#waiting.push(...fresh, ...eventsOf(missed));
  }

  /** Removes and returns the next settlement to be shown. */
  next(): Reveal | null {
    return this.#waiting.shift() ?? null;
  }
}

/** Joins a scalar and the options that settled with it into one event. */
function eventsOf(missed: readonly Instrument[]): Reveal[] {
  const scalars = new Set(missed.filter((one) => one.type === "SCALAR").map((one) => one.id));
  const follows = (one: Instrument) => one.reference_id !== null && scalars.has(one.reference_id);
  return missed
    .filter((one) => !follows(one))
    .map(({ id }) => ({
      inst: id,
      options: missed.filter((one) => one.reference_id === id).length,
      corrected: false,
      results: null,
    }));
}

/** The largest gains, and the largest losses, at most `most` each. */
export function foremost<R extends SettlementResult>(
  results: readonly R[],
  most: number,
): { gained: R[]; lost: R[] } {
  return {
    gained: results.filter(({ pnl }) => pnl > 0).slice(0, most),
    lost: results
      .filter(({ pnl }) => pnl < 0)
      .slice(-most)
      .reverse(),
  };
}
