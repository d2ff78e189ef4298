/** A token bucket whose clock comes in as an argument. */
export class TokenBucket {
  #tokens: number;
  #updatedMs: number;
  readonly #perSec: number;
  readonly #burst: number;

  constructor(perSec: number, burst: number, nowMs: number) {
    this.#perSec = perSec;
    this.#burst = burst;
    this.#tokens = burst;
    this.#updatedMs = nowMs;
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

  /** @returns tokens left; below zero: a debt */
  left(nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - this.#updatedMs);
    this.#updatedMs = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs * this.#perSec) / 1000);
    return this.#tokens;
  }

  /**
   * Takes a cost that is known only after the fact.
   * @param debts how many full buckets the debt may be
   */
  charge(cost: number, debts = 1): void {
    this.#tokens = Math.max(-this.#burst * debts, this.#tokens - cost);
  }
}
