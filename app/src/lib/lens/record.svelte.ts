/** Keeps the best moment of each set of trades that the lens has seen, so that memory is bounded by the listing. */

import type { Violation } from "./violations.ts";

/** A violation that was, at its best. */
export interface PastViolation extends Violation {
  /** Unix ms. */
  readonly at: number;
}

export class LensRecord {
  #best = $state.raw<ReadonlyMap<string, PastViolation>>(new Map());

  readonly byInst = $derived.by(() => Map.groupBy(this.#best.values(), (one) => one.inst));

  /** @param now Unix ms */
  note(found: readonly Violation[], now: number): void {
    const better = found.filter((one) => one.locks > (this.#best.get(keyOf(one))?.locks ?? 0));
    if (better.length === 0) return;
    const best = new Map(this.#best);
    for (const one of better) best.set(keyOf(one), { ...one, at: now });
    this.#best = best;
  }
}

/** The same trades at whatever prices. */
function keyOf({ kind, legs }: Violation): string {
  return [
    kind,
    ...legs.map(({ side, count, instrument }) => `${side} ${count} ${instrument.id}`),
  ].join();
}
