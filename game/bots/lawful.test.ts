import { expect, test } from "vitest";
import { defaultLimits } from "#protocol";
import { lawful } from "./lawful.ts";
import type { BotView, Market } from "./view.ts";

const market = (more: Partial<Market> = {}): Market => ({
  instrument: {
    ...{ inst: 1, symbol: "X", type: "SCALAR", reference_id: null, strike: null },
    ...{ tick_size: 1, lot_size: 1, min_price: 0, max_price: 100, opening_price: null },
  },
  ...{ bids: [], asks: [], last: null, position: 0, orders: [], table: null, own: null },
  ...more,
});
const view = (more: Partial<BotView> = {}, of = market()): BotView => ({
  ...{ now: 0, limits: defaultLimits, rules: {}, pnl: 0, ordersLeft: 10, question: null },
  ...{ contest: null, seats: 0, answer: null, markets: [of], trades: [] },
  ...more,
});
const order = { op: "order_new", inst: 1, side: "buy", qty: 8, price: 50 } as const;
const quote = { op: "quote", inst: 1, bid: 40, bid_qty: 5, ask: 60, ask_qty: 5 } as const;

test("an order is cut to the limits of position and size, and left out where nothing fits", () => {
  const limits = { ...defaultLimits, max_position: 10, max_order_qty: 6 };
  expect(lawful(view({ limits }), [order])).toEqual([{ ...order, qty: 6 }]);
  const full = market({ position: 8 });
  expect(lawful(view({ limits }, full), [order, order])).toEqual([{ ...order, qty: 2 }]);
  expect(lawful(view({ limits: { ...limits, max_position: 8 } }, full), [order])).toEqual([]);
});

test("the rate, the loss limit and the number of open orders hold", () => {
  expect(lawful(view({ ordersLeft: 1.9 }), [order, order])).toHaveLength(1);
  const limits = { ...defaultLimits, max_loss: 100, max_open_orders: 1 };
  const cancel = { op: "cancel_all" } as const;
  expect(lawful(view({ limits, pnl: -100 }), [order, quote, cancel])).toEqual([cancel]);
  expect(lawful(view({ limits }), [quote, order, order])).toEqual([order]);
});

test("a quote is no wider than the round allows, and nobody sells what is not held", () => {
  expect(lawful(view({ rules: { max_width: 4, min_qty: 7 } }), [quote])).toEqual([
    { ...quote, bid: 48, ask: 52, bid_qty: 7, ask_qty: 7 },
  ]);
  const holding = market({ position: 3 });
  expect(lawful(view({ rules: { no_shorts: true } }, holding), [quote])).toEqual([
    { ...quote, ask_qty: 3 },
  ]);
});
