/**
 * State that a bot keeps from its stream: own orders, positions, fills and books. Notes violations of the protocol:
 * event numbers that go back, missing trades, fills told twice.
 */

import type { Message } from "#protocol";

type Fill = Message<"fill">;

/** An own resting order. */
export interface RestingOrder {
  inst: number;
  side: "buy" | "sell";
  price: number | null;
  leaves: number;
}

export class Follower {
  readonly orders = new Map<number, RestingOrder>();
  readonly fills = new Map<number, Fill>();
  readonly faults: string[] = [];
  positions: Message<"positions">["positions"] = [];
  /** Newest event number, on any connection. */
  seq = 0;
  readonly #books = new Map<number, Message<"md_inc" | "snapshot">>();
  #lastTrade = 0;
  #lastFillSeq = 0;

  get books() {
    return [...this.#books.values()]
      .map(({ inst, bids, asks, last }) => ({ inst, bids, asks, last }))
      .sort((a, b) => a.inst - b.inst);
  }

  /** Applies any message but a repeated reply, which is out of date. */
  apply(message: Message): void {
    if ("seq" in message) this.#see(message.seq, message);
    switch (message.type) {
      case "join_ack":
        return this.#joined(message);
      case "trade":
        return this.#trade(message);
      case "fill":
        if (message.seq <= this.#lastFillSeq) this.#fault("a fill comes again", message);
        return this.#fill(message);
      case "order":
      case "order_ack":
        return this.#rest(message.order_id, message);
      case "replace_ack":
        if (message.success) this.#rest(message.order_id, message as RestingOrder);
        return;
      case "cancel_ack":
        if (message.success) this.orders.delete(message.order_id);
        return;
      case "quote_ack": {
        for (const id of message.order_ids) this.orders.delete(id);
        const { inst, bid, ask } = message;
        if (bid !== null) this.#rest(bid.order_id, { ...bid, inst, side: "buy" });
        if (ask !== null) this.#rest(ask.order_id, { ...ask, inst, side: "sell" });
        return;
      }
      case "orders":
        this.orders.clear();
        for (const order of message.orders) this.#rest(order.order_id, order);
        return;
      case "positions":
        this.positions = message.positions;
        return;
      case "md_inc":
      case "snapshot":
        this.#books.set(message.inst, message);
    }
  }

  #see(seq: number, message: Message): void {
    if (seq < this.seq) this.#fault(`after event ${this.seq}`, message);
    this.seq = seq;
  }

  /** Applies the missed trades and fills that the room repeats. */
  #joined({ trades, fills }: Message<"join_ack">): void {
    const first = trades[0]?.trade_id ?? 1;
    if (trades.some(({ trade_id: id }, index) => id !== first + index))
      this.#fault("the trades of a join have a gap", trades);
    const newest = trades.at(-1)?.trade_id ?? 0;
    if (newest < this.#lastTrade) this.#fault(`trade ${this.#lastTrade} is forgotten`, trades);
    this.#lastTrade = newest;
    for (const fill of fills) if (fill.seq > this.#lastFillSeq) this.#fill(fill);
  }

  #trade(trade: Message<"trade">): void {
    if (trade.trade_id !== this.#lastTrade + 1) this.#fault(`after ${this.#lastTrade}`, trade);
    this.#lastTrade = trade.trade_id;
  }

  #fill(fill: Fill): void {
    this.#lastFillSeq = fill.seq;
    this.fills.set(fill.trade_id, fill);
  }

  #rest(id: number, { inst, side, price, leaves }: RestingOrder): void {
    if (leaves > 0) this.orders.set(id, { inst, side, price, leaves });
    else this.orders.delete(id);
  }

  #fault(what: string, where: unknown): void {
    this.faults.push(`${what}: ${JSON.stringify(where)}`);
  }
}
