/** A path of at most some hundred points, kept while it grows: of too many, every second one is dropped. */

import { debriefPoints, type DebriefPoint } from "#protocol";

export class Thinned {
  #points: DebriefPoint[] = [];
  /** The next point counts, or only every second, fourth, ... */
  #stride = 1;
  #count = 0;

  /** Counts a point. @returns whether it is kept: then `add` takes it */
  isDue(): boolean {
    return this.#count++ % this.#stride === 0;
  }

  add(ts: number, value: number): void {
    this.#points.push([ts, value]);
    if (this.#points.length < debriefPoints - 1) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  /** The points that are kept, the first among them. */
  get kept(): DebriefPoint[] {
    return [...this.#points];
  }
}
