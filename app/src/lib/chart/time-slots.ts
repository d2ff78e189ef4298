/**
 * The path of a price as equally long slots of time, each with its last price: the charting library sets its points side
 * by side, whatever their times, so a lull is as long as it was only if it has as many points. Knows no chart.
 */

import type { PathPoint } from "#lib/trading/path.ts";

export interface Slot {
  /** Unix time of its beginning, seconds. */
  readonly time: number;
  readonly price: number;
}

export class TimeSlots {
  readonly #most: number;
  /** Length of a slot, ms. Slots begin at whole multiples of it. */
  #slotMs = 1;
  #list: Slot[] = [];
  /** The path that the slots show. */
  #path: readonly PathPoint[] = [];
  #untilMs = -Infinity;

  /** @param most slots */
  constructor(most: number) {
    this.#most = most;
  }

  /** All slots, oldest first. */
  get list(): readonly Slot[] {
    return this.#list;
  }

  /** Beginning of the slot at a time in Unix ms, seconds. */
  timeAt(ms: number): number {
    return (Math.floor(ms / this.#slotMs) * this.#slotMs) / 1000;
  }

  /**
   * Takes in the path as it is now.
   * @param untilMs Unix time up to which the last price is carried on; it never goes back
   * @returns the slots that are new or changed; null when all have to be drawn anew
   */
  follow(path: readonly PathPoint[], untilMs: number): readonly Slot[] | null {
    const before = this.#path;
    this.#path = path;
    const [first] = path;
    const last = path.at(-1);
    if (first === undefined || last === undefined) {
      this.#list = [];
      return before.length === 0 ? [] : null;
    }
    this.#untilMs = Math.max(this.#untilMs, untilMs, last[0]);
    const slotMs = this.#lengthFrom(first[0]);
    const isLonger = path[0] === before[0] && path[before.length - 1] === before.at(-1);
    const fresh = path.slice(before.length);
    const shownTo = this.#list.at(-1)?.time ?? -Infinity;
    const isLate = fresh.some(([ts]) => this.timeAt(ts) < shownTo);
    if (before.length === 0 || !isLonger || isLate || slotMs !== this.#slotMs) {
      this.#slotMs = slotMs;
      this.#list = [];
      this.#add(path);
      return null;
    }
    const changedFrom = this.#list.length - 1;
    this.#add(fresh);
    return this.#list.slice(changedFrom);
  }

  /** The shortest length, 1, 2, 4 ... ms, with which there are not too many slots. */
  #lengthFrom(firstMs: number): number {
    let length = 1;
    const count = () => Math.floor(this.#untilMs / length) - Math.floor(firstMs / length) + 1;
    while (count() > this.#most) length *= 2;
    return length;
  }

  #add(points: readonly PathPoint[]): void {
    for (const [ts, price] of points) {
      this.#carryTo(ts);
      this.#put(this.#numberAt(ts), price);
    }
    this.#carryTo(this.#untilMs + this.#slotMs);
  }

  #numberAt(ms: number): number {
    return Math.floor(ms / this.#slotMs);
  }

  /** Repeats the last price in the slots before a time. */
  #carryTo(ms: number): void {
    const last = this.#list.at(-1);
    if (last === undefined) return;
    const from = Math.round((last.time * 1000) / this.#slotMs);
    for (let number = from + 1; number < this.#numberAt(ms); number++)
      this.#put(number, last.price);
  }

  #put(number: number, price: number): void {
    const time = (number * this.#slotMs) / 1000;
    if (this.#list.at(-1)?.time === time) this.#list.pop();
    this.#list.push({ time, price });
  }
}
