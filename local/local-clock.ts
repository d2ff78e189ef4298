/** The time of a room without a server, which never goes back: not even behind the last entry of a journal that goes on. */

export class LocalClock {
  readonly #source: () => number;
  #latest = 0;

  /** @param source gives Unix milliseconds */
  constructor(source: () => number) {
    this.#source = source;
  }

  now(): number {
    return (this.#latest = Math.max(this.#latest, this.#source()));
  }

  /** Takes over the time of the last entry of a journal. */
  reach(lastMs: number): void {
    this.#latest = Math.max(this.#latest, lastMs);
  }

  /** There is no other clock by which an alarm would ring. */
  onWall(ms: number): number {
    return ms;
  }

  holdUntil(): void {}
}
