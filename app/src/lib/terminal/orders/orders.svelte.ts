/**
 * Sends all orders, quotes, changes and cancels of the terminal, unless something blocks them, and knows which of them
 * are under way.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Message, OpenOrder, Side } from "#protocol";
import { formatQty } from "#lib/format.ts";
import type { Command, RoomClient } from "#lib/state/room-client.svelte.ts";
import { atMost } from "#lib/trading/lots.ts";
import { instrumentBlock } from "./block.ts";
import { Quoter, type TwoSidedQuote } from "./quoter.svelte.ts";
import { words } from "./words.ts";

/** The new price and quantity of an order whose replace is under way. The order itself stays until the reply. */
export interface MovingOrder {
  readonly inst: number;
  readonly side: Side;
  readonly price: number | null;
  readonly qty: number;
}

export type NewOrder = Extract<Command, { op: "order_new" }>;

export class Orders {
  readonly #room: RoomClient;
  readonly #lock: { armed: boolean };
  /** Sends two-sided quotes. */
  readonly quoter: Quoter;
  readonly #moving = new SvelteMap<number, MovingOrder>();
  readonly #leaving = new SvelteSet<number>();
  /** Number of times that all orders were cancelled: a spread that is being sent stops when it changes. */
  cancelsOfAll = 0;

  /** @param lock holds `armed`, as a part of the preferences */
  constructor(room: RoomClient, lock: { armed: boolean } = { armed: true }) {
    this.#room = room;
    this.#lock = lock;
    this.quoter = new Quoter(room, this);
  }

  /** Whether a single press may send an order; if not, it only fills the ticket. */
  get armed(): boolean {
    return this.#lock.armed;
  }

  set armed(on: boolean) {
    this.#lock.armed = on;
  }

  /** Orders being moved, by order id. */
  get moving(): ReadonlyMap<number, MovingOrder> {
    return this.#moving;
  }

  /** Ids of orders that are being cancelled or moved. */
  get leaving(): ReadonlySet<number> {
    return this.#leaving;
  }

  /** The reason for which no order can be placed in the instrument now; null: trading is free. */
  blockOf(inst: number): string | null {
    return instrumentBlock(this.#room, this.#room.instrument(inst));
  }

  /** Sends a limit order, or shows at its price why it cannot. @returns whether it was sent */
  place(inst: number, side: Side, price: number, qty: number): boolean {
    const block = this.blockOf(inst);
    if (block === null) void this.#room.send({ op: "order_new", inst, side, price, qty });
    else this.#room.notices.add({ type: "refused", message: block, inst, price });
    return block === null;
  }

  /** Sends an order that the ticket has checked. @returns whether it was sent */
  submit(order: NewOrder): boolean {
    if (this.blockOf(order.inst) !== null) return false;
    void this.#room.send(order);
    return true;
  }

  /** Sends an immediate-or-cancel order at this price. */
  take(inst: number, side: Side, qty: number, price: number): Promise<Message> {
    return this.#room.send({ op: "order_new", inst, side, qty, price, tif: "IOC" });
  }

  atMarket(inst: number, side: Side, qty: number): Promise<Message> {
    return this.#room.send({ op: "order_new", inst, side, qty, type: "market" });
  }

  /** Sends a quote: both sides in one request, without a side that has no price or quantity. */
  quote(inst: number, { bid, bidQty, ask, askQty }: TwoSidedQuote): Promise<Message> {
    return this.#room.send({
      op: "quote",
      inst,
      ...(bid !== null && bidQty !== null && bidQty > 0 ? { bid, bid_qty: bidQty } : {}),
      ...(ask !== null && askQty !== null && askQty > 0 ? { ask, ask_qty: askQty } : {}),
    });
  }

  /** Sends an order that was not accepted because the line was down. */
  sendAgain(cid: string): void {
    this.#room.sendAgain(cid);
  }

  discardUnsent(cid: string): void {
    this.#room.discardUnsent(cid);
  }

  cancel(orders: readonly OpenOrder[]): void {
    const ids = orders.map((o) => o.order_id).filter((id) => !this.#leaving.has(id));
    const [first] = orders;
    const [only] = ids;
    if (first === undefined || only === undefined) return;
    const { inst } = first;
    void this.#whileLeaving(
      ids,
      ids.length === 1
        ? this.#room.send({ op: "cancel", order_id: only, inst })
        : this.#room.send({ op: "cancel_inst", inst, order_ids: ids }),
    );
  }

  /** Cancels the user's orders in the instrument, of both sides or of one. */
  cancelIn(inst: number, side?: Side): void {
    this.cancel(this.#room.ordersIn(inst).filter((o) => side === undefined || o.side === side));
  }

  /** Cancels all orders. The request is sent even if the page knows of none: the exchange may have some. */
  cancelAll(): void {
    this.cancelsOfAll++;
    const ids = this.#room.orders.map((o) => o.order_id);
    void this.#whileLeaving(ids, this.#room.send({ op: "cancel_all" }));
  }

  async move(orders: readonly OpenOrder[], price: number): Promise<void> {
    await Promise.all(orders.map((order) => this.amend(order, price, null)));
  }

  /** Replaces an order's price, its remaining quantity, or both; null: unchanged. */
  async amend(order: OpenOrder, price: number | null, qty: number | null): Promise<void> {
    const id = order.order_id;
    const { inst, side } = order;
    const change = {
      ...(price === null || price === order.price ? {} : { price }),
      ...(qty === null || qty === order.leaves ? {} : { qty }),
    };
    if (Object.keys(change).length === 0 || this.#moving.has(id)) return;
    this.#moving.set(id, { inst, side, price: price ?? order.price, qty: qty ?? order.leaves });
    const reply = await this.#whileLeaving(
      [id],
      this.#room.send({ op: "replace", order_id: id, ...change }),
    );
    this.#moving.delete(id);
    if (reply.type === "replace_ack" && !reply.success)
      this.#room.notices.add({ type: "refused", message: words.gone, inst, price });
  }

  /** Cancels the user's orders in the instrument and closes the position at the market. */
  flatten(inst: number): void {
    this.#trade(inst, 1);
  }

  /** Flattens with twice the quantity: a long position becomes an equal short one. */
  reverse(inst: number): void {
    this.#trade(inst, 2);
  }

  #trade(inst: number, times: 1 | 2): void {
    this.cancelIn(inst);
    const held = this.#room.position(inst)?.qty ?? 0;
    const block = this.blockOf(inst);
    if (held === 0) return;
    if (block !== null) return this.#room.notices.add({ type: "refused", message: block, inst });
    const most = this.#room.limits?.max_order_qty ?? Infinity;
    const lot = this.#room.instrument(inst)?.lot_size ?? 1;
    const qty = atMost(Math.abs(held) * times, most, lot);
    void this.#tradeOut(inst, held > 0 ? "sell" : "buy", qty);
  }

  async #tradeOut(inst: number, side: Side, qty: number): Promise<void> {
    const reply = await this.atMarket(inst, side, qty);
    if (reply.type !== "order_ack" || reply.filled >= qty) return;
    const text = words.partly(formatQty(reply.filled), formatQty(qty), side);
    this.#room.notices.add({ type: "remark", text });
  }

  async #whileLeaving<T>(ids: readonly number[], reply: Promise<T>): Promise<T> {
    for (const id of ids) this.#leaving.add(id);
    const message = await reply;
    for (const id of ids) this.#leaving.delete(id);
    return message;
  }
}
