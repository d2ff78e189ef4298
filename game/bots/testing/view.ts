/** Markets and views as bots see them, made by hand. */

import { defaultLimits, type OpenOrder } from "#protocol";
import type { Chance } from "../bot.ts";
import type { BotView, Market } from "../view.ts";

/** A scalar of ticks of 1 between 0 and 100, with nothing in its book. */
export function market(
  more: Partial<Omit<Market, "instrument">> & { instrument?: Partial<Market["instrument"]> } = {},
): Market {
  const { instrument, ...rest } = more;
  return {
    ...{ bids: [], asks: [], last: null, position: 0, orders: [], table: null, own: null },
    ...rest,
    instrument: {
      ...{ inst: 1, symbol: "X", type: "SCALAR", reference_id: null, strike: null },
      ...{ tick_size: 1, lot_size: 1, min_price: 0, max_price: 100, opening_price: null },
      ...instrument,
    },
  };
}

export function view(markets: readonly Market[], more: Partial<BotView> = {}): BotView {
  return {
    ...{ now: 0, limits: defaultLimits, rules: {}, pnl: 0, ordersLeft: 10, question: null },
    ...{ contest: null, seats: 0, answer: null, markets, trades: [] },
    ...more,
  };
}

/** An own order that rests. */
export const resting = (more: Partial<OpenOrder>): OpenOrder => ({
  ...{ order_id: 1, inst: 1, side: "buy", price: 50, qty: 5, leaves: 5, filled: 0 },
  ...{ status: "open", type: "limit", tif: "GFD", post_only: false, quote: false, cid: null },
  ...{ ts: 0, seq: 0 },
  ...more,
});

/** Public trades, one after the other. */
export const trades = (...prices: number[]): BotView["trades"] =>
  prices.map(
    (price, at) => ({ type: "trade", inst: 1, price, qty: 1, seq: at + 1 }) as BotView["trades"][0],
  );

/** Draws the middle of every range: nobody errs, and of two even chances the second comes. */
export const even: Chance = { below: (bound) => Math.floor(bound / 2) };
/** Draws the given parts of a range, one after the other, and then the middle. */
export function draws(...parts: number[]): Chance {
  const left = [...parts];
  return { below: (bound) => Math.floor((left.shift() ?? 0.5) * bound) };
}
