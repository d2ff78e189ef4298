/** Asks the server again and again, one question at a time, while it runs. */
export abstract class Poll {
  readonly #everyMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #asking = false;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  protected abstract ask(): Promise<void>;

  /** Asks now, and goes on asking. */
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
    // The answer may come after a stop and a new start: that round goes on.
    if (this.#asking) return;
    this.#asking = true;
    await this.ask();
    this.#asking = false;
    if (this.#running) this.#timer = setTimeout(() => void this.#round(), this.#everyMs);
  }
}
