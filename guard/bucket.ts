/** Token bucket: units that are spent and come back with time. The clock comes in as an argument. */

export interface Rate {
  perSec: number;
  burst: number;
  /** Units at the beginning; the burst by default. */
  atFirst?: number;
}

export class Bucket {
  units: number;
  readonly #perMs: number;
  readonly #burst: number;
  #atMs: number;

  constructor(rule: Rate, now: number) {
    this.units = rule.atFirst ?? rule.burst;
    this.#burst = rule.burst;
    this.#perMs = rule.perSec / 1_000;
    this.#atMs = now;
  }

  /**
   * Adds the units of the time gone by; a clock that runs backwards adds none.
   * @param share of the rate and of the burst, but for one unit
   */
  refill(now: number, share = 1): number {
    const passedMs = Math.max(0, now - this.#atMs);
    this.#atMs = now;
    this.units = Math.min(
      Math.max(1, this.#burst * share),
      this.units + passedMs * this.#perMs * share,
    );
    return this.units;
  }
}
