/** The fate of the rest of an order of which a part has filled. */

import type { OpenOrder } from "#protocol";
import { formatPrice, formatQty } from "#lib/format.ts";
import { words } from "./words.ts";

interface OwnOrders {
  readonly orders: readonly OpenOrder[];
  readonly doneOrders: readonly OpenOrder[];
}

/** `order`: the order whose rest waits in the book. */
export interface Rest {
  readonly text: string;
  readonly order: OpenOrder | null;
}

/** @param tick of the order's instrument. @returns null: all of it has filled, or it is not known */
export function restOf({ orders, doneOrders }: OwnOrders, id: number, tick: number): Rest | null {
  const order = orders.find(({ order_id }) => order_id === id);
  if (order !== undefined) {
    const text = words.rest.waits(formatQty(order.leaves), formatPrice(order.price, tick));
    return { text, order };
  }
  const done = doneOrders.find(({ order_id }) => order_id === id);
  const left = done?.status === "cancelled" ? done.qty - done.filled : 0;
  return left > 0 ? { text: words.rest.cancelled(formatQty(left)), order: null } : null;
}
