/** How many log lines of one event a minute may have, so that a fault that repeats does not fill the disk. Writes nothing itself. */

const minuteMs = 60_000;

/** Lines of an event that were not written, in a minute that is over. */
export interface LeftOut {
  event: string;
  lines: number;
}

/** Events are a closed list of ours: what is kept here does not grow. */
export class LogLimit {
  readonly #minutes = new Map<string, { startMs: number; lines: number }>();
  readonly #linesMost: number;

  /** @param linesMost of one event, a minute */
  constructor(linesMost: number) {
    this.#linesMost = linesMost;
  }

  /**
   * Call it before each line.
   * @returns whether the line may be written, and what has to be said first of minutes that are over
   */
  take(event: string, nowMs: number): { isTaken: boolean; leftOut: LeftOut[] } {
    const leftOut = this.#closeMinutes(nowMs);
    const minute = this.#minutes.get(event) ?? { startMs: nowMs, lines: 0 };
    this.#minutes.set(event, minute);
    return { isTaken: ++minute.lines <= this.#linesMost, leftOut };
  }

  /** An event's minute begins with its first line. A clock that was set back ends it too. */
  #closeMinutes(nowMs: number): LeftOut[] {
    const leftOut: LeftOut[] = [];
    for (const [event, { startMs, lines }] of this.#minutes) {
      if (nowMs >= startMs && nowMs < startMs + minuteMs) continue;
      this.#minutes.delete(event);
      if (lines > this.#linesMost) leftOut.push({ event, lines: lines - this.#linesMost });
    }
    return leftOut;
  }
}
