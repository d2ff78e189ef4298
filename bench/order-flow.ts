/**
 * The benchmark's order streams: a book of resting orders around a mid, then 60 % limits, 35 % cancels, 5 % markets.
 * Has an independent matcher, because cancels and the path of the mid depend on the book. Check values prove that a
 * stream is the defined one, so that every measured engine gets the very same orders.
 */

const operations = 1_000_000;
const seed = 88172645463325252n;

export const Kind = { limit: 0, cancel: 1, market: 2 } as const;

export const wordsPerOperation = 4;

export const flowNames = ["std", "deep", "pile", "multi"] as const;
export type FlowName = (typeof flowNames)[number];

export interface Flow {
  name: FlowName;
  instruments: number;
  /** Operations that fill the books before anything is measured; `count` more follow. */
  preload: number;
  count: number;
  maxId: number;
  /**
   * Four words for each operation: kind, side, user (0-19) and instrument (0-9) as bytes; price (0 for a market); quantity
   * (0 for a cancel); order id. A cancel repeats side, user and price of its order.
   */
  words: Int32Array;
}

export interface Expected {
  fills: number;
  /** Sum of the words taker, maker, price, quantity over the fills of the measured part. */
  fillSum: number;
  /** FNV-1a over the same words. */
  fillHash: string;
}

/** Check values. *Source:* the workload's definition. */
export const expected: Record<FlowName, Expected> = {
  std: { fills: 273_451, fillSum: 359593486, fillHash: "6382eef1" },
  deep: { fills: 273_276, fillSum: 96215777, fillHash: "5cf58568" },
  pile: { fills: 274_241, fillSum: 3603165382, fillHash: "c2a89561" },
  multi: { fills: 271_824, fillSum: 2954737188, fillHash: "ad1e8b25" },
};

/** FNV-1a over the whole stream, preload first; "multi" is proven by its fills alone. */
const expectedStream: Partial<Record<FlowName, string>> = {
  std: "caac9d7f",
  deep: "eb5e341d",
  pile: "fdaafe85",
};

interface Shape {
  preload: number;
  spread: number;
  /** Resting orders below which every limit is passive. */
  hold: number;
  /** Whether there are only two prices, one on each side, and a mid that stays. */
  pile: boolean;
}

const standard: Shape = { preload: 1_000, spread: 10, hold: 1_000, pile: false };
const shapes = {
  std: standard,
  deep: { preload: 100_000, spread: 500, hold: 100_000, pile: false },
  pile: { preload: 20_000, spread: 1, hold: 20_000, pile: true },
};

/** xorshift64* in two 32-bit halves: the upper half of each draw. */
export class Random {
  #low: number;
  #high: number;

  constructor(state: bigint) {
    this.#low = Number(BigInt.asIntN(32, state));
    this.#high = Number(BigInt.asIntN(32, state >> 32n));
  }

  hi(): number {
    let low = this.#low;
    let high = this.#high;
    low ^= (low >>> 12) | (high << 20);
    high ^= high >>> 12;
    high ^= (high << 25) | (low >>> 7);
    low ^= low << 25;
    low ^= (low >>> 27) | (high << 5);
    high ^= high >>> 27;
    this.#low = low;
    this.#high = high;
    // Takes the upper word of the state times 0x2545f4914f6cdd1d.
    const carried = upperProduct(low, 0x4f6cdd1d);
    return (carried + Math.imul(high, 0x4f6cdd1d) + Math.imul(low, 0x2545f491)) >>> 0;
  }

  below(n: number): number {
    return scaled(this.hi(), n);
  }
}

/** The upper 32 bits of a product of 32-bit words, by its 16-bit parts. */
function upperProduct(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + Math.floor(middle / 65_536) + (other >>> 16);
}

function scaled(hi: number, n: number): number {
  return Math.floor((hi * n) / 2 ** 32);
}

/** A plain book on arrays: orders by id, one queue for each price, and the touch moved tick by tick. */
class Book {
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

/** Writes a stream of one instrument and keeps its book. */
class Generator {
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

/** Makes one of the four streams, and proves it. */
export function makeFlow(name: FlowName): Flow {
  const flow = name === "multi" ? multiFlow() : singleFlow(name);
  const wanted = expectedStream[name];
  if (wanted !== undefined && wordHash(flow.words) !== wanted)
    throw new Error(`The generator does not give the stream ${name} that is defined.`);
  return flow;
}

function singleFlow(name: Exclude<FlowName, "multi">): Flow {
  const shape = shapes[name];
  const { words, nextId } = new Generator(shape, operations);
  const { preload } = shape;
  return { name, instruments: 1, preload, count: operations, maxId: nextId - 1, words };
}

/** Makes a stream of ten instruments in turn, each with a "std" stream; ids are made unique by their last digit. */
function multiFlow(): Flow {
  const instruments = 10;
  const parts = Array.from(
    { length: instruments },
    (_, inst) => new Generator(standard, operations / instruments, inst),
  );
  const words = new Int32Array(parts.reduce((sum, part) => sum + part.words.length, 0));
  let at = 0;
  let maxId = 0;
  for (let from = 0; at < words.length; from += wordsPerOperation)
    for (const [inst, part] of parts.entries()) {
      words.set(part.words.subarray(from, from + wordsPerOperation), at);
      const id = (part.words[from + 3] as number) * instruments + inst;
      words[at + 3] = id;
      maxId = Math.max(maxId, id);
      at += wordsPerOperation;
    }
  return {
    name: "multi",
    instruments,
    preload: standard.preload * instruments,
    count: operations,
    maxId,
    words,
  };
}

/**
 * Makes the same stream with the ids that an engine issues, 1, 2, 3, ... as limits and markets come, as users would send it.
 * @returns the stream, and the original id of each issued one
 */
export function withIssuedIds(flow: Flow): { flow: Flow; streamId: Int32Array } {
  const words = flow.words.slice();
  const issued = new Int32Array(flow.maxId + 1);
  const streamId = new Int32Array(flow.maxId + 1);
  let lastId = 0;
  for (let at = 0; at < words.length; at += wordsPerOperation) {
    const id = words[at + 3] as number;
    if (((words[at] as number) & 0xff) !== Kind.cancel) {
      issued[id] = ++lastId;
      streamId[lastId] = id;
    }
    words[at + 3] = issued[id] as number;
  }
  return { flow: { ...flow, words, maxId: lastId }, streamId };
}

/** FNV-1a over words. */
export function wordHash(words: Iterable<number>): string {
  let hash = 2166136261;
  for (const word of words) hash = Math.imul(hash ^ word, 16777619);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
