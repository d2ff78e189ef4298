/**
 * Sends all orders, quotes, changes and cancels of the terminal, unless something blocks them, and knows which of them
 * are under way.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Message, OpenOrder, Side, Tif } from "#protocol";
import { formatQty } from "#lib/format.ts";
import type { Command, RoomClient } from "#lib/state/room-client.svelte.ts";
import { atMost } from "#lib/trading/lots.ts";
import { instrumentBlock } from "./block.ts";
import type { GuardedOrder, GuardSettings } from "./guard.ts";
import { PressGuard } from "./press-guard.svelte.ts";
import { Quoter, type TwoSidedQuote } from "./quoter.svelte.ts";
import { words } from "./words.ts";

/** The new price and quantity of an order whose replace is under way. The order itself stays until the reply. */
export interface MovingOrder {
  readonly inst: number;
  readonly side: Side;
  readonly price: number | null;
  readonly qty: number;
}

/** The parts of the preferences that orders follow. */
export interface OrderSettings extends Partial<GuardSettings> {
  armed: boolean;
}

export type NewOrder = Extract<Command, { op: "order_new" }>;

export class Orders {
  readonly #room: RoomClient;
  readonly #settings: OrderSettings;
  /** Asks again before an unusual order. */
  readonly guard: PressGuard;
  /** Sends two-sided quotes. */
  readonly quoter: Quoter;
  readonly #moving = new SvelteMap<number, MovingOrder>();
  readonly #leaving = new SvelteSet<number>();
  /** Number of times that all orders were cancelled: a spread that is being sent stops when it changes. */
  cancelsOfAll = 0;

  constructor(room: RoomClient, settings: OrderSettings = { armed: true }) {
    this.#room = room;
    this.#settings = settings;
    this.guard = new PressGuard(room, settings);
    this.quoter = new Quoter(room, this);
  }

  /** Whether a single press may send an order; if not, it only fills the ticket. */
  get armed(): boolean {
    return this.#settings.armed;
  }

  set armed(on: boolean) {
    this.#settings.armed = on;
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

  /**
   * Sends a limit order, or shows at its price why it cannot. An unusual one waits for a second press.
   * @returns whether it was sent
   */
  place(inst: number, side: Side, price: number, qty: number, tif: Tif = "GFD"): boolean {
    const block = this.blockOf(inst);
    if (block !== null) this.#room.notices.add({ type: "refused", message: block, inst, price });
    return this.submit(limitOrder(inst, side, price, qty, tif));
  }

  /** Sends an order, unless something blocks it or it waits for a second press. @returns whether it was sent */
  submit(order: NewOrder): boolean {
    if (this.blockOf(order.inst) !== null) return false;
    if (!this.guard.lets(keyOf(order), [{ ...order, price: order.price ?? null }])) return false;
    void this.#sendOrder(order);
    return true;
  }

  /** The question about an order that waits for its second press; else null. */
  questionAbout(order: NewOrder): string | null {
    return this.guard.questionFor(keyOf(order));
  }

  /** Sends an order, and says if nothing has come of it: a fill and a resting order are told elsewhere. */
  async #sendOrder(order: NewOrder): Promise<void> {
    const reply = await this.#room.send(order);
    if (reply.type !== "order_ack" || reply.filled > 0 || reply.status !== "cancelled") return;
    const symbol = this.#room.instrument(order.inst)?.symbol ?? "";
    const text = words.nothing(formatQty(order.qty), symbol, order.side);
    this.#room.notices.add({ type: "remark", text });
  }

  /** Sends an immediate-or-cancel order at this price. */
  take(inst: number, side: Side, qty: number, price: number): Promise<Message> {
    return this.#room.send({ op: "order_new", inst, side, qty, price, tif: "IOC" });
  }

  atMarket(inst: number, side: Side, qty: number): Promise<Message> {
    return this.#room.send({ op: "order_new", inst, side, qty, type: "market" });
  }

  /** Sends a quote: both sides in one request, without a side that has no price or quantity. */
  quote(inst: number, { bid, bidQty, ask, askQty, postOnly }: TwoSidedQuote): Promise<Message> {
    return this.#room.send({
      op: "quote",
      inst,
      ...(bid !== null && bidQty !== null && bidQty > 0 ? { bid, bid_qty: bidQty } : {}),
      ...(ask !== null && askQty !== null && askQty > 0 ? { ask, ask_qty: askQty } : {}),
      ...(postOnly ? { post_only: true } : {}),
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

  /** Whether the user has an order or quote that works, or may yet: there is something to cancel. */
  get hasAny(): boolean {
    const { orders, pending } = this.#room;
    return (
      orders.length > 0 || pending.some(({ state }) => state !== "unsent") || this.quoter.isSending
    );
  }

  /** Cancels all orders. The request is sent even if the page knows of none: the exchange may have some. */
  cancelAll(): void {
    this.cancelsOfAll++;
    this.guard.confirmation.drop();
    const ids = this.#room.orders.map((o) => o.order_id);
    void this.#whileLeaving(ids, this.#room.send({ op: "cancel_all" }));
  }

  /** Whether a press may change the orders: nothing is unusual about it, or it is the second one. */
  letsChange(orders: readonly OpenOrder[], price: number | null, qty: number | null): boolean {
    return this.guard.lets(changeKey(orders, price, qty), changesOf(orders, price, qty));
  }

  /** The question about a change that waits for its second press; else null. */
  questionAboutChange(
    orders: readonly OpenOrder[],
    price: number | null,
    qty: number | null,
  ): string | null {
    return this.guard.questionFor(changeKey(orders, price, qty));
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
    this.#trade("flatten", inst);
  }

  /** Flattens with twice the quantity: a long position becomes an equal short one. */
  reverse(inst: number): void {
    this.#trade("reverse", inst);
  }

  /** The question about flattening or reversing, while it waits for its second press; else null. */
  questionAboutClosing(how: "flatten" | "reverse", inst: number): string | null {
    return this.guard.questionFor(`${how} ${inst}`);
  }

  #trade(how: "flatten" | "reverse", inst: number): void {
    const held = this.#room.position(inst)?.qty ?? 0;
    const block = this.blockOf(inst);
    if (held === 0 || block !== null) {
      this.cancelIn(inst);
      if (held !== 0 && block !== null)
        this.#room.notices.add({ type: "refused", message: block, inst });
      return;
    }
    const most = this.#room.limits?.max_order_qty ?? Infinity;
    const lot = this.#room.instrument(inst)?.lot_size ?? 1;
    const qty = atMost(Math.abs(held) * (how === "flatten" ? 1 : 2), most, lot);
    const side = held > 0 ? "sell" : "buy";
    const order = { inst, side, qty, price: null, isSizeGiven: how === "flatten" } as const;
    if (!this.guard.lets(`${how} ${inst}`, [order])) return;
    this.cancelIn(inst);
    void this.#tradeOut(inst, side, qty);
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

function limitOrder(inst: number, side: Side, price: number, qty: number, tif: Tif): NewOrder {
  return { op: "order_new", inst, side, price, qty, ...(tif === "GFD" ? {} : { tif }) };
}

/** The order as text: the second press sends the same. */
function keyOf({ inst, side, qty, price, type = "limit", tif = "GFD" }: NewOrder): string {
  return `order ${[inst, side, qty, price ?? null, type, tif].join()}`;
}

function changeKey(orders: readonly OpenOrder[], price: number | null, qty: number | null): string {
  return `change ${orders.map(({ order_id }) => order_id).join()} ${price} ${qty}`;
}

/** The changed orders, as far as the change can make them unusual: not those that keep their price and do not grow. */
function changesOf(
  orders: readonly OpenOrder[],
  price: number | null,
  qty: number | null,
): GuardedOrder[] {
  return orders.flatMap((order) => {
    const grows = qty !== null && qty > order.leaves;
    const to = price ?? order.price;
    if (to === null || (to === order.price && !grows)) return [];
    const { inst, side, leaves } = order;
    return [{ inst, side, price: to, qty: qty ?? leaves, isSizeGiven: !grows }];
  });
}
