/**
 * Share of the common units that may be given out while the runtime is behind. The runtime works for every room in
 * turn, so a flood from one client is a delay for all others: the share halves with every late answer to a cheap
 * probe, and comes back in small steps. The clock comes in as an argument; knows no socket.
 */

import { guardLimits } from "./limits.ts";

const { probeMs, lateMs, firstShare, leastShare, shareStep, pacePerShareMs } = guardLimits.strain;

export class Strain {
  /** From `leastShare` to 1. */
  share: number = firstShare;
  #askedMs: number | null = null;
  /** Time from which the pending answer's lateness counts. */
  #countedMs = 0;

  /** @returns true if a probe is due */
  isDue(now: number): boolean {
    if (this.#askedMs === null) return now - this.#countedMs >= probeMs;
    // No answer yet: late once more with every interval.
    if (now - this.#countedMs >= Math.max(probeMs, lateMs)) {
      this.#countedMs = now;
      this.#fall();
    }
    return false;
  }

  /** Time between two requests that begin in one place: none until a flood has made answers late. */
  get paceMs(): number {
    return Math.max(0, pacePerShareMs * (1 / this.share - 1 / firstShare));
  }

  asked(now: number): void {
    this.#askedMs = this.#countedMs = now;
  }

  /** Hears that the answer has come, or never will. */
  answered(now: number): void {
    if (this.#askedMs === null) return;
    if (now - this.#askedMs > lateMs) this.#fall();
    else this.share = Math.min(1, this.share + shareStep);
    this.#askedMs = null;
  }

  /** Hears that little goes through: after one interval of that the share returns to the first. */
  rest(now: number): void {
    this.#countedMs = now;
    if (this.share > firstShare) this.share = Math.max(firstShare, this.share - shareStep);
    else this.share = Math.min(firstShare, this.share + shareStep);
  }

  #fall(): void {
    this.share = Math.max(leastShare, this.share / 2);
  }
}
