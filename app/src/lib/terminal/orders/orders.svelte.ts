/** What the trader does, as commands to the room; and what of it is still on its way. */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { OpenOrder, Side } from "#protocol";
import { formatQty } from "#lib/format.ts";
import type { RoomView } from "#lib/state/room-view.ts";
import { words } from "#lib/terminal/words.ts";
import { atMost } from "#lib/trading/lots.ts";
import { instrumentBlock } from "./block.ts";

/** An order under way to another price or quantity; the original stays until the exchange has answered. */
export interface Moving {
  readonly inst: number;
  readonly side: Side;
  readonly price: number | null;
  readonly qty: number;
}

export class Trading {
  readonly #room: RoomView;
  readonly #moving = new SvelteMap<number, Moving>();
  readonly #leaving = new SvelteSet<number>();
  /** How often all orders were cancelled: what is on its way in parts stops then. */
  cancelsOfAll = 0;

  constructor(room: RoomView) {
    this.#room = room;
  }

  /** By order id. */
  get moving(): ReadonlyMap<number, Moving> {
    return this.#moving;
  }

  /** Ids of orders asked to be cancelled or moved. */
  get leaving(): ReadonlySet<number> {
    return this.#leaving;
  }

  /** Why nothing can be placed in the instrument now; null: trading is free. */
  blockOf(inst: number): string | null {
    return instrumentBlock(this.#room, this.#room.instrument(inst));
  }

  /** A limit order, or the reason why not at the place of the click. */
  place(inst: number, side: Side, price: number, qty: number): void {
    const block = this.blockOf(inst);
    if (block !== null) this.#room.notify({ kind: "error", text: block, inst, price });
    else void this.#room.send({ op: "order_new", inst, side, price, qty });
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

  /** All of one's orders in the instrument, or those of one side. */
  cancelIn(inst: number, side?: Side): void {
    this.cancel(this.#room.ordersIn(inst).filter((o) => side === undefined || o.side === side));
  }

  /** Asks even where this page knows of no order: the exchange may. */
  cancelAll(): void {
    this.cancelsOfAll++;
    const ids = this.#room.orders.map((o) => o.order_id);
    void this.#whileLeaving(ids, this.#room.send({ op: "cancel_all" }));
  }

  async move(orders: readonly OpenOrder[], price: number): Promise<void> {
    await Promise.all(orders.map((order) => this.amend(order, price, null)));
  }

  /** Another price, another quantity left to trade, or both. */
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
      this.#room.notify({ kind: "error", text: words.orders.gone, inst, price });
  }

  /** Cancels what works in the instrument and trades the position away at the market. */
  flatten(inst: number): void {
    this.#trade(inst, 1);
  }

  /** The same, twice: a long position becomes as short. */
  reverse(inst: number): void {
    this.#trade(inst, 2);
  }

  #trade(inst: number, times: 1 | 2): void {
    this.cancelIn(inst);
    const held = this.#room.position(inst)?.qty ?? 0;
    const block = this.blockOf(inst);
    if (held === 0) return;
    if (block !== null) return this.#room.notify({ kind: "error", text: block, inst });
    const most = this.#room.limits?.max_order_qty ?? Infinity;
    const lot = this.#room.instrument(inst)?.lot_size ?? 1;
    const qty = atMost(Math.abs(held) * times, most, lot);
    void this.#atMarket(inst, held > 0 ? "sell" : "buy", qty);
  }

  async #atMarket(inst: number, side: Side, qty: number): Promise<void> {
    const reply = await this.#room.send({ op: "order_new", inst, side, qty, type: "market" });
    if (reply.type !== "order_ack" || reply.filled >= qty) return;
    const text = words.ladder.partly(formatQty(reply.filled), formatQty(qty), side);
    this.#room.notify({ kind: "info", text, inst });
  }

  async #whileLeaving<T>(ids: readonly number[], reply: Promise<T>): Promise<T> {
    for (const id of ids) this.#leaving.add(id);
    const message = await reply;
    for (const id of ids) this.#leaving.delete(id);
    return message;
  }
}
