/**
 * Counts the requests and refusals of each user over the last ten seconds. They are in the object's memory only: a room
 * that hibernates has been quiet for longer. Knows no sockets.
 */

const SECONDS = 10;

/** Counts of one user: a ring of slots, each for a second. */
interface Counts {
  readonly requests: Uint32Array;
  readonly rejects: Uint32Array;
  /** The second of the newest slot, Unix seconds. */
  second: number;
}

export interface Rates {
  requests: number;
  rejects: number;
}

export class Activity {
  readonly #byUser = new Map<number, Counts>();

  asked(userId: number, now: number): void {
    count(this.#at(userId, now), "requests");
  }

  refused(userId: number, now: number): void {
    count(this.#at(userId, now), "rejects");
  }

  /** Sums of the present second and the nine before. */
  of(userId: number, now: number): Rates {
    if (!this.#byUser.has(userId)) return { requests: 0, rejects: 0 };
    const { requests, rejects } = this.#at(userId, now);
    return { requests: sum(requests), rejects: sum(rejects) };
  }

  /** The user's counts, after emptying the slots that are too old. */
  #at(userId: number, now: number): Counts {
    const second = Math.floor(now / 1_000);
    const counts = this.#byUser.get(userId) ?? {
      requests: new Uint32Array(SECONDS),
      rejects: new Uint32Array(SECONDS),
      second,
    };
    this.#byUser.set(userId, counts);
    // Counts into the newest second if the clock went back.
    for (let passed = Math.min(second - counts.second, SECONDS); passed > 0; passed--) {
      const slot = (second - passed + 1) % SECONDS;
      counts.requests[slot] = 0;
      counts.rejects[slot] = 0;
    }
    counts.second = Math.max(second, counts.second);
    return counts;
  }
}

function count(counts: Counts, what: keyof Rates): void {
  const slot = counts.second % SECONDS;
  counts[what][slot] = (counts[what][slot] ?? 0) + 1;
}

function sum(slots: Uint32Array): number {
  return slots.reduce((total, count) => total + count, 0);
}
