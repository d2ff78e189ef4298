/** Requests as bots make them: prices on the tick grid, within the bounds of the instrument. */

import { round6 } from "../units/decimals.ts";
import type { Side } from "#protocol";
import { bestAsk, bestBid, type BotRequest, type Market } from "./view.ts";

/** The nearest price of the grid that is not above (bids) or below (asks) `price`; within the bounds. */
export function onGrid({ instrument }: Market, price: number, side: Side): number {
  const { tick_size: tick, min_price: min, max_price: max } = instrument;
  const steps = side === "buy" ? Math.floor(price / tick + 1e-9) : Math.ceil(price / tick - 1e-9);
  return round6(Math.min(max, Math.max(min, steps * tick)));
}

export function lots({ instrument }: Market, count: number): number {
  return Math.max(1, Math.round(count)) * instrument.lot_size;
}

/** Takes what rests at the best price of the other side, up to `count` lots; null: there is nothing. */
export function take(market: Market, side: Side, count: number): BotRequest | null {
  const price = side === "buy" ? bestAsk(market) : bestBid(market);
  const there = (side === "buy" ? market.asks : market.bids)[0]?.[1] ?? 0;
  if (price === null) return null;
  const qty = Math.min(lots(market, count), there);
  const { inst } = market.instrument;
  return { op: "order_new", inst, side, qty, price, tif: "IOC" };
}

/** Leaves an order in the book. */
export function rest(market: Market, side: Side, price: number, count: number): BotRequest {
  const { inst } = market.instrument;
  return {
    ...{ op: "order_new", inst, side, qty: lots(market, count) },
    price: onGrid(market, price, side),
  };
}

export interface TwoSided {
  bid: number;
  ask: number;
  bidQty: number;
  askQty: number;
}

/** Replaces the own quote. A side at or below nothing, where prices begin there, is no bid. */
export function quote(market: Market, { bid, ask, bidQty, askQty }: TwoSided): BotRequest {
  const { inst, tick_size: tick, min_price: min, max_price: max } = market.instrument;
  const [low, high] = [onGrid(market, bid, "buy"), onGrid(market, ask, "sell")];
  const isWorthless = market.instrument.type !== "SCALAR" && low < tick;
  // At a bound of the price one of the two gives way.
  const top = low >= high ? Math.min(max, low + tick) : high;
  const bottom = low >= top ? Math.max(min, top - tick) : low;
  return {
    ...{ op: "quote", inst, bid: round6(bottom), ask: round6(top) },
    ...{ bid_qty: isWorthless ? 0 : bidQty, ask_qty: askQty },
  };
}

/** The bot's own quote in the book. */
export function quoted({ orders }: Market): Partial<TwoSided> {
  const [bid, ask] = (["buy", "sell"] as const).map((side) =>
    orders.find((order) => order.quote && order.side === side),
  );
  return {
    ...(bid && bid.price !== null && { bid: bid.price, bidQty: bid.leaves }),
    ...(ask && ask.price !== null && { ask: ask.price, askQty: ask.leaves }),
  };
}
