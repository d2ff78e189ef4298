/**
 * Positions of a trader as stories: what opened one, what closed it, what was still held in the end. Fills close the oldest
 * contracts first, so that the stories' gains add up to the P&L of the trades. Knows no words and no market.
 */

import type { ExportRow } from "#protocol";

export type StoryTrade = Pick<
  ExportRow<"trades">,
  | "trade_id"
  | "ts"
  | "inst"
  | "price"
  | "qty"
  | "aggressor"
  | "buyer_id"
  | "seller_id"
  | "buy_order_id"
  | "sell_order_id"
>;

/** Contracts that were opened or closed at a price. */
export interface Lot {
  readonly tradeId: number;
  readonly ts: number;
  readonly price: number;
  readonly qty: number;
  readonly isMaker: boolean;
  /** The other side; 0: not told. */
  readonly otherId: number;
}

export interface Story {
  readonly inst: number;
  /** Side that opened it. */
  readonly side: "buy" | "sell";
  /** Fills of one order, or of one moment. */
  readonly opened: Lot[];
  readonly closed: Lot[];
  /** Contracts held to the end. */
  kept: number;
}

/** Fills of one side, without another between, that lie no further apart are of one moment, ms. */
const momentMs = 1_000;

/** @param trades in the order in which they happened */
export function storiesOf(trades: readonly StoryTrade[], userId: number): Story[] {
  const books = new Map<number, Follower>();
  for (const trade of trades) {
    const { inst, buyer_id, seller_id } = trade;
    if (buyer_id !== userId && seller_id !== userId) continue;
    let book = books.get(inst ?? 0);
    if (book === undefined) books.set(inst ?? 0, (book = new Follower(inst ?? 0)));
    book.take(trade, buyer_id === userId ? "buy" : "sell");
  }
  return [...books.values()].flatMap(({ stories }) => stories);
}

/** Follows the position in one instrument. */
class Follower {
  readonly stories: Story[] = [];
  readonly #inst: number;
  /** First story with contracts left. */
  #oldest = 0;
  #last: { side: "buy" | "sell"; orderId: number | null; ts: number } | null = null;

  constructor(inst: number) {
    this.#inst = inst;
  }

  take(trade: StoryTrade, side: "buy" | "sell"): void {
    const { trade_id, aggressor, buyer_id, seller_id, buy_order_id, sell_order_id } = trade;
    const [orderId, otherId] =
      side === "buy" ? [buy_order_id, seller_id] : [sell_order_id, buyer_id];
    const lot = {
      ...{ tradeId: trade_id ?? 0, ts: trade.ts ?? 0, price: trade.price ?? 0 },
      ...{ isMaker: aggressor !== side, otherId: otherId ?? 0 },
    };
    const left = this.#close(side, { ...lot, qty: trade.qty ?? 0 });
    if (left > 0) this.#open(side, { ...lot, qty: left }, orderId);
    this.#last = { side, orderId, ts: lot.ts };
  }

  /** @returns contracts that close nothing */
  #close(side: "buy" | "sell", lot: Lot): number {
    let left = lot.qty;
    for (; left > 0 && this.#oldest < this.stories.length; this.#oldest++) {
      const story = this.stories[this.#oldest] as Story;
      if (story.side === side) break;
      const qty = Math.min(left, story.kept);
      if (qty > 0) story.closed.push({ ...lot, qty });
      story.kept -= qty;
      left -= qty;
      if (story.kept > 0) break;
    }
    return left;
  }

  #open(side: "buy" | "sell", lot: Lot, orderId: number | null): void {
    const story = this.stories.at(-1);
    const last = this.#last;
    const isSame =
      last !== null &&
      last.side === side &&
      ((orderId !== null && orderId === last.orderId) || lot.ts - last.ts <= momentMs);
    if (isSame && story !== undefined && story.side === side) {
      story.opened.push(lot);
      story.kept += lot.qty;
      return;
    }
    this.stories.push({ inst: this.#inst, side, opened: [lot], closed: [], kept: lot.qty });
  }
}

/** Contracts of some lots together. */
export function qtyOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, { qty }) => sum + qty, 0);
}

/** Mean price of some lots, by contracts. */
export function priceOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, { price, qty }) => sum + price * qty, 0) / qtyOf(lots);
}
