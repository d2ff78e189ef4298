/**
 * How much of what all share may be given out while the runtime is behind. It works for every room in turn, so what one
 * sends in masses is what all others wait for: the share falls by half with every late answer to a question that costs
 * nothing, and comes back in small steps. The clock comes in as an argument; knows no socket.
 */

import { guardLimits } from "./limits.ts";

const { probeMs, lateMs, firstShare, leastShare, shareStep } = guardLimits.strain;

export class Strain {
  /** From `leastShare` to 1. */
  share: number = firstShare;
  #askedMs: number | null = null;
  /** Since when the answer that is waited for counts. */
  #countedMs = 0;

  /** @returns whether to ask now */
  isDue(now: number): boolean {
    if (this.#askedMs === null) return now - this.#countedMs >= probeMs;
    // Not answered yet: late once more with every interval.
    if (now - this.#countedMs >= Math.max(probeMs, lateMs)) {
      this.#countedMs = now;
      this.#fall();
    }
    return false;
  }

  asked(now: number): void {
    this.#askedMs = this.#countedMs = now;
  }

  /** The answer has come, or never will. */
  answered(now: number): void {
    if (this.#askedMs === null) return;
    if (now - this.#askedMs > lateMs) this.#fall();
    else this.share = Math.min(1, this.share + shareStep);
    this.#askedMs = null;
  }

  /** Little goes through for as long as between two questions: the share goes back to where it begins. */
  rest(now: number): void {
    this.#countedMs = now;
    if (this.share > firstShare) this.share = Math.max(firstShare, this.share - shareStep);
    else this.share = Math.min(firstShare, this.share + shareStep);
  }

  #fall(): void {
    this.share = Math.max(leastShare, this.share / 2);
  }
}
