/** The object's one alarm, which survives the object: it rings for whatever falls due first. */

export class Alarm {
  readonly #storage: DurableObjectStorage;
  /** For when it is set, as far as this object knows. */
  #setMs = Infinity;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Sets it for the earliest of these, Unix ms; null: nothing falls due. What it is set for already stays. */
  set(dueMs: readonly (number | null | undefined)[]): void {
    const earliest = Math.min(...dueMs.map((ms) => ms ?? Infinity));
    if (earliest >= this.#setMs) return;
    this.#setMs = earliest;
    void this.#storage.setAlarm(earliest);
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
