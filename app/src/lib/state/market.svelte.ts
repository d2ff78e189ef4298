/**
 * The public market of one instrument and the user's orders in it, one rune a field: only readers of a changed field
 * are redrawn.
 */

import { SvelteMap } from "svelte/reactivity";
import type { OpenOrder, Side, Level } from "#protocol";
import type { PathPoint } from "#lib/trading/path.ts";
import type { QueuePosition } from "./queue-position.ts";

export class Market {
  readonly inst: number;
  /** [price, quantity], best first. */
  bids = $state.raw<readonly Level[]>([]);
  asks = $state.raw<readonly Level[]>([]);
  last = $state.raw<number | null>(null);
  /** The last trade: quantity, side of the aggressor, and direction of its price against the trade before. */
  lastQty = $state.raw<number | null>(null);
  lastSide = $state.raw<Side | null>(null);
  lastMove = $state.raw<-1 | 0 | 1>(0);
  /** Sums of all trades since the listing, as the exchange keeps them: the same for everybody. */
  volume = $state.raw(0);
  trades = $state.raw(0);
  first = $state.raw<number | null>(null);
  high = $state.raw<number | null>(null);
  low = $state.raw<number | null>(null);
  /** Own open orders, oldest first. */
  orders = $state.raw<readonly OpenOrder[]>([]);
  /** Estimated queue positions of own orders, by order id. */
  queue = $state.raw<ReadonlyMap<number, QueuePosition>>(new Map());
  /** Quantity traded at each price since the listing, by `priceKey(price)`; empty until the exchange has told it. */
  readonly volumeAt = new SvelteMap<string, number>();
  /** Width of the groups into which prices were put, each at its lowest price; null: every price by itself. */
  volumeStep = $state.raw<number | null>(null);
  /** The path of the price, oldest first; empty until the exchange has told it. */
  path = $state.raw<readonly PathPoint[]>([]);
  /** The `seq` up to which the book is known; null before the first book. */
  bookSeq: number | null = null;
  /** The `seq` up to which the exchange has counted trades into the sums, and into volume by price and path. */
  countedTo = 0;
  historyTo: number | null = null;
  /** Price of the last trade, to which the next one is compared. */
  lastTradePrice: number | null = null;

  constructor(inst: number) {
    this.inst = inst;
  }
}
