/** The public market of one instrument and one's orders in it, in runes: a screen that reads one field is redrawn for that field only. */

import { SvelteMap } from "svelte/reactivity";
import type { OpenOrder, Side, Level } from "#protocol";
import type { QueuePosition } from "./queue-position.ts";

export class Market {
  readonly inst: number;
  /** [price, quantity], best first. */
  bids = $state.raw<readonly Level[]>([]);
  asks = $state.raw<readonly Level[]>([]);
  last = $state.raw<number | null>(null);
  /** Of the last trade: quantity, aggressor, and the direction against the trade before. */
  lastQty = $state.raw<number | null>(null);
  lastSide = $state.raw<Side | null>(null);
  lastMove = $state.raw<-1 | 0 | 1>(0);
  high = $state.raw<number | null>(null);
  low = $state.raw<number | null>(null);
  /** Own open orders in it, oldest first. */
  orders = $state.raw<readonly OpenOrder[]>([]);
  /** Estimated positions of own orders in the queues at their prices, by order id. */
  queue = $state.raw<ReadonlyMap<number, QueuePosition>>(new Map());
  /** Traded quantity by price since this page joined, keyed by `priceKey(price)`. */
  readonly volumeAt = new SvelteMap<string, number>();
  /** Event up to which the book tells; null before the first. */
  bookSeq: number | null = null;
  /** Of the trade before, to tell where the next one moves. */
  lastTradePrice: number | null = null;

  constructor(inst: number) {
    this.inst = inst;
  }
}
