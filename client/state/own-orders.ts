/** Own orders of which a part rests, by the messages that tell of them. */

import type { Message, Side } from "#protocol";

export interface RestingOrder {
  readonly order_id: number;
  readonly inst: number;
  readonly side: Side;
  readonly price: number | null;
  readonly leaves: number;
}

export class OwnOrders {
  readonly #orders = new Map<number, RestingOrder>();

  /** Takes any message but a repeated reply, which is out of date. */
  apply(message: Message): void {
    switch (message.type) {
      case "order":
      case "order_ack":
        return this.#rest(message);
      case "replace_ack": {
        const known = this.#orders.get(message.order_id);
        const { order_id, leaves } = message;
        const { inst = known?.inst, side = known?.side, price = known?.price } = message;
        if (!message.success) this.#orders.delete(order_id);
        else if (inst !== undefined && side !== undefined && price !== undefined)
          this.#rest({ order_id, inst, side, price, leaves });
        return;
      }
      case "cancel_ack":
        // An order that the room does not know is gone as well.
        this.#orders.delete(message.order_id);
        return;
      case "cancel_inst_ack":
      case "cancel_all_ack":
        return this.#drop(message.order_ids);
      case "quote_ack": {
        this.#drop(message.order_ids);
        const { inst, bid, ask } = message;
        if (bid !== null) this.#rest({ ...bid, inst, side: "buy" });
        if (ask !== null) this.#rest({ ...ask, inst, side: "sell" });
        return;
      }
      case "orders":
        // The host has asked for somebody else's.
        if (message.user_id !== undefined) return;
        this.#orders.clear();
        for (const order of message.orders) this.#rest(order);
    }
  }

  get(orderId: number): RestingOrder | undefined {
    return this.#orders.get(orderId);
  }

  /** All of them, oldest first; of one instrument if it is named. */
  all(inst?: number): readonly RestingOrder[] {
    const all = [...this.#orders.values()].sort((a, b) => a.order_id - b.order_id);
    return inst === undefined ? all : all.filter((order) => order.inst === inst);
  }

  #rest({ order_id, inst, side, price, leaves }: RestingOrder): void {
    if (leaves > 0) this.#orders.set(order_id, { order_id, inst, side, price, leaves });
    else this.#orders.delete(order_id);
  }

  #drop(orderIds: readonly number[]): void {
    for (const orderId of orderIds) this.#orders.delete(orderId);
  }
}
