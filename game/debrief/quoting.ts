/** Quoting of each trader in an instrument: the time with a bid and an ask in the book, their distance, the time at the best price. */

import type { OrderChange, OrderRecord } from "../context.ts";

interface Resting {
  orderId: number;
  inst: number;
  userId: number;
  isBid: boolean;
  price: number;
  qty: number;
  filled: number;
}

/** Times in ms. */
export interface QuotingSums {
  twoSidedMs: number;
  /** Width in price, times ms. */
  widthMs: number;
  atBestMs: number;
}

interface Quoter extends QuotingSums {
  bids: Map<number, number>;
  asks: Map<number, number>;
  bid: number | null;
  ask: number | null;
}

/** An instrument's quotes; nobody's beside them. */
export class Quotes {
  readonly quoters = new Map<number, Quoter>();
  bid: number | null = null;
  ask: number | null = null;
  isOpen = false;
  openMs = 0;
  #sinceMs = 0;

  /** Counts the time up to now, in which nothing has changed. */
  advance(now: number): void {
    const ms = now - this.#sinceMs;
    this.#sinceMs = now;
    if (!this.isOpen || ms <= 0) return;
    this.openMs += ms;
    for (const quoter of this.quoters.values()) {
      const { bid, ask } = quoter;
      if (bid !== null && ask !== null) {
        quoter.twoSidedMs += ms;
        quoter.widthMs += (ask - bid) * ms;
      }
      if ((bid !== null && bid === this.bid) || (ask !== null && ask === this.ask))
        quoter.atBestMs += ms;
    }
  }

  of(userId: number): Quoter {
    let quoter = this.quoters.get(userId);
    if (quoter === undefined) {
      quoter = {
        ...{ twoSidedMs: 0, widthMs: 0, atBestMs: 0, bid: null, ask: null },
        ...{ bids: new Map<number, number>(), asks: new Map<number, number>() },
      };
      this.quoters.set(userId, quoter);
    }
    return quoter;
  }

  /** Takes the best prices of all after some orders have changed. */
  settle(): void {
    this.bid = null;
    this.ask = null;
    for (const { bid, ask } of this.quoters.values()) {
      if (bid !== null) this.bid = this.bid === null ? bid : Math.max(this.bid, bid);
      if (ask !== null) this.ask = this.ask === null ? ask : Math.min(this.ask, ask);
    }
  }
}

export class Quoting {
  readonly books = new Map<number, Quotes>();
  readonly #resting = new Map<number, Resting>();
  /** Instruments with changed orders or trades. */
  #changed = new Set<number>();

  book(inst: number): Quotes {
    let book = this.books.get(inst);
    if (book === undefined) this.books.set(inst, (book = new Quotes()));
    return book;
  }

  order(order: OrderRecord): void {
    const {
      order_id: orderId,
      inst,
      user_id: userId,
      side,
      price,
      qty,
      filled,
      status,
      ts,
    } = order;
    if (price === null || (status !== "open" && status !== "partial")) return;
    const fields = { orderId, inst, userId, isBid: side === "buy", price };
    this.#put({ ...fields, qty: qty ?? 0, filled: filled ?? 0 }, ts);
  }

  change(orderId: number, now: number, { price, qty, filled, status }: OrderChange): void {
    const order = this.#resting.get(orderId);
    if (order === undefined) return;
    if (status === "open" || status === "partial") {
      const isSame = price === undefined || price === order.price;
      Object.assign(order, { filled, qty: qty ?? order.qty });
      if (!isSame) this.#put({ ...order, price }, now);
      return;
    }
    this.#resting.delete(orderId);
    const quoter = this.#touch(order.inst, now).of(order.userId);
    const prices = order.isBid ? quoter.bids : quoter.asks;
    prices.delete(orderId);
    if (order.price === (order.isBid ? quoter.bid : quoter.ask)) bestAgain(quoter, order.isBid);
  }

  /** Notes a trade: the last price has changed, though perhaps no best one. */
  traded(inst: number): void {
    this.#changed.add(inst);
  }

  /** Takes over what an entry has changed. @returns the instruments with changed orders or trades */
  settle(): Set<number> {
    const changed = this.#changed;
    if (changed.size === 0) return new Set();
    for (const inst of changed) this.book(inst).settle();
    this.#changed = new Set();
    return changed;
  }

  #put(order: Resting, now: number): void {
    const { orderId, inst, userId, isBid, price } = order;
    this.#resting.set(orderId, order);
    const quoter = this.#touch(inst, now).of(userId);
    (isBid ? quoter.bids : quoter.asks).set(orderId, price);
    bestAgain(quoter, isBid);
  }

  #touch(inst: number, now: number): Quotes {
    const book = this.book(inst);
    book.advance(now);
    this.#changed.add(inst);
    return book;
  }
}

/** Finds a trader's best price anew. */
function bestAgain(quoter: Quoter, isBid: boolean): void {
  let best: number | null = null;
  for (const price of (isBid ? quoter.bids : quoter.asks).values())
    if (best === null || (isBid ? price > best : price < best)) best = price;
  if (isBid) quoter.bid = best;
  else quoter.ask = best;
}
