/**
 * The book that the generator of an order stream keeps. It matches independently of all engines that are measured,
 * because cancels and the path of the mid depend on it.
 */

import { scaled } from "./flow-random.ts";

/** A plain book on arrays: orders by id, one queue for each price, and the touch moved tick by tick. */
export class Book {
  static readonly prices = 1 << 15;
  readonly side: Uint8Array;
  readonly user: Uint8Array;
  readonly price: Int32Array;
  readonly #qty: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #first = new Int32Array(Book.prices);
  readonly #last = new Int32Array(Book.prices);
  readonly #touch = [0, 0] as [number, number];
  readonly #resting = [0, 0] as [number, number];
  /** Ids of resting orders, in an order that the definition fixes, and each one's place there. */
  readonly #live: Int32Array;
  readonly #place: Int32Array;
  live = 0;

  constructor(maxId: number) {
    this.side = new Uint8Array(maxId + 1);
    this.user = new Uint8Array(maxId + 1);
    const words = () => new Int32Array(maxId + 1);
    [this.price, this.#qty, this.#next, this.#previous] = [words(), words(), words(), words()];
    [this.#live, this.#place] = [words(), words()];
  }

  /** The touch, a positive price; 0: none. */
  best(side: number): number {
    return this.#resting[side & 1] === 0 ? 0 : (this.#touch[side & 1] as number);
  }

  pick(hi: number): number {
    return this.#live[scaled(hi, this.live)] as number;
  }

  /** Matches an order; `limit` 0 is no limit. @returns the quantity that is left */
  match(side: number, limit: number, qty: number): number {
    const other = 1 - side;
    let left = qty;
    while (left > 0) {
      const price = this.best(other);
      if (price === 0) break;
      if (limit !== 0 && (side === 0 ? price > limit : price < limit)) break;
      const maker = this.#first[price] as number;
      const traded = Math.min(left, this.#qty[maker] as number);
      left -= traded;
      this.#qty[maker] = (this.#qty[maker] as number) - traded;
      if (this.#qty[maker] === 0) this.remove(maker);
    }
    return left;
  }

  rest(id: number, side: 0 | 1, user: number, price: number, qty: number): void {
    this.side[id] = side;
    this.user[id] = user;
    this.price[id] = price;
    this.#qty[id] = qty;
    const last = this.#last[price] as number;
    this.#previous[id] = last;
    this.#next[id] = 0;
    if (last === 0) this.#first[price] = id;
    else this.#next[last] = id;
    this.#last[price] = id;
    const best = this.best(side);
    if (best === 0 || (side === 0 ? price > best : price < best)) this.#touch[side] = price;
    this.#resting[side]++;
    this.#place[id] = this.live;
    this.#live[this.live++] = id;
  }

  remove(id: number): void {
    const side = (this.side[id] as number) & 1 ? 1 : 0;
    const price = this.price[id] as number;
    const [next, previous] = [this.#next[id] as number, this.#previous[id] as number];
    if (previous === 0) this.#first[price] = next;
    else this.#next[previous] = next;
    if (next === 0) this.#last[price] = previous;
    else this.#previous[next] = previous;
    this.#resting[side]--;
    if (this.#resting[side] > 0)
      while (this.#first[this.#touch[side]] === 0) this.#touch[side] += side === 0 ? -1 : 1;
    const moved = this.#live[--this.live] as number;
    const place = this.#place[id] as number;
    this.#live[place] = moved;
    this.#place[moved] = place;
  }
}
