/** Gathers trades, fills, orders and events of one batch of messages, which are merged and reported at its end. */

import type { Message, OpenOrder, Request } from "#protocol";
import type { RemovalReason, RoomEvent } from "./events.ts";

export interface Batch {
  readonly events: RoomEvent[];
  readonly trades: Message<"trade">[];
  readonly fills: Message<"fill">[];
  readonly doneOrders: OpenOrder[];
  /** Numbers of own orders that were removed by others than their owner, by reason. */
  readonly removed: Map<RemovalReason, number>;
  /** Instruments that were halted (true) or resumed. */
  readonly halted: Map<number, boolean>;
  /** Instruments that settled, and the payout of each. */
  readonly settled: { inst: number; value: number; payout: number | undefined }[];
  /** Finds the unanswered request of a reply. */
  readonly requestOf: RequestLookup;
}

export type RequestLookup = (cid: string | undefined) => Request | undefined;

export const newBatch = (requestOf: RequestLookup): Batch => ({
  ...{ events: [], trades: [], fills: [], doneOrders: [], settled: [] },
  ...{ removed: new Map(), halted: new Map(), requestOf },
});
