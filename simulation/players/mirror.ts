/**
 * State that a careful client keeps from its stream alone, and its checks: trades without a gap, growing numbers, and
 * orders and positions equal to the room's answers.
 */

import type { Instrument, Message, Position } from "#protocol";
import type { Audit, Fill, Trade } from "../audit.ts";
import { same, violated } from "../violation.ts";

export interface OwnOrder {
  inst: number;
  side: "buy" | "sell";
  price: number;
  leaves: number;
}

type Book = Message<"md_inc" | "snapshot">;

export class Mirror {
  readonly orders = new Map<number, OwnOrder>();
  readonly books = new Map<number, Book>();
  readonly instruments = new Map<number, Instrument>();
  /** Names of the users it was told of. */
  readonly names = new Map<number, string>();
  /** Positions last sent, requested or not. */
  positions: readonly Position[] = [];
  readonly #audit: Audit;
  readonly #qty = new Map<number, number>();
  #lastTrade = 0;
  #lastSeq = 0;
  #lastFillSeq = 0;
  /** False after coming back, until the room has listed them. */
  #knowsOrders = false;
  /** False if more fills were missed than the room repeats. */
  #knowsPositions = true;
  #awaitsPositions = false;

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  /** Number of the last trade that it knows. */
  get lastTrade(): number {
    return this.#lastTrade;
  }

  /** Takes a trade; the audit checks that the numbers of trades grow. */
  trade(trade: Trade): void {
    this.#see(trade.seq, trade);
    if (trade.trade_id !== this.#lastTrade + 1)
      violated("a client's trades have a gap", { last: this.#lastTrade, trade });
    if (trade.trade_id > this.#audit.durableTrades)
      violated("a trade was told before its commit", { trade });
    this.#lastTrade = trade.trade_id;
  }

  /** A fill has come and its positions have not: they are sent a little later while the room is behind. */
  get awaitsPositions(): boolean {
    return this.#awaitsPositions;
  }

  /** Notes that the connection is gone, perhaps between a fill and the messages after it. */
  disconnected(): void {
    this.#awaitsPositions = false;
  }

  /** Takes any message but a trade or a repeated reply. */
  apply(message: Message): void {
    if ("seq" in message && message.type !== "join_ack") this.#see(message.seq, message);
    switch (message.type) {
      case "join_ack":
        return this.#joined(message);
      case "fill":
        this.#awaitsPositions = true;
        return this.#fill(message);
      case "order":
      case "order_ack":
        return this.#order(message.order_id, message);
      case "replace_ack":
        if (message.success) this.#order(message.order_id, message as OwnOrder);
        return;
      case "cancel_ack":
        if (message.success) this.orders.delete(message.order_id);
        return;
      case "quote_ack":
        for (const id of message.order_ids) this.orders.delete(id);
        for (const [side, order] of [
          ["buy", message.bid],
          ["sell", message.ask],
        ] as const)
          if (order !== null) this.#order(order.order_id, { inst: message.inst, side, ...order });
        return;
      case "cancel_inst_ack":
      case "cancel_all_ack":
        for (const id of message.order_ids) this.orders.delete(id);
        return;
      case "orders":
        return this.#compareOrders(message.orders);
      case "positions":
        return this.#comparePositions(message.positions);
      case "md_inc":
      case "snapshot":
        this.books.set(message.inst, message);
        return;
      case "instrument_added":
      case "instrument_edited":
        this.instruments.set(message.inst, message.instrument);
        return;
      case "tick_size_updated":
        return this.#amend(message.inst, { tick_size: message.tick_size });
      case "settlement":
      case "option_expired":
        this.#qty.set(message.inst, 0);
        return this.#amend(message.inst, { settled: true });
      case "history":
        return this.#audit.checkHistory(message);
      case "user_joined":
      case "user_renamed":
        this.names.set(message.user_id, message.name);
        return;
      case "leaderboard":
        return checkZeroSum(message);
    }
  }

  #amend(inst: number, change: Partial<Instrument>): void {
    const instrument = this.instruments.get(inst);
    if (instrument !== undefined) this.instruments.set(inst, { ...instrument, ...change });
  }

  #see(seq: number, message: Message): void {
    if (seq < this.#lastSeq)
      violated("a client's event numbers go backwards", { last: this.#lastSeq, message });
    this.#lastSeq = seq;
  }

  #joined(ack: Message<"join_ack">): void {
    this.#see(ack.seq, ack);
    const newest = ack.trades.at(-1)?.trade_id ?? 0;
    if (newest < this.#lastTrade)
      violated("the room has forgotten trades that it told", { last: this.#lastTrade, newest });
    for (const [index, trade] of ack.trades.entries()) {
      if (
        trade.trade_id !== newest - ack.trades.length + 1 + index ||
        newest > this.#audit.durableTrades
      )
        violated("the trades of a join have a gap, or are not durable", { trade, newest });
      same(
        "a trade of a join is not the one in the log",
        trade,
        this.#audit.trades[trade.trade_id - 1],
      );
    }
    this.#lastTrade = newest;
    for (const { user_id, name } of ack.users) this.names.set(user_id, name);
    const [oldest] = ack.fills;
    if (oldest !== undefined && oldest.seq > this.#lastFillSeq && ack.fills.length >= 200)
      this.#knowsPositions = false;
    for (const fill of ack.fills) if (fill.seq > this.#lastFillSeq) this.#fill(fill);
    for (const instrument of ack.instruments) {
      this.instruments.set(instrument.inst, instrument);
      if (instrument.settled) this.#qty.set(instrument.inst, 0);
    }
    this.#knowsOrders = false;
  }

  #fill(fill: Fill): void {
    if (fill.seq <= this.#lastFillSeq)
      violated("a fill was told twice", { last: this.#lastFillSeq, fill });
    this.#lastFillSeq = fill.seq;
    const bought = fill.side === "buy" ? fill.qty : -fill.qty;
    this.#qty.set(fill.inst, (this.#qty.get(fill.inst) ?? 0) + bought);
  }

  #order(id: number, order: Omit<OwnOrder, "price"> & { price: number | null }): void {
    const { inst, side, price, leaves } = order;
    if (leaves > 0 && price !== null) this.orders.set(id, { inst, side, price, leaves });
    else this.orders.delete(id);
  }

  #compareOrders(orders: Message<"orders">["orders"]): void {
    const known = this.orders;
    if (this.#knowsOrders) {
      const isSame = (order: (typeof orders)[number]) => {
        const own = known.get(order.order_id);
        return (
          own?.leaves === order.leaves &&
          own.price === order.price &&
          own.side === order.side &&
          own.inst === order.inst
        );
      };
      if (orders.length !== known.size || !orders.every(isSame))
        violated("a client's own orders are not the room's", { client: [...known], room: orders });
    }
    this.#knowsOrders = true;
    known.clear();
    for (const order of orders) this.#order(order.order_id, order);
  }

  #comparePositions(rows: Message<"positions">["positions"]): void {
    if (rows.some((row) => row.user_id !== undefined)) return checkNetZero(rows);
    this.positions = rows;
    this.#awaitsPositions = false;
    if (!this.#knowsPositions) {
      this.#qty.clear();
      for (const { inst, qty } of rows) this.#qty.set(inst, qty);
      this.#knowsPositions = true;
      return;
    }
    for (const { inst, qty } of rows)
      if ((this.#qty.get(inst) ?? 0) !== qty)
        violated("a client's position is not what its fills make", {
          ...{ inst, room: qty, fills: this.#qty.get(inst) ?? 0 },
        });
  }
}

function checkNetZero(rows: Message<"positions">["positions"]): void {
  const net = new Map<number, number>();
  for (const { inst, qty } of rows) net.set(inst, (net.get(inst) ?? 0) + qty);
  for (const [inst, qty] of net)
    if (qty !== 0)
      violated("the positions that the host sees do not add up to zero", { inst, qty });
}

/** Checks the sum; each row is rounded to a millionth an instrument. */
function checkZeroSum({ rows }: Message<"leaderboard">): void {
  const sum = rows.reduce((total, row) => total + row.pnl, 0);
  if (Math.abs(sum) > 1e-4) violated("the P&L of all does not add up to zero", { sum, rows });
}
