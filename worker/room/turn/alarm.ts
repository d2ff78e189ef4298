/** The object's single alarm, which survives the object: it rings when the first thing falls due. */

/** Difference between the wall clock, by which the platform rings, and the room's, from which the alarm is set anew. */
const stepMs = 1_000;

export class Alarm {
  readonly #set: (wallMs: number) => void;
  readonly #clock: { onWall(ms: number): number };
  /** The time for which it is set, in the room's time and on the wall clock, as far as this object knows. */
  #setMs = Infinity;
  #wallMs = Infinity;

  /** @param set sets the platform's alarm in place of its old time */
  constructor(set: (wallMs: number) => void, clock: { onWall(ms: number): number }) {
    this.#set = set;
    this.#clock = clock;
  }

  /** Sets it, unless it rings earlier anyway. @param dueMs Unix ms of the room; Infinity: nothing falls due */
  set(dueMs: number): void {
    if (dueMs === Infinity || this.#setMs === -Infinity) return;
    if (dueMs >= this.#setMs && !this.#hasStepped) return;
    this.#setMs = dueMs;
    this.#wallMs = this.#clock.onWall(dueMs);
    this.#set(this.#wallMs);
  }

  get #hasStepped(): boolean {
    return Math.abs(this.#clock.onWall(this.#setMs) - this.#wallMs) > stepMs;
  }

  /** Notes that it rings. Until `answered` it is not set, because it is set once more after that. */
  rings(): void {
    this.#setMs = -Infinity;
  }

  answered(): void {
    this.#setMs = Infinity;
  }
}
