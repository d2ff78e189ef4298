/**
 * Keeps each violation that the lens has found, once, at its largest gain: memory stays bounded by the number of
 * instruments.
 */

import type { Violation } from "./violations.ts";

/** A past violation at its largest gain. */
export interface PastViolation extends Violation {
  /** Time of the largest gain, Unix ms. */
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

/** The key of a set of trades, whatever their prices. */
function keyOf({ kind, legs }: Violation): string {
  return [
    kind,
    ...legs.map(({ side, count, instrument }) => `${side} ${count} ${instrument.id}`),
  ].join();
}
