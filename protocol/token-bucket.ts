/** A token bucket: tokens that are spent and come back with time. The clock comes in as an argument. */

export interface Rate {
  perSec: number;
  burst: number;
  /** Tokens at the beginning; the burst by default. */
  atFirst?: number;
}

export class TokenBucket {
  readonly burst: number;
  readonly #perSec: number;
  #tokens: number;
  #updatedMs: number;

  constructor({ perSec, burst, atFirst = burst }: Rate, nowMs: number) {
    this.burst = burst;
    this.#perSec = perSec;
    this.#tokens = atFirst;
    this.#updatedMs = nowMs;
  }

  /** Tokens left when they were last counted; below zero: a debt. */
  get tokens(): number {
    return this.#tokens;
  }

  /**
   * Takes the cost of something. With one token left a caller may take more than there are, and waits longer for the
   * next.
   * @returns false if there is none. A clock that runs backwards adds nothing.
   */
  take(nowMs: number, cost = 1): boolean {
    if (this.left(nowMs) < 1) return false;
    this.#tokens -= cost;
    return true;
  }

  /**
   * Counts the tokens, with those that have come back since.
   * @param share of the rate and of the burst that holds now; one token may be there in any case
   * @returns tokens left; below zero: a debt
   */
  left(nowMs: number, share = 1): number {
    const elapsedMs = Math.max(0, nowMs - this.#updatedMs);
    this.#updatedMs = nowMs;
    const most = Math.max(1, this.burst * share);
    this.#tokens = Math.min(most, this.#tokens + (elapsedMs * this.#perSec * share) / 1000);
    return this.#tokens;
  }

  /**
   * Takes a cost that is known only after the fact.
   * @param mostDebt the debt in tokens at which the cost ends; a full bucket by default
   */
  charge(cost: number, mostDebt = this.burst): void {
    this.#tokens = Math.max(-mostDebt, this.#tokens - cost);
  }
}
