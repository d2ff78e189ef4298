/** So many things of each user under way at a time. What is not heard of for a while has ended. The clock comes in. */

/** One that is under way. */
export interface Way {
  /** Says that it still is. */
  renew(now: number): void;
  end(): void;
}

export class UnderWay {
  readonly #lapseMs: number;
  /** When each was last heard of, Unix ms, by user. */
  readonly #ways = new Map<string, Map<object, number>>();

  constructor(lapseMs: number) {
    this.#lapseMs = lapseMs;
  }

  /**
   * @param most the user may have at a time
   * @returns null if there are as many under way
   */
  begin(user: string, most: number, now: number): Way | null {
    this.#clear(now);
    const ways = this.#ways.get(user) ?? new Map<object, number>();
    if (ways.size >= most) return null;
    this.#ways.set(user, ways);
    const key = {};
    ways.set(key, now);
    return {
      renew: (at) => {
        if (ways.has(key)) ways.set(key, at);
      },
      end: () => {
        ways.delete(key);
        if (ways.size === 0 && this.#ways.get(user) === ways) this.#ways.delete(user);
      },
    };
  }

  #clear(now: number): void {
    for (const [user, ways] of this.#ways) {
      for (const [key, seenMs] of ways) if (now - seenMs > this.#lapseMs) ways.delete(key);
      if (ways.size === 0) this.#ways.delete(user);
    }
  }
}
