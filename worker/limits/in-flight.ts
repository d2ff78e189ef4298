/**
 * Limits how many operations each user has in flight at a time. One that is not renewed for a while counts as ended. The
 * clock comes in as an argument.
 */

/** An operation in flight. */
export interface Running {
  /** Says that it still goes on. */
  renew(now: number): void;
  end(): void;
}

export class InFlight {
  readonly #lapseMs: number;
  /** When each operation was renewed last, Unix ms, by user. */
  readonly #running = new Map<string, Map<object, number>>();

  constructor(lapseMs: number) {
    this.#lapseMs = lapseMs;
  }

  /**
   * @param most that the user may have at a time
   * @returns null if as many are in flight
   */
  begin(user: string, most: number, now: number): Running | null {
    this.#clear(now);
    const running = this.#running.get(user) ?? new Map<object, number>();
    if (running.size >= most) return null;
    this.#running.set(user, running);
    const key = {};
    running.set(key, now);
    return {
      renew: (at) => {
        if (running.has(key)) running.set(key, at);
      },
      end: () => {
        running.delete(key);
        if (running.size === 0 && this.#running.get(user) === running) this.#running.delete(user);
      },
    };
  }

  #clear(now: number): void {
    for (const [user, running] of this.#running) {
      for (const [key, seenMs] of running) if (now - seenMs > this.#lapseMs) running.delete(key);
      if (running.size === 0) this.#running.delete(user);
    }
  }
}
