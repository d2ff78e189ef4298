import { expect, test } from "vitest";
import { defaultLimits } from "#protocol";
import { lawful } from "./lawful.ts";
import { market, view as viewOf } from "./testing/view.ts";
import type { BotView } from "./view.ts";

const view = (more: Partial<BotView> = {}, of = market()) => viewOf([of], more);
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

test("a narrowed quote stays about its middle, on the grid and within the bounds", () => {
  const narrow = (bid: number, ask: number, max_width: number) => {
    const of = market({ instrument: { tick_size: 0.5 } });
    const [told] = lawful(view({ rules: { max_width } }, of), [{ ...quote, bid, ask }]);
    return told?.op === "quote" ? [told.bid, told.ask] : [];
  };
  expect(narrow(40, 60, 20)).toEqual([40, 60]);
  expect(narrow(40, 60, 4.4)).toEqual([48, 52]);
  expect(narrow(90, 100, 3)).toEqual([93.5, 96.5]);
  expect(narrow(97, 103, 2)).toEqual([98, 100]);
  expect(narrow(-6, 3, 2)).toEqual([0, 2]);
  expect(narrow(40, 60, 0.1)).toEqual([50, 50.5]);
});

test("a quote without a price, and one in an instrument that is not there, are left out", () => {
  for (const part of [{ bid: undefined }, { ask: undefined }, { inst: 2 }])
    expect(lawful(view(), [{ ...quote, ...part } as typeof quote])).toEqual([]);
});
