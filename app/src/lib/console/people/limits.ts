/** The trading limits as fields of a form, with the bounds that the exchange checks. */

import { limits as ceilings, type Limits } from "#protocol";

/** The limits that always have a number. The loss limit is not among them: it may be off. */
export const countedLimits = [
  { name: "max_position", testid: "limit-position", min: 0, max: ceilings.maxPosition },
  { name: "max_order_qty", testid: "limit-order-qty", min: 1, max: ceilings.maxOrderQty },
  { name: "max_open_orders", testid: "limit-open-orders", min: 0, max: ceilings.maxOpenOrders },
  { name: "orders_per_sec", testid: "limit-rate", min: 1, max: ceilings.maxOrdersPerSec },
] as const satisfies readonly { name: keyof Limits; testid: string; min: number; max: number }[];

/** Whether a user's limits differ from those of everybody. */
export function hasOwnLimits(own: Limits | undefined, everybodys: Limits | null): boolean {
  if (!own || !everybodys) return false;
  return (Object.keys(everybodys) as (keyof Limits)[]).some(
    (name) => own[name] !== everybodys[name],
  );
}
