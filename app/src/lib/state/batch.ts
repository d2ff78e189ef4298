/** Gathers trades, fills, orders and events of one batch of messages, to be merged and told once, at its end. */

import type { Message, OpenOrder, Request } from "#protocol";
import type { RemovalReason, RoomEvent } from "./events.ts";

export interface Batch {
  readonly events: RoomEvent[];
  readonly trades: Message<"trade">[];
  readonly fills: Message<"fill">[];
  readonly doneOrders: OpenOrder[];
  /** Counts of own orders that somebody or something else took out of the book. */
  readonly removed: Map<RemovalReason, number>;
  /** Instruments that were halted (true) or resumed. */
  readonly halted: Map<number, boolean>;
  /** Instruments that settled, and the payout of each. */
  readonly settled: { inst: number; value: number; payout: number | undefined }[];
  /** The request that a reply answers, while it is unanswered. */
  readonly requestOf: RequestLookup;
}

export type RequestLookup = (cid: string | undefined) => Request | undefined;

export const newBatch = (requestOf: RequestLookup): Batch => ({
  ...{ events: [], trades: [], fills: [], doneOrders: [], settled: [] },
  ...{ removed: new Map(), halted: new Map(), requestOf },
});
