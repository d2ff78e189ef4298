/** Measures time of another process, whose moments are known by their bounds alone: not before, not after. In ms. */

export class Stopwatch {
  /** Time that has certainly passed, and that can have passed at most. */
  least = 0;
  most = 0;
  #started: { from: number; to: number } | null = null;

  start(from: number, to: number): void {
    this.#started ??= { from, to };
  }

  stop(from: number, to: number): void {
    if (this.#started === null) return;
    this.least += Math.max(0, from - this.#started.to);
    this.most += to - this.#started.from;
    this.#started = null;
  }

  /** Nobody knows how much of this time counts. */
  unknown(from: number, to: number): void {
    if (this.#started === null) return;
    this.stop(from, to);
    this.start(to, to);
  }
}
