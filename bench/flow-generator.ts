/** Makes an order stream of one instrument: a book of resting orders around a mid, then 60 % limits, 35 % cancels, 5 % markets. */

import { Book } from "./flow-book.ts";
import { Random, scaled } from "./flow-random.ts";

const seed = 88172645463325252n;

export const Kind = { limit: 0, cancel: 1, market: 2 } as const;

export const wordsPerOperation = 4;

export interface Shape {
  preload: number;
  spread: number;
  /** Resting orders below which every limit is passive. */
  hold: number;
  /** Whether there are only two prices, one on each side, and a mid that stays. */
  pile: boolean;
}

/** Writes a stream of one instrument and keeps its book. */
export class Generator {
  readonly #random: Random;
  readonly #shape: Shape;
  readonly #inst: number;
  readonly #book: Book;
  #mid = 10_000;
  #at = 0;
  readonly words: Int32Array;
  nextId = 1;

  constructor(shape: Shape, count: number, inst = 0) {
    this.#shape = shape;
    this.#inst = inst;
    this.#random = new Random(seed + 7_919n * BigInt(inst));
    this.#book = new Book(shape.preload + count);
    this.words = new Int32Array((shape.preload + count) * wordsPerOperation);
    for (let i = 0; i < shape.preload; i++) this.#preload(i);
    for (let i = 0; i < count; i++) this.#operation();
  }

  #emit(kind: number, side: number, user: number, price: number, qty: number, id: number): void {
    this.words[this.#at++] = kind | (side << 8) | (user << 16) | (this.#inst << 24);
    this.words[this.#at++] = price;
    this.words[this.#at++] = qty;
    this.words[this.#at++] = id;
  }

  #preload(i: number): void {
    const qty = 1 + this.#random.below(10);
    const user = this.#random.below(20);
    const drawn = 1 + this.#random.below(this.#shape.spread);
    this.#limit((i & 1) as 0 | 1, user, qty, this.#shape.pile ? 1 : drawn);
  }

  /** Enters a limit `away` ticks behind the mid. */
  #limit(side: 0 | 1, user: number, qty: number, away: number): void {
    this.#limitAt(side, user, qty, side === 0 ? this.#mid - away : this.#mid + away);
  }

  #limitAt(side: 0 | 1, user: number, qty: number, price: number): void {
    const id = this.nextId++;
    this.#emit(Kind.limit, side, user, price, qty, id);
    const left = this.#book.match(side, price, qty);
    if (left > 0) this.#book.rest(id, side, user, price, left);
  }

  /** Makes the next operation, with eight draws in any case. */
  #operation(): void {
    const random = this.#random;
    const book = this.#book;
    const d0 = random.below(64);
    const d1 = random.below(100);
    const user = random.below(20);
    const side = random.below(2) as 0 | 1;
    const qty = 1 + random.below(10);
    const d5 = random.below(10);
    const d6 = random.hi();
    const d7 = random.hi();
    if (!this.#shape.pile) this.#moveMid(d0);
    const cancels = d1 >= 60 && d1 < 95;
    if (cancels && book.live > 0) {
      const id = book.pick(d7);
      const [price, owner] = [book.price[id] as number, book.user[id] as number];
      this.#emit(Kind.cancel, book.side[id] as number, owner, price, 0, id);
      book.remove(id);
    } else if (d1 >= 95) {
      this.#emit(Kind.market, side, user, 0, qty, this.nextId++);
      book.match(side, 0, qty);
    } else if (cancels || d5 < 7 || book.live < this.#shape.hold) {
      this.#limit(side, user, qty, this.#passiveDistance(d6, d7));
    } else {
      this.#limitAt(side, user, qty, this.#marketablePrice(side, d6));
    }
  }

  #moveMid(d0: number): void {
    if (d0 === 0) this.#mid--;
    else if (d0 === 1) this.#mid++;
    const [bid, ask] = [this.#book.best(0), this.#book.best(1)];
    if (bid !== 0 && this.#mid < bid) this.#mid = bid;
    if (ask !== 0 && this.#mid > ask) this.#mid = ask;
  }

  #passiveDistance(d6: number, d7: number): number {
    const { pile, spread } = this.#shape;
    if (pile) return 1;
    return 1 + scaled(d6, spread > 10 && (d7 & 1) === 1 ? spread : 10);
  }

  #marketablePrice(side: 0 | 1, d6: number): number {
    if (this.#shape.pile) return side === 0 ? this.#mid + 1 : this.#mid - 1;
    const from = this.#book.best(1 - side) || this.#mid;
    const through = 1 + scaled(d6, 3);
    return side === 0 ? from + through : from - through;
  }
}
