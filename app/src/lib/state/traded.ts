/**
 * The trades of an instrument as the room counts them: the exchange tells sums, volume by price and path up to a `seq`,
 * and each later trade goes on from there. A trade that the exchange has counted is not counted again.
 */

import type { Message } from "#protocol";
import { priceKey } from "#lib/trading/grid.ts";
import { lengthen } from "#lib/trading/path.ts";
import { addVolume } from "#lib/trading/volume.ts";
import type { Market } from "./market.svelte.ts";

type Sums = Pick<Message<"snapshot">, "volume" | "trades" | "first" | "high" | "low" | "last">;
type Trade = Pick<Message<"trade">, "price" | "qty" | "ts" | "seq">;

export function takeSums(market: Market, sums: Sums, seq: number): void {
  const { volume, trades, first, high, low, last } = sums;
  // Trades were missed, and the last one may be among them.
  if (trades !== market.trades)
    Object.assign(market, { lastQty: null, lastSide: null, lastMove: 0, lastTradePrice: last });
  Object.assign(market, { volume, trades, first, high, low, last, countedTo: seq });
}

export function takeHistory(market: Market, history: Message<"history">): void {
  market.volumeAt.clear();
  for (const [price, qty] of history.by_price) market.volumeAt.set(priceKey(price), qty);
  market.volumeStep = history.price_step;
  market.path = history.path;
  market.historyTo = history.seq;
}

/** @param fresh oldest first */
export function countTrades(market: Market, fresh: readonly Trade[], tick: number): void {
  for (const { price, qty, seq } of fresh) {
    if (seq <= market.countedTo) continue;
    market.volume += qty;
    market.trades++;
    market.first ??= price;
    market.high = Math.max(market.high ?? price, price);
    market.low = Math.min(market.low ?? price, price);
  }
  const { historyTo } = market;
  if (historyTo === null) return;
  const uncounted = fresh.filter(({ seq }) => seq > historyTo);
  for (const trade of uncounted)
    market.volumeStep = addVolume({ at: market.volumeAt, step: market.volumeStep }, trade, tick);
  if (uncounted.length > 0)
    market.path = lengthen(
      market.path,
      uncounted.map(({ ts, price }) => [ts, price]),
    );
}
