/** Gathers trades, fills, orders and events of one batch of messages, which are merged and reported at its end. */

import type { Message, OpenOrder, Request, SettlementResult } from "#protocol";
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
  /** Instruments that were settled or corrected, in order: the options that follow another stand before it. */
  readonly settled: SettledInstrument[];
  /** Instruments that are new to the user. */
  readonly listed: number[];
  /** Finds the unanswered request of a reply. */
  readonly requestOf: RequestLookup;
}

export interface SettledInstrument {
  readonly inst: number;
  readonly value: number;
  /** Whether it is an option that follows its underlying. */
  readonly follows: boolean;
  readonly corrected: boolean;
  readonly result: SettlementResult | null;
  readonly results: Message<"settlement">["results"];
}

export type RequestLookup = (cid: string | undefined) => Request | undefined;

export const newBatch = (requestOf: RequestLookup): Batch => ({
  ...{ events: [], trades: [], fills: [], doneOrders: [], settled: [], listed: [] },
  ...{ removed: new Map(), halted: new Map(), requestOf },
});
