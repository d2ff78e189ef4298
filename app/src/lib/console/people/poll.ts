/** Sends a request at intervals while it runs, never two at once. */
export abstract class Poll {
  readonly #everyMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #asking = false;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  protected abstract ask(): Promise<void>;

  /** Sends the first request at once. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#round();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    // The former request may still be unanswered after a stop and a new start: its answer continues the poll.
    if (this.#asking) return;
    this.#asking = true;
    await this.ask();
    this.#asking = false;
    if (this.#running) this.#timer = setTimeout(() => void this.#round(), this.#everyMs);
  }
}
