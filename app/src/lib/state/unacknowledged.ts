/**
 * Finds out whether an order was accepted after its reply was lost with the line: by the open orders and the fills
 * since.
 */

import type { Message, OpenOrder, Request } from "#protocol";

/** Greatest difference between the clocks of page and server. */
const CLOCK_SLACK_MS = 2_000;

export interface Evidence {
  /** Own open orders that the exchange has sent after the resume. */
  readonly orders: readonly OpenOrder[];
  readonly fills: readonly Message<"fill">[];
  /** Ids of orders known before the drop: their fills prove nothing. Orders that have proved a request are added. */
  readonly known: Set<number>;
}

/** @param sentAt time of sending by the server's clock, Unix ms */
export function wasAccepted(
  request: Request,
  cid: string,
  sentAt: number,
  evidence: Evidence,
): boolean {
  if (request.op === "replace") {
    const order = evidence.orders.find((one) => one.order_id === request.order_id);
    return (
      order !== undefined &&
      (request.price === undefined || request.price === order.price) &&
      (request.qty === undefined || request.qty === order.leaves)
    );
  }
  if (evidence.orders.some((order) => order.cid === cid)) return true;
  if (request.op !== "order_new") return false;
  const proof = evidence.fills.find(
    (fill) =>
      !evidence.known.has(fill.order_id) &&
      fill.inst === request.inst &&
      fill.side === request.side &&
      fill.qty + fill.leaves <= request.qty &&
      fill.ts >= sentAt - CLOCK_SLACK_MS,
  );
  if (proof !== undefined) evidence.known.add(proof.order_id);
  return proof !== undefined;
}
