/** Limits the log lines of one event in a minute, so that a repeated fault does not fill the disk. Writes nothing itself. */

const minuteMs = 60_000;

/** The number of lines of an event that were not written in a minute that is over. */
export interface LeftOut {
  event: string;
  lines: number;
}

/** Counts by event, which is one of a closed list of ours, so that this does not grow. */
export class LogLimit {
  readonly #minutes = new Map<string, { startMs: number; lines: number }>();
  readonly #linesMost: number;

  /** @param linesMost of one event in a minute */
  constructor(linesMost: number) {
    this.#linesMost = linesMost;
  }

  /**
   * Counts a line; to be called before each.
   * @returns whether it may be written, and the lines left out of minutes that are over, which have to be told first
   */
  take(event: string, nowMs: number): { isTaken: boolean; leftOut: LeftOut[] } {
    const leftOut = this.#closeMinutes(nowMs);
    const minute = this.#minutes.get(event) ?? { startMs: nowMs, lines: 0 };
    this.#minutes.set(event, minute);
    return { isTaken: ++minute.lines <= this.#linesMost, leftOut };
  }

  /** Ends minutes that are over. An event's minute begins with its first line; a clock that was set back ends it, too. */
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
