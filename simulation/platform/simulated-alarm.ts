/**
 * The one alarm of a simulated object. It outlives the object, as the platform's does, and rings a little later if the
 * process is down.
 */

import type { EventQueue } from "./event-queue.ts";

/** Unix milliseconds at virtual time 0. */
const epochMs = 1_700_000_000_000;
/** Time after which an alarm rings that fell due while the process was down. */
const againMs = 10;

/** Virtual time as Unix milliseconds. */
export const unixMs = ({ nowUs }: EventQueue) => epochMs + Math.floor(nowUs / 1000);

export class SimulatedAlarm {
  /** When the alarm rings, Unix ms; Infinity: it is not set. */
  dueMs = Infinity;
  isRinging = false;
  readonly #queue: EventQueue;
  readonly #isUp: () => boolean;
  readonly #ring: () => void;

  /** @param isUp whether the process is there to be rung */
  constructor(queue: EventQueue, isUp: () => boolean, ring: () => void) {
    this.#queue = queue;
    this.#isUp = isUp;
    this.#ring = ring;
  }

  set(dueMs: number): void {
    this.dueMs = dueMs;
    this.#queue.at((dueMs - epochMs) * 1000, () => {
      if (this.dueMs !== dueMs) return;
      this.dueMs = Infinity;
      if (!this.#isUp()) return this.set(unixMs(this.#queue) + againMs);
      this.isRinging = true;
      this.#ring();
      this.isRinging = false;
    });
  }
}
