/** Whether the exchange took an order before the line dropped: told by what it holds and what was traded since. */

import type { Message, OpenOrder, Request } from "#protocol";

/** How far the clocks of the two ends may differ. */
const CLOCK_SLACK_MS = 2_000;

export interface Seen {
  /** Own open orders, as the exchange tells them after the resume. */
  readonly orders: readonly OpenOrder[];
  readonly fills: readonly Message<"fill">[];
  /** Orders known before the drop, so that their fills prove nothing. Those that proved something are added. */
  readonly known: Set<number>;
}

/** @param sentAt by the server's clock. */
export function wasTaken(request: Request, cid: string, sentAt: number, seen: Seen): boolean {
  if (request.op === "replace") {
    const order = seen.orders.find((one) => one.order_id === request.order_id);
    return (
      order !== undefined &&
      (request.price === undefined || request.price === order.price) &&
      (request.qty === undefined || request.qty === order.leaves)
    );
  }
  if (seen.orders.some((order) => order.cid === cid)) return true;
  if (request.op !== "order_new") return false;
  const proof = seen.fills.find(
    (fill) =>
      !seen.known.has(fill.order_id) &&
      fill.inst === request.inst &&
      fill.side === request.side &&
      fill.qty + fill.leaves <= request.qty &&
      fill.ts >= sentAt - CLOCK_SLACK_MS,
  );
  if (proof !== undefined) seen.known.add(proof.order_id);
  return proof !== undefined;
}
