/** The object's one alarm, which survives the object: it rings for whatever falls due first. */

import type { RoomClock } from "./room-clock.ts";

/** The platform rings by the wall's clock: if that has moved so much against the room's, the alarm is set anew. */
const stepMs = 1_000;

export class Alarm {
  readonly #storage: DurableObjectStorage;
  readonly #clock: RoomClock;
  /** For when it is set in the room's time, and on the wall, as far as this object knows. */
  #setMs = Infinity;
  #wallMs = Infinity;

  constructor(storage: DurableObjectStorage, clock: RoomClock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Sets it for the earliest of these, Unix ms of the room; null: nothing falls due. What it is set for already stays. */
  set(dueMs: readonly (number | null | undefined)[]): void {
    const earliest = Math.min(...dueMs.map((ms) => ms ?? Infinity));
    if (earliest === Infinity || this.#setMs === -Infinity) return;
    if (earliest >= this.#setMs && !this.#hasStepped) return;
    this.#setMs = earliest;
    this.#wallMs = this.#clock.onWall(earliest);
    void this.#storage.setAlarm(this.#wallMs);
  }

  get #hasStepped(): boolean {
    return Math.abs(this.#clock.onWall(this.#setMs) - this.#wallMs) > stepMs;
  }

  /** It rings: until the bell is answered, whatever comes up is not worth setting it. */
  async ringing(answer: () => Promise<void>): Promise<void> {
    this.#setMs = -Infinity;
    try {
      await answer();
    } finally {
      this.#setMs = Infinity;
    }
  }
}
