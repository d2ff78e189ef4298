/** Order types, and every refusal that an order can meet. */

import { describe, expect, test } from "vitest";
import { bookOf, buy, codeOf, fillsIn, idOf, ordersOf, sell, table } from "../testing/table.ts";

describe("prices and quantities", () => {
  test("a price off the tick grid is refused and not rounded", () => {
    const { alice } = table();
    for (const price of [100.001, 0.1 + 0.2, 99.999999, 1e-7, -0.005])
      expect(codeOf(buy(alice, 1, price)), String(price)).toBe("OFF_TICK");
    for (const price of [0.3, 0.07, 1.1, 100.29, -0.01, 0, -0])
      expect(buy(alice, 1, price), String(price)).toMatchObject({ type: "order_ack", price });
    expect(ordersOf(alice)).toHaveLength(7);
  });

  test("a tick that is no power of ten has its own grid", () => {
    const { alice } = table({ tick_size: 0.25 });
    for (const price of [0.1, 0.26, 1.3, 2.5000001])
      expect(codeOf(buy(alice, 1, price)), String(price)).toBe("OFF_TICK");
    for (const price of [0.25, 0.5, -1.75, 1_000_000.25])
      expect(codeOf(buy(alice, 1, price)), String(price)).toBe("no error but order_ack");
  });

  test("a price outside the bounds is refused, one on them is not", () => {
    const { alice } = table({ tick_size: 0.5, min_price: -2, max_price: 10 });
    for (const price of [-2.5, 10.5, 1e9, -1e300, Number.MAX_VALUE])
      expect(codeOf(buy(alice, 1, price)), String(price)).toBe("PRICE_OUT_OF_RANGE");
    for (const price of [-2, 10])
      expect(codeOf(buy(alice, 1, price)), String(price)).toBe("no error but order_ack");
  });

  test("the default bounds are a billion ticks either side of zero, and zero for an option", () => {
    const { host, alice } = table({ tick_size: 1 });
    expect(codeOf(buy(alice, 1, -1e9))).toBe("no error but order_ack");
    expect(codeOf(buy(alice, 1, -1e9 - 1))).toBe("PRICE_OUT_OF_RANGE");
    host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 5 });
    expect(codeOf(buy(alice, 1, -0.01, { inst: 2 }))).toBe("PRICE_OUT_OF_RANGE");
    expect(codeOf(buy(alice, 1, 0, { inst: 2 }))).toBe("no error but order_ack");
  });

  test("a quantity must be a positive whole number", () => {
    const { alice } = table();
    for (const qty of [0, -0, -1, 1.5, 1e-9, 2 ** 31, 2 ** 53, -(2 ** 53), 1e300])
      for (const type of ["limit", "market"] as const) {
        const price = type === "limit" ? 100 : undefined;
        expect(codeOf(buy(alice, qty, price, { type })), `${type} ${qty}`).toBe("BAD_QTY");
      }
  });

  test("a quantity must be a multiple of the lot size", () => {
    const { alice, bob } = table({ lot_size: 5 });
    for (const qty of [1, 4, 6, 14]) expect(codeOf(buy(alice, qty, 100))).toBe("OFF_LOT");
    const order = idOf(buy(alice, 15, 100));
    expect(codeOf(alice.reply("replace", { order_id: order, qty: 7 }))).toBe("OFF_LOT");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 99, bid_qty: 3 }))).toBe("OFF_LOT");
    expect(codeOf(sell(bob, 1, undefined, { type: "market" }))).toBe("OFF_LOT");
    expect(sell(bob, 5, 100)).toMatchObject({ type: "order_ack", filled: 5 });
    expect(bookOf(alice)).toEqual({ bids: [[100, 10]], asks: [] });
  });
});

describe("time in force", () => {
  test("IOC takes the quantity at its price or better and cancels the rest", () => {
    const { alice, bob } = table();
    buy(alice, 10, 100);
    buy(alice, 10, 99);
    const messages = bob.ask("order_new", {
      ...{ inst: 1, side: "sell", qty: 15, price: 100, tif: "IOC" },
    } as const);
    expect(messages[0]).toMatchObject({ filled: 10, leaves: 0, qty: 15, status: "cancelled" });
    expect(fillsIn(messages)).toEqual([{ price: 100, qty: 10, side: "sell", liquidity: "taker" }]);
    expect(bookOf(bob)).toEqual({ bids: [[99, 10]], asks: [] });
    expect(ordersOf(bob)).toEqual([]);
    expect(sell(bob, 1, 200, { tif: "IOC" })).toMatchObject({ filled: 0, status: "cancelled" });
  });

  test("FOK is filled whole or changes nothing", () => {
    const { alice, bob, carol } = table();
    buy(alice, 10, 100);
    buy(carol, 5, 99);
    const before = bookOf(bob);
    expect(codeOf(sell(bob, 16, 99, { tif: "FOK" }))).toBe("FOK_UNFILLED");
    expect(codeOf(sell(bob, 11, 100, { tif: "FOK" }))).toBe("FOK_UNFILLED");
    expect(bookOf(bob)).toEqual(before);
    expect(bob.all("fill")).toEqual([]);
    expect(sell(bob, 15, 99, { tif: "FOK" })).toMatchObject({ filled: 15, status: "filled" });
  });

  test("a market order sweeps the book and rests nothing, its price is null", () => {
    const { alice, bob, carol } = table();
    sell(alice, 5, 101);
    sell(carol, 5, 150);
    const messages = bob.ask("order_new", { inst: 1, side: "buy", qty: 12, type: "market" });
    expect(messages[0]).toMatchObject({ price: null, filled: 10, leaves: 0, status: "cancelled" });
    expect(fillsIn(messages).map(({ price, qty }) => [price, qty])).toEqual([
      [101, 5],
      [150, 5],
    ]);
    expect(bookOf(bob)).toEqual({ bids: [], asks: [] });
    expect(buy(bob, 1, undefined, { type: "market" })).toMatchObject({ status: "cancelled" });
  });

  test("a market FOK is filled whole or not at all", () => {
    const { alice, bob } = table();
    sell(alice, 5, 101);
    const market = { type: "market", tif: "FOK" } as const;
    expect(codeOf(buy(bob, 6, undefined, market))).toBe("FOK_UNFILLED");
    expect(buy(bob, 5, undefined, market)).toMatchObject({ filled: 5, status: "filled" });
  });

  test("the fields of an order must go together", () => {
    const { alice } = table();
    expect(codeOf(buy(alice, 1))).toBe("BAD_REQUEST");
    expect(codeOf(buy(alice, 1, 100, { type: "market" }))).toBe("BAD_REQUEST");
    for (const more of [{ tif: "IOC" }, { tif: "FOK" }] as const)
      expect(codeOf(buy(alice, 1, 100, { post_only: true, ...more }))).toBe("BAD_REQUEST");
    expect(codeOf(buy(alice, 1, undefined, { type: "market", post_only: true }))).toBe(
      "BAD_REQUEST",
    );
  });

  test("an order better than several levels trades best price first and oldest first", () => {
    const { alice, bob, carol } = table();
    buy(alice, 1, 99);
    buy(carol, 2, 100);
    buy(alice, 3, 100);
    const messages = bob.ask("order_new", { inst: 1, side: "sell", qty: 4, price: 98 });
    expect(fillsIn(messages).map(({ price, qty }) => [price, qty])).toEqual([
      [100, 2],
      [100, 2],
    ]);
    expect(carol.all("fill")).toHaveLength(1);
    expect(alice.last("order")).toMatchObject({ filled: 2, leaves: 1, reason: "fill" });
  });

  test("negative prices trade like others", () => {
    const { alice, bob } = table();
    buy(alice, 10, -5.25);
    expect(sell(bob, 10, -6)).toMatchObject({ filled: 10, status: "filled" });
    expect(alice.last("fill")).toMatchObject({ price: -5.25, liquidity: "maker" });
    expect(bob.last("trade")).toMatchObject({ price: -5.25, side: "sell" });
  });
});

describe("post-only", () => {
  test("is refused where it would trade and rests where it would not", () => {
    const { alice, bob } = table();
    sell(alice, 5, 101);
    expect(codeOf(buy(bob, 1, 101, { post_only: true }))).toBe("POST_ONLY_WOULD_CROSS");
    expect(codeOf(buy(bob, 1, 102, { post_only: true }))).toBe("POST_ONLY_WOULD_CROSS");
    expect(buy(bob, 1, 100.99, { post_only: true })).toMatchObject({ status: "open" });
    expect(ordersOf(bob)[0]).toMatchObject({ post_only: true, quote: false });
  });

  test("is refused by an own order on the other side, too", () => {
    const { alice } = table();
    sell(alice, 5, 101);
    expect(codeOf(buy(alice, 1, 101, { post_only: true }))).toBe("POST_ONLY_WOULD_CROSS");
    expect(bookOf(alice)).toEqual({ bids: [], asks: [[101, 5]] });
  });

  test("stays so: a replace that would cross is refused and leaves the order as it was", () => {
    const { alice, bob } = table();
    sell(alice, 5, 101);
    const order = idOf(buy(bob, 4, 100, { post_only: true }));
    const before = ordersOf(bob)[0];
    expect(codeOf(bob.reply("replace", { order_id: order, price: 101, qty: 9 }))).toBe(
      "POST_ONLY_WOULD_CROSS",
    );
    const { seq: _before, ...then } = before!;
    const { seq: _after, ...now } = ordersOf(bob)[0]!;
    expect(now).toEqual(then);
    expect(bob.reply("replace", { order_id: order, price: 100.5 })).toMatchObject({
      success: true,
      price: 100.5,
    });
    expect(ordersOf(bob)[0]).toMatchObject({ post_only: true });
  });
});

describe("refusals of an order", () => {
  const order = { inst: 1, side: "buy", qty: 1, price: 100 } as const;

  test("no such instrument", () => {
    const { alice } = table();
    for (const inst of [0, 2, 64, 65, 1_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(codeOf(alice.reply("order_new", { ...order, inst })), String(inst)).toBe(
        "NO_SUCH_INSTRUMENT",
      );
      expect(codeOf(alice.reply("quote", { inst, bid: 1, bid_qty: 1 }))).toBe("NO_SUCH_INSTRUMENT");
      expect(codeOf(alice.reply("cancel_inst", { inst }))).toBe("NO_SUCH_INSTRUMENT");
      expect(codeOf(alice.reply("get_snapshot", { inst }))).toBe("NO_SUCH_INSTRUMENT");
    }
  });

  test("a halt, of one instrument or of all, until it is lifted", () => {
    const { host, alice } = table();
    host.ask("add_instrument", { symbol: "Y", type: "SCALAR", halted: true });
    const resting = idOf(buy(alice, 5, 99));
    host.ask("halt", { inst: 1, on: true });
    for (const inst of [1, 2]) {
      expect(codeOf(alice.reply("order_new", { ...order, inst }))).toBe("HALTED");
      expect(codeOf(alice.reply("order_new", { inst, side: "buy", qty: 1, type: "market" }))).toBe(
        "HALTED",
      );
      expect(codeOf(alice.reply("quote", { inst, bid: 1, bid_qty: 1 }))).toBe("HALTED");
    }
    expect(codeOf(alice.reply("replace", { order_id: resting, price: 98 }))).toBe("HALTED");
    expect(alice.reply("cancel", { order_id: resting })).toMatchObject({ success: true });
    host.ask("halt", { on: false });
    expect(alice.all("halt").map(({ inst, on, halted }) => [inst, on, halted])).toEqual([
      [1, true, true],
      [1, false, false],
      [2, false, false],
    ]);
    for (const inst of [1, 2])
      expect(alice.reply("order_new", { ...order, inst })).toMatchObject({ type: "order_ack" });
  });

  test("settlement", () => {
    const { host, alice } = table();
    const resting = idOf(buy(alice, 5, 99));
    host.ask("settle", { inst: 1, value: 100 });
    expect(codeOf(alice.reply("order_new", order))).toBe("SETTLED");
    expect(codeOf(buy(alice, 1, undefined, { type: "market" }))).toBe("SETTLED");
    expect(codeOf(buy(alice, 1, 100.001))).toBe("SETTLED");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 1, bid_qty: 1 }))).toBe("SETTLED");
    expect(alice.reply("replace", { order_id: resting, price: 98 })).toMatchObject({
      success: false,
      code: "NO_SUCH_ORDER",
    });
    expect(codeOf(host.reply("settle", { inst: 1, value: 101 }))).toBe("SETTLED");
    expect(codeOf(host.reply("halt", { inst: 1, on: true }))).toBe("SETTLED");
    expect(codeOf(host.reply("update_tick_size", { instrument_id: 1, tick_size: 1 }))).toBe(
      "SETTLED",
    );
  });

  test("a paused session takes cancels only", () => {
    const { host, alice } = table();
    const resting = idOf(buy(alice, 5, 99));
    const other = idOf(buy(alice, 5, 98));
    host.ask("session", { state: "paused" });
    expect(codeOf(alice.reply("order_new", order))).toBe("PAUSED");
    expect(codeOf(alice.reply("replace", { order_id: resting, qty: 1 }))).toBe("PAUSED");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 1, bid_qty: 1 }))).toBe("PAUSED");
    expect(alice.reply("cancel", { order_id: resting })).toMatchObject({ success: true });
    expect(alice.reply("cancel_all", {})).toMatchObject({ order_ids: [other] });
    host.ask("session", { state: "open" });
    expect(codeOf(alice.reply("order_new", order))).toBe("no error but order_ack");
  });

  test("a closed session takes nothing", () => {
    const { room, host, alice } = table();
    const resting = idOf(buy(alice, 5, 99));
    host.ask("session", { state: "closed" });
    expect(alice.last("order")).toMatchObject({
      order_id: resting,
      status: "cancelled",
      reason: "closed",
    });
    expect(room.archived).toBe(1);
    expect(codeOf(alice.reply("order_new", order))).toBe("ROOM_CLOSED");
    expect(codeOf(alice.reply("cancel_all", {}))).toBe("ROOM_CLOSED");
    expect(codeOf(host.reply("session", { state: "open" }))).toBe("ROOM_CLOSED");
    expect(codeOf(host.reply("settle", { inst: 1, value: 1 }))).toBe("ROOM_CLOSED");
    expect(host.reply("news", { text: "On in /r/ACDEFG" })).toMatchObject({ type: "news" });
    expect(alice.last("news")?.text).toBe("On in /r/ACDEFG");
    expect(alice.reply("get_pnl", {})).toMatchObject({ type: "pnl" });
    expect(room.archived).toBe(1);
  });

  test("the kill switch, for one trader", () => {
    const { host, alice, bob } = table();
    const resting = idOf(buy(alice, 5, 99));
    buy(bob, 5, 98);
    host.ask("kill_switch", { user_id: alice.userId, on: true });
    expect(alice.last("order")).toMatchObject({ order_id: resting, reason: "killed", leaves: 0 });
    expect(bookOf(host)).toEqual({ bids: [[98, 5]], asks: [] });
    expect(codeOf(alice.reply("order_new", order))).toBe("KILLED");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 1, bid_qty: 1 }))).toBe("KILLED");
    expect(codeOf(bob.reply("order_new", order))).toBe("no error but order_ack");
    host.ask("kill_switch", { user_id: alice.userId, on: false });
    expect(codeOf(alice.reply("order_new", order))).toBe("no error but order_ack");
  });

  test("the kill switch for all includes later joins", () => {
    const { room, host, alice, bob } = table();
    buy(alice, 5, 99);
    sell(bob, 5, 101);
    host.ask("kill_switch", { on: true });
    expect(bookOf(host)).toEqual({ bids: [], asks: [] });
    const dave = room.join("dave");
    for (const user of [alice, bob, dave])
      expect(codeOf(user.reply("order_new", order))).toBe("KILLED");
    host.ask("kill_switch", { on: false });
    for (const user of [alice, bob, dave])
      expect(codeOf(user.reply("order_new", order))).toBe("no error but order_ack");
  });

  test("a position limit, with all own open orders on the side counted as filled", () => {
    const { host, alice, bob } = table();
    host.ask("set_limits", { user_id: alice.userId, max_position: 10 });
    expect(codeOf(buy(alice, 11, 100))).toBe("POSITION_LIMIT");
    const order1 = idOf(buy(alice, 6, 100));
    buy(alice, 4, 99);
    expect(codeOf(buy(alice, 1, 98))).toBe("POSITION_LIMIT");
    expect(codeOf(buy(alice, 1, undefined, { type: "market" }))).toBe("POSITION_LIMIT");
    expect(codeOf(alice.reply("replace", { order_id: order1, qty: 7 }))).toBe("POSITION_LIMIT");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 98, bid_qty: 1 }))).toBe("POSITION_LIMIT");
    sell(bob, 10, 99);
    expect(codeOf(buy(alice, 1, 98))).toBe("POSITION_LIMIT");
    expect(codeOf(sell(alice, 20, 200))).toBe("no error but order_ack");
    expect(codeOf(sell(alice, 1, 201))).toBe("POSITION_LIMIT");
  });

  test("limits on the size of an order and on the number of open ones", () => {
    const { host, alice } = table();
    host.ask("set_limits", { user_id: alice.userId, max_order_qty: 5, max_open_orders: 2 });
    expect(codeOf(buy(alice, 6, 100))).toBe("ORDER_LIMIT");
    const first = idOf(buy(alice, 5, 100));
    expect(codeOf(alice.reply("replace", { order_id: first, qty: 6 }))).toBe("ORDER_LIMIT");
    buy(alice, 1, 99);
    expect(codeOf(buy(alice, 1, 98))).toBe("ORDER_LIMIT");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 98, bid_qty: 1 }))).toBe("ORDER_LIMIT");
    alice.ask("cancel", { order_id: first });
    expect(codeOf(buy(alice, 1, 98))).toBe("no error but order_ack");
  });

  test("the default limits are those of the contract", () => {
    const { alice } = table();
    expect(alice.last("join_ack").limits).toEqual({
      max_position: 10_000,
      max_order_qty: 10_000,
      max_open_orders: 500,
      max_loss: null,
      orders_per_sec: 50,
    });
    expect(codeOf(buy(alice, 10_001, 100))).toBe("ORDER_LIMIT");
    expect(codeOf(buy(alice, 10_000, 100))).toBe("no error but order_ack");
  });

  test("a trader at the loss limit may only reduce", () => {
    const { host, alice, bob } = table();
    host.ask("set_limits", { user_id: alice.userId, max_loss: 50 });
    buy(alice, 10, 100);
    sell(bob, 10, 100);
    sell(bob, 1, 96);
    buy(bob, 1, 94);
    expect(codeOf(buy(alice, 1, 90))).toBe("LOSS_LIMIT");
    expect(codeOf(sell(alice, 11, 95))).toBe("LOSS_LIMIT");
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 90, bid_qty: 1 }))).toBe("LOSS_LIMIT");
    expect(codeOf(sell(alice, 6, 97))).toBe("no error but order_ack");
    expect(codeOf(sell(alice, 5, 97))).toBe("LOSS_LIMIT");
    expect(codeOf(sell(alice, 4, 97))).toBe("no error but order_ack");
    host.ask("set_limits", { user_id: alice.userId, max_loss: 0 });
    expect(codeOf(buy(alice, 1, 90))).toBe("no error but order_ack");
  });

  test("a trader at the loss limit may move an order that reduces", () => {
    const { host, alice, bob } = table();
    buy(alice, 10, 100);
    sell(bob, 10, 100);
    const reducing = idOf(sell(alice, 10, 120));
    sell(bob, 1, 92);
    buy(bob, 1, 90);
    host.ask("set_limits", { user_id: alice.userId, max_loss: 50 });
    const moved = alice.reply("replace", { order_id: reducing, price: 91 });
    expect(moved).toMatchObject({ type: "replace_ack", success: true, price: 91 });
    expect(codeOf(alice.reply("replace", { order_id: reducing, qty: 11 }))).toBe("LOSS_LIMIT");
    alice.ask("cancel", { order_id: reducing });
    for (const ask of [95, 93])
      expect(alice.reply("quote", { inst: 1, ask, ask_qty: 10 })).toMatchObject({
        type: "quote_ack",
        ask: { price: ask, leaves: 10 },
      });
  });

  test("a rate limit: the burst, then as many a second; cancels have their own", () => {
    const { room, host, alice } = table();
    host.ask("set_limits", { user_id: alice.userId, orders_per_sec: 5 });
    const first = idOf(buy(alice, 1, 100));
    alice.ask("replace", { order_id: first, qty: 2 });
    for (const bid of [1, 2, 3]) alice.ask("quote", { inst: 1, bid, bid_qty: 1 });
    expect(codeOf(buy(alice, 1, 100))).toBe("RATE_LIMITED");
    expect(codeOf(alice.reply("replace", { order_id: first, qty: 1 }))).toBe("RATE_LIMITED");
    for (let count = 0; count < 200; count++)
      expect(alice.reply("cancel", { order_id: 999 }).type).toBe("cancel_ack");
    expect(codeOf(alice.reply("cancel", { order_id: 999 }))).toBe("RATE_LIMITED");
    room.tick(199);
    expect(codeOf(buy(alice, 1, 100))).toBe("RATE_LIMITED");
    room.tick(1);
    expect(codeOf(buy(alice, 1, 100))).toBe("no error but order_ack");
    expect(codeOf(buy(alice, 1, 100))).toBe("RATE_LIMITED");
  });

  test("a refused request with a cid says so again and a rate limit does not use the cid up", () => {
    const { room, host, alice } = table();
    host.ask("set_limits", { orders_per_sec: 1 });
    buy(alice, 1, 100);
    expect(codeOf(buy(alice, 1, 100, { cid: "later" }))).toBe("RATE_LIMITED");
    room.tick(1_000);
    expect(buy(alice, 1, 100, { cid: "later" })).toMatchObject({ type: "order_ack", cid: "later" });
  });
});
