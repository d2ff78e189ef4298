/**
 * The benchmark's order stream "std": a book of 1,000 resting orders near a wandering mid; 60 % limits, 35 % cancels,
 * 5 % markets. It holds an independent matcher, because what is cancelled and where the mid may go depends on the book.
 * The stream is proven by `streamHash`, so that every engine that is measured on it gets the very same orders.
 */

const preload = 1_000;
const spread = 10;
const hold = 1_000;

export const Kind = { limit: 0, cancel: 1, market: 2 } as const;

/** One operation: kind, side, user 0-19, price (0 for a market), quantity (0 for a cancel), order id. */
export interface Flow {
  preload: number;
  count: number;
  kind: Uint8Array;
  side: Uint8Array;
  user: Uint8Array;
  price: Int32Array;
  qty: Int32Array;
  id: Uint32Array;
}

/** xorshift64*: the upper 32 bits of each draw. */
class Random {
  #state = 88172645463325252n;

  hi(): number {
    let s = this.#state;
    s ^= s >> 12n;
    s = BigInt.asUintN(64, s ^ (s << 25n));
    s ^= s >> 27n;
    this.#state = s;
    return Number(BigInt.asUintN(64, s * 2685821657736338717n) >> 32n);
  }

  below(n: number): number {
    return scaled(this.hi(), n);
  }
}

function scaled(hi: number, n: number): number {
  return Math.floor((hi * n) / 2 ** 32);
}

interface Resting {
  id: number;
  side: number;
  user: number;
  price: number;
  qty: number;
}

/** The plainest book that is right: levels in a map, best price by search. */
class Book {
  readonly #levels: [Map<number, Resting[]>, Map<number, Resting[]>] = [new Map(), new Map()];
  readonly live: Resting[] = [];
  readonly #index = new Map<number, number>();

  best(side: number): number | null {
    let best: number | null = null;
    for (const price of this.#levels[side === 0 ? 0 : 1].keys())
      if (best === null || (side === 0 ? price > best : price < best)) best = price;
    return best;
  }

  /** Matches what crosses. @returns what is left */
  match(side: number, limit: number | null, qty: number): number {
    const other = 1 - side;
    let left = qty;
    for (let price = this.best(other); left > 0 && price !== null; price = this.best(other)) {
      if (limit !== null && (side === 0 ? price > limit : price < limit)) break;
      const queue = this.#levels[other === 0 ? 0 : 1].get(price) ?? [];
      const maker = queue[0];
      if (maker === undefined) break;
      const traded = Math.min(left, maker.qty);
      left -= traded;
      maker.qty -= traded;
      if (maker.qty === 0) this.remove(maker);
    }
    return left;
  }

  rest(order: Resting): void {
    const levels = this.#levels[order.side === 0 ? 0 : 1];
    const queue = levels.get(order.price);
    if (queue === undefined) levels.set(order.price, [order]);
    else queue.push(order);
    this.#index.set(order.id, this.live.length);
    this.live.push(order);
  }

  remove(order: Resting): void {
    const levels = this.#levels[order.side === 0 ? 0 : 1];
    const queue = levels.get(order.price) ?? [];
    queue.splice(queue.indexOf(order), 1);
    if (queue.length === 0) levels.delete(order.price);
    const index = this.#index.get(order.id) ?? -1;
    const last = this.live.pop();
    this.#index.delete(order.id);
    if (last === undefined || last === order) return;
    this.live[index] = last;
    this.#index.set(last.id, index);
  }
}

/** The stream: 1,000 orders that fill the book, then `count` operations. */
export function standardFlow(count: number): Flow {
  const random = new Random();
  const book = new Book();
  const size = preload + count;
  const flow: Flow = {
    preload,
    count,
    kind: new Uint8Array(size),
    side: new Uint8Array(size),
    user: new Uint8Array(size),
    price: new Int32Array(size),
    qty: new Int32Array(size),
    id: new Uint32Array(size),
  };
  let mid = 10_000;
  let nextId = 1;
  let at = 0;
  const emit = (kind: number, order: Resting) => {
    flow.kind[at] = kind;
    flow.side[at] = order.side;
    flow.user[at] = order.user;
    flow.price[at] = order.price;
    flow.qty[at] = order.qty;
    flow.id[at++] = order.id;
  };

  for (let i = 0; i < preload; i++) {
    const qty = 1 + random.below(10);
    const user = random.below(20);
    const k = 1 + random.below(spread);
    const side = i & 1;
    const order = { id: nextId++, side, user, price: side === 0 ? mid - k : mid + k, qty };
    emit(Kind.limit, order);
    book.rest(order);
  }

  for (let i = 0; i < count; i++) {
    const [d0, d1, user, side] = [
      random.below(64),
      random.below(100),
      random.below(20),
      random.below(2),
    ] as const;
    const [qty, d5, d6, d7] = [
      1 + random.below(10),
      random.below(10),
      random.hi(),
      random.hi(),
    ] as const;
    const [bid, ask] = [book.best(0), book.best(1)];
    mid += d0 === 0 ? -1 : d0 === 1 ? 1 : 0;
    if (bid !== null && mid < bid) mid = bid;
    if (ask !== null && mid > ask) mid = ask;
    const cancels = d1 >= 60 && d1 < 95;
    const target = cancels ? book.live[scaled(d7, book.live.length)] : undefined;
    if (target !== undefined) {
      emit(Kind.cancel, { ...target, qty: 0 });
      book.remove(target);
    } else if (d1 >= 95) {
      emit(Kind.market, { id: nextId++, side, user, price: 0, qty });
      book.match(side, null, qty);
    } else {
      const passive = cancels || d5 < 7 || book.live.length < hold;
      const price = passive
        ? passivePrice(side, mid, d6)
        : marketablePrice(side, mid, side === 0 ? ask : bid, d6);
      const order = { id: nextId++, side, user, price, qty };
      emit(Kind.limit, order);
      const left = book.match(side, price, qty);
      if (left > 0) book.rest({ ...order, qty: left });
    }
  }
  return flow;
}

function passivePrice(side: number, mid: number, d6: number): number {
  const k = 1 + scaled(d6, spread);
  return side === 0 ? mid - k : mid + k;
}

function marketablePrice(side: number, mid: number, touch: number | null, d6: number): number {
  const k = 1 + scaled(d6, 3);
  return side === 0 ? (touch ?? mid) + k : (touch ?? mid) - k;
}

/** FNV-1a over the stream's words as the workload's definition packs them. */
export function streamHash(flow: Flow): string {
  let hash = 2166136261;
  const word = (value: number) => {
    hash = Math.imul(hash ^ value, 16777619);
  };
  for (let i = 0; i < flow.kind.length; i++) {
    word((flow.kind[i] ?? 0) | ((flow.side[i] ?? 0) << 8) | ((flow.user[i] ?? 0) << 16));
    word(flow.price[i] ?? 0);
    word(flow.qty[i] ?? 0);
    word(flow.id[i] ?? 0);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
