/** The path of an instrument's reference price, and when it had found the settlement. */

import { foundShare, type DebriefPoint } from "#protocol";
import { priceOfHalves, type HalfMicros } from "./amounts.ts";
import { Thinned } from "./thinned.ts";

export class Discovery {
  readonly #path = new Thinned();
  /** `S`; null: none. */
  readonly #value: HalfMicros | null;
  #firstMs = 0;
  #first: HalfMicros | null = null;
  #last: HalfMicros | null = null;
  #lastMs = 0;
  #isLastKept = false;
  /** Since when the price has stayed near the settlement, Unix ms; null: it is not near. */
  #foundMs: number | null = null;

  constructor(value: HalfMicros | null) {
    this.#value = value;
  }

  /** Takes the reference price that holds since a moment, while the instrument is not settled. */
  take(ts: number, m: HalfMicros): void {
    // Within the moment it has gone away and come back.
    if (m === this.#last) return;
    [this.#last, this.#lastMs] = [m, ts];
    this.#isLastKept = this.#path.isDue();
    if (this.#isLastKept) this.#path.add(ts, priceOfHalves(m));
    const value = this.#value;
    if (value === null) return;
    if (this.#first === null) [this.#first, this.#firstMs] = [m, ts];
    const isNear = Number(size(m - value)) <= foundShare * Number(size(this.#first - value));
    if (!isNear) this.#foundMs = null;
    else this.#foundMs ??= ts;
  }

  /** The last price is always among the points. */
  get path(): DebriefPoint[] {
    const { kept } = this.#path;
    if (this.#last !== null && !this.#isLastKept)
      kept.push([this.#lastMs, priceOfHalves(this.#last)]);
    return kept;
  }

  /** Seconds until the price had found the settlement for good; null: it had not. */
  get errorS(): number | null {
    return this.#foundMs === null ? null : (this.#foundMs - this.#firstMs) / 1_000;
  }
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}
