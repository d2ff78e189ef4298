/** The market of one instrument in runes: a screen that reads one field is redrawn for that field only. */

import { SvelteMap } from "svelte/reactivity";
import type { OpenOrder, Side, Level } from "#protocol";
import type { QueuePlace } from "./queue.ts";
import type { MarketData } from "./room-data.ts";

export class Market implements MarketData {
  readonly inst: number;
  bids = $state.raw<readonly Level[]>([]);
  asks = $state.raw<readonly Level[]>([]);
  last = $state.raw<number | null>(null);
  lastQty = $state.raw<number | null>(null);
  lastSide = $state.raw<Side | null>(null);
  lastMove = $state.raw<-1 | 0 | 1>(0);
  high = $state.raw<number | null>(null);
  low = $state.raw<number | null>(null);
  orders = $state.raw<readonly OpenOrder[]>([]);
  queue = $state.raw<ReadonlyMap<number, QueuePlace>>(new Map());
  readonly volumeAt = new SvelteMap<string, number>();
  bookSeq: number | null = null;
  lastTradePrice: number | null = null;

  constructor(inst: number) {
    this.inst = inst;
  }
}
