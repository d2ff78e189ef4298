import { describe, expect, test } from "vitest";
import { instrument as listed } from "#lib/trading/testing/instruments.ts";
import { checkOrder, priceProblem, type OrderDraft, type OrderContext } from "./check.ts";

const instrument = listed(7, {
  ...{ symbol: "SUM", tick_size: 0.05, lot_size: 5, tick_value: 2 },
  ...{ min_price: -100, max_price: 100 },
});
const context: OrderContext = {
  instrument,
  limits: {
    max_position: 100,
    max_order_qty: 60,
    max_open_orders: 10,
    max_loss: null,
    orders_per_sec: 50,
  },
  position: 20,
  working: 0,
  openOrders: 0,
  bids: [
    [9.9, 10],
    [9.8, 5],
  ],
  asks: [
    [10, 10],
    [10.1, 20],
  ],
  mine: [],
};
const draft: OrderDraft = {
  side: "buy",
  type: "limit",
  price: 9.95,
  qty: 10,
  tif: "GFD",
  postOnly: false,
};
const checked = (d: Partial<OrderDraft> = {}, s: Partial<OrderContext> = {}) =>
  checkOrder({ ...draft, ...d }, { ...context, ...s });

test("a sound draft becomes the order it means", () => {
  const result = checked();
  expect(result.command).toEqual({
    op: "order_new",
    inst: 7,
    side: "buy",
    qty: 10,
    price: 9.95,
    tif: "GFD",
  });
  expect(result).toMatchObject({ value: 199, after: 30, warning: null });
  expect(checked({ postOnly: true }).command).toMatchObject({ post_only: true });
  expect(checked({ type: "market", price: null }).command).toEqual({
    op: "order_new",
    inst: 7,
    side: "buy",
    qty: 10,
    type: "market",
  });
});

describe("what is wrong is said in words", () => {
  test("price", () => {
    expect(checked({ price: null }).price).toBe("Enter a price.");
    expect(checked({ price: 9.97 }).price).toBe("Off the tick grid: use 9.95 or 10.00.");
    expect(priceProblem(100.05, instrument)).toMatch(/from \u2212100.00 to 100.00/);
    expect(priceProblem(-100, instrument)).toBeNull();
  });

  test("quantity", () => {
    expect(checked({ qty: null }).qty).toMatch(/positive whole/);
    expect(checked({ qty: 2.5 }).qty).toMatch(/positive whole/);
    expect(checked({ qty: 12 }).qty).toBe("The quantity must be a multiple of 5.");
    expect(checked({ qty: 65 }).qty).toBe("Your limit is 60 an order.");
    expect(checked({ qty: 65 }).command).toBeNull();
  });

  test("position limit with what works already, but reducing is always free", () => {
    expect(checked({ qty: 60 }, { working: 25 }).order).toMatch(/\+105.*100/);
    expect(checked({ qty: 60, side: "sell" }, { position: 150 }).order).toBeNull();
  });

  test("open orders, for one that could rest", () => {
    expect(checked({}, { openOrders: 9 }).order).toBeNull();
    expect(checked({}, { openOrders: 10 }).order).toMatch(/^You have 10 open orders.*limit/);
    expect(checked({ tif: "IOC" }, { openOrders: 10 }).order).toBeNull();
  });

  test("post-only", () => {
    expect(checked({ postOnly: true, tif: "IOC" }).order).toMatch(/must last/);
    expect(checked({ postOnly: true, price: 10 }).warning).toMatch(/10\.00/);
    expect(checked({ postOnly: true, price: 10 }).command).not.toBeNull();
  });

  test("market orders against a thin or empty book", () => {
    expect(checked({ type: "market", qty: 35 }).warning).toBe(
      "Only 30 can trade now: the rest is cancelled.",
    );
    expect(checked({ type: "market" }, { asks: [] }).warning).toMatch(/Nobody else offers/);
  });
});

test("the position limit may be reached, and no more", () => {
  expect(checked({ qty: 40 }, { position: 60 }).order).toBeNull();
  expect(checked({ qty: 45 }, { position: 60 }).order).not.toBeNull();
  expect(checked({ qty: 40, side: "sell" }, { position: -60 }).order).toBeNull();
});

test("a quantity that is none is refused before anything is sent", () => {
  for (const qty of [null, 0, -5, 2.5, NaN])
    expect(checked({ qty })).toMatchObject({ qty: checked({ qty: null }).qty, command: null });
  expect(checked({ qty: null }).qty).toBeTypeOf("string");
});

test("the position after is no more than can fill", () => {
  expect(checked({ type: "market", qty: 35 }).after).toBe(50);
  expect(checked({ tif: "IOC", price: 10, qty: 35 }).after).toBe(30);
  expect(checked({ tif: "FOK", price: 10, qty: 35 }).after).toBe(20);
  expect(checked({ tif: "FOK", price: 10.1, qty: 30 }).after).toBe(50);
  expect(checked({ qty: 35 }).after).toBe(55);
  expect(checked({ type: "market", side: "sell", qty: 35 }).after).toBe(5);
});

test("own orders are not there to be taken, and the one in the way is cancelled", () => {
  const mine = [{ price: 10, leaves: 6, ahead: 4 }];
  const lift = { price: 10, qty: 10 };
  expect(checked(lift, { mine }).now.qty).toBe(4);
  expect(checked(lift, { mine }).warning).toMatch(/your offer of 6 in the way is cancelled/);
  expect(checked({ ...lift, postOnly: true }, { mine }).warning).toMatch(/^Post-only would/);
  const alone = [
    { price: 10, leaves: 10, ahead: 0 },
    { price: 10.1, leaves: 20, ahead: 0 },
  ];
  const market = { type: "market", price: null } as const;
  expect(checked(market, { mine: alone }).warning).toMatch(/^Nobody else offers/);
  expect(checked({ ...market, qty: 30 }, { mine }).warning).toMatch(/^Only 24 can trade now/);
  expect(checked({ ...lift, postOnly: true }, { mine: alone }).warning).toMatch(/^Post-only would/);
});

test("what one pays counts the levels that are better than the limit, and the rest at the limit", () => {
  const asks = [[9, 9]] as const;
  const over = { asks, mine: [] };
  expect(checked({ price: 10, qty: 10 }, over).value).toBe((9 * 9 + 10) * 2);
  expect(checked({ price: 10, qty: 10, tif: "IOC" }, over).value).toBe(9 * 9 * 2);
  expect(checked({ price: 8, qty: 10 }, over).value).toBe(8 * 10 * 2);
});
