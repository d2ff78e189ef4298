/** Changing orders: their place in the queue, and the answers. */

import { describe, expect, test } from "vitest";
import type { TestUser } from "../testing/room.ts";
import { bookOf, buy, codeOf, fillsIn, idOf, ordersOf, sell, table } from "../testing/table.ts";

/** Which of two equal bids is first: the one that trades with a sale of one contract. */
function firstInQueue(seller: TestUser, price: number, ...bidders: TestUser[]): TestUser {
  const before = bidders.map((user) => user.all("fill").length);
  expect(sell(seller, 1, price, { tif: "IOC" })).toMatchObject({ filled: 1 });
  const [first] = bidders.filter((user, index) => user.all("fill").length > before[index]!);
  return first!;
}

describe("replace", () => {
  test("that only lowers the quantity keeps the place", () => {
    const { alice, bob, carol } = table();
    const order = idOf(buy(alice, 10, 100));
    buy(bob, 10, 100);
    expect(alice.reply("replace", { order_id: order, qty: 4 })).toMatchObject({
      type: "replace_ack",
      success: true,
      order_id: order,
      inst: 1,
      side: "buy",
      price: 100,
      qty: 4,
      filled: 0,
      leaves: 4,
      status: "open",
    });
    expect(firstInQueue(carol, 100, alice, bob)).toBe(alice);
  });

  test("that raises the quantity goes to the back", () => {
    const { alice, bob, carol } = table();
    const order = idOf(buy(alice, 10, 100));
    buy(bob, 10, 100);
    alice.ask("replace", { order_id: order, qty: 11 });
    expect(firstInQueue(carol, 100, alice, bob)).toBe(bob);
  });

  test("to another price and back goes to the back and keeps the id", () => {
    const { alice, bob, carol } = table();
    const order = idOf(buy(alice, 10, 100));
    buy(bob, 10, 100);
    alice.ask("replace", { order_id: order, price: 99 });
    expect(bookOf(carol).bids).toEqual([
      [100, 10],
      [99, 10],
    ]);
    alice.ask("replace", { order_id: order, price: 100, qty: 5 });
    expect(firstInQueue(carol, 100, alice, bob)).toBe(bob);
    expect(ordersOf(alice)).toMatchObject([{ order_id: order, price: 100, leaves: 5 }]);
  });

  test("that trades whole is told at the price to which it went", () => {
    const { alice, bob } = table();
    sell(bob, 10, 99);
    sell(bob, 5, 101.5);
    const order = idOf(buy(alice, 5, 98));
    expect(alice.reply("replace", { order_id: order, price: 102 })).toMatchObject({
      ...{ type: "replace_ack", price: 102, qty: 5, filled: 5, leaves: 0, status: "filled" },
    });
    expect(alice.last("fill")).toMatchObject({ order_id: order, price: 99 });
  });

  test("that crosses trades: the ack first, then the fills", () => {
    const { alice, bob } = table();
    sell(bob, 4, 101);
    const order = idOf(buy(alice, 10, 100));
    const messages = alice.ask("replace", { order_id: order, price: 101 });
    expect(messages[0]).toMatchObject({
      type: "replace_ack",
      price: 101,
      qty: 10,
      filled: 4,
      leaves: 6,
      status: "partial",
    });
    expect(fillsIn(messages.slice(1))).toEqual([
      { price: 101, qty: 4, side: "buy", liquidity: "taker" },
    ]);
  });

  test("of a part-filled order sets the rest", () => {
    const { alice, bob } = table();
    const order = idOf(buy(alice, 10, 100));
    sell(bob, 4, 100);
    expect(alice.reply("replace", { order_id: order, qty: 2 })).toMatchObject({
      qty: 6,
      filled: 4,
      leaves: 2,
      status: "partial",
    });
    expect(bookOf(bob).bids).toEqual([[100, 2]]);
  });

  test("of nothing, to a bad value or to none is refused and changes nothing", () => {
    const { alice, bob } = table();
    const order = idOf(buy(alice, 10, 100));
    expect(codeOf(alice.reply("replace", { order_id: order }))).toBe("BAD_REQUEST");
    for (const qty of [0, -1, 1.5])
      expect(codeOf(alice.reply("replace", { order_id: order, qty }))).toBe("BAD_QTY");
    expect(codeOf(alice.reply("replace", { order_id: order, price: 100.001 }))).toBe("OFF_TICK");
    expect(codeOf(alice.reply("replace", { order_id: order, price: 1e12 }))).toBe(
      "PRICE_OUT_OF_RANGE",
    );
    expect(bookOf(bob).bids).toEqual([[100, 10]]);
  });
});

describe("an order that is gone, unknown or somebody else's", () => {
  test("gets the same answer to cancel and to replace", () => {
    const { alice, bob } = table();
    const gone = idOf(buy(alice, 1, 100));
    alice.ask("cancel", { order_id: gone });
    const filled = idOf(buy(alice, 1, 100));
    sell(bob, 1, 100);
    const foreign = idOf(buy(bob, 1, 90));
    for (const op of ["cancel", "replace"] as const) {
      const answers = [gone, filled, foreign, 0, 987_654, 2 ** 31, Number.MAX_SAFE_INTEGER].map(
        (order_id) => {
          const {
            order_id: echoed,
            seq: _seq,
            ...rest
          } = alice.reply(op, {
            order_id,
            ...(op === "replace" ? { qty: 1 } : {}),
          }) as { order_id: number; seq: number };
          expect(echoed).toBe(order_id);
          return rest;
        },
      );
      expect(answers[0]).toMatchObject({
        type: `${op}_ack`,
        success: false,
        code: "NO_SUCH_ORDER",
        cancelled: 0,
        leaves: 0,
      });
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
    expect(ordersOf(bob)).toHaveLength(1);
  });
});

describe("cancels", () => {
  test("one, an instrument's, some of an instrument's, a side's and all", () => {
    const { host, alice, bob } = table();
    host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
    const place = (inst: number, side: "buy" | "sell", price: number) =>
      idOf(alice.reply("order_new", { inst, side, qty: 1, price }));
    const [a, b, c] = [place(1, "buy", 10), place(1, "buy", 11), place(1, "sell", 20)];
    const [d, e] = [place(2, "buy", 10), place(2, "sell", 20)];
    const foreign = idOf(buy(bob, 1, 9));
    expect(alice.reply("cancel", { order_id: a })).toMatchObject({
      success: true,
      cancelled: 1,
      leaves: 0,
    });
    expect(
      alice.reply("cancel_inst", { inst: 1, order_ids: [a, b, d, foreign, 9_999] }),
    ).toMatchObject({ success: true, order_ids: [b], cancelled: 1 });
    expect(alice.reply("cancel_inst", { inst: 1 })).toMatchObject({ order_ids: [c] });
    expect(alice.reply("cancel_all", { side: "sell" })).toMatchObject({ order_ids: [e] });
    expect(alice.reply("cancel_all", {})).toMatchObject({ order_ids: [d], cancelled: 1 });
    expect(alice.reply("cancel_all", {})).toMatchObject({ success: true, cancelled: 0 });
    expect(ordersOf(alice)).toEqual([]);
    expect(ordersOf(bob)).toHaveLength(1);
    expect(alice.all("order")).toEqual([]);
  });

  test("the host pulls the quotes of an instrument: each owner is told, all are told how many", () => {
    const { host, alice, bob, carol } = table();
    const order = idOf(buy(alice, 5, 99));
    alice.ask("quote", { inst: 1, bid: 98, bid_qty: 1, ask: 102, ask_qty: 1 });
    sell(bob, 5, 101);
    expect(host.reply("pull_quotes", { inst: 1 })).toMatchObject({
      type: "quotes_pulled",
      cancelled: 4,
      reason: "host",
    });
    expect(alice.all("order").map(({ reason }) => reason)).toEqual(Array(3).fill("quotes_pulled"));
    expect(alice.all("order")[0]).toMatchObject({ order_id: order, qty: 5, price: 99 });
    expect(carol.all("order")).toEqual([]);
    expect(carol.last("quotes_pulled")).toMatchObject({ cancelled: 4 });
    expect(bookOf(carol)).toEqual({ bids: [], asks: [] });
    expect(codeOf(host.reply("pull_quotes", { inst: 2 }))).toBe("NO_SUCH_INSTRUMENT");
  });
});

describe("quote", () => {
  test("shows both sides and lists the orders it left", () => {
    const { alice, bob } = table();
    const ack = alice.reply("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 6 });
    expect(ack).toMatchObject({
      type: "quote_ack",
      success: true,
      bid: { price: 99, qty: 5, filled: 0, leaves: 5, status: "open" },
      ask: { price: 101, qty: 6, filled: 0, leaves: 6, status: "open" },
      order_ids: [],
      cancelled: 0,
      leaves: 11,
    });
    expect(bookOf(bob)).toEqual({ bids: [[99, 5]], asks: [[101, 6]] });
    expect(ordersOf(alice).map(({ quote, side }) => [quote, side])).toEqual([
      [true, "buy"],
      [true, "sell"],
    ]);
  });

  test("replaces the one before; a side left out or of quantity 0 is pulled", () => {
    const { alice, bob } = table();
    alice.ask("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 6 });
    alice.ask("quote", { inst: 1, bid: 98, bid_qty: 5, ask: 102, ask_qty: 6 });
    expect(bookOf(bob)).toEqual({ bids: [[98, 5]], asks: [[102, 6]] });
    const onlyAsk = alice.reply("quote", { inst: 1, bid: 97, bid_qty: 0, ask: 102, ask_qty: 6 });
    expect(onlyAsk).toMatchObject({ bid: null, ask: { price: 102 }, cancelled: 1 });
    expect(alice.reply("quote", { inst: 1 })).toMatchObject({ bid: null, ask: null, leaves: 0 });
    expect(bookOf(bob)).toEqual({ bids: [], asks: [] });
  });

  test("leaves other orders and other instruments alone", () => {
    const { host, alice, bob } = table();
    host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
    buy(alice, 3, 90);
    alice.ask("quote", { inst: 2, bid: 50, bid_qty: 1 });
    alice.ask("quote", { inst: 1, bid: 99, bid_qty: 5 });
    alice.ask("quote", { inst: 1 });
    expect(bookOf(bob, 1).bids).toEqual([[90, 3]]);
    expect(bookOf(bob, 2).bids).toEqual([[50, 1]]);
  });

  test("keeps the place of a side whose price stays and whose quantity does not grow", () => {
    const { alice, bob, carol } = table();
    alice.ask("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 });
    const id = ordersOf(alice)[0]!.order_id;
    buy(bob, 5, 99);
    alice.ask("quote", { inst: 1, bid: 99, bid_qty: 4, ask: 102, ask_qty: 5 });
    expect(ordersOf(alice)[0]!.order_id).toBe(id);
    expect(firstInQueue(carol, 99, alice, bob)).toBe(alice);
    alice.ask("quote", { inst: 1, bid: 99, bid_qty: 9, ask: 102, ask_qty: 5 });
    expect(firstInQueue(carol, 99, alice, bob)).toBe(bob);
  });

  test("is all or nothing", () => {
    const { alice, bob } = table();
    alice.ask("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 });
    const bad = [
      { bid: 98, bid_qty: 1, ask: 101.001, ask_qty: 1 },
      { bid: 98, bid_qty: 1.5, ask: 101, ask_qty: 1 },
      { bid: 98, bid_qty: -1, ask: 101, ask_qty: 1 },
      { bid: 98, bid_qty: 1, ask: 1e12, ask_qty: 1 },
      { bid: 98, bid_qty: 1, ask: 101, ask_qty: 10_001 },
      { bid: 102, bid_qty: 1, ask: 101, ask_qty: 1 },
      { bid: 101, bid_qty: 1, ask: 101, ask_qty: 1 },
    ];
    const codes = bad.map((sides) => codeOf(alice.reply("quote", { inst: 1, ...sides })));
    expect(codes).toEqual([
      "OFF_TICK",
      "BAD_QTY",
      "BAD_QTY",
      "PRICE_OUT_OF_RANGE",
      "ORDER_LIMIT",
      "BAD_REQUEST",
      "BAD_REQUEST",
    ]);
    expect(bookOf(bob)).toEqual({ bids: [[99, 5]], asks: [[101, 5]] });
  });

  test("that crosses others trades, and its fills follow the ack", () => {
    const { alice, bob } = table();
    sell(bob, 3, 100);
    const messages = alice.ask("quote", { inst: 1, bid: 100, bid_qty: 5, ask: 102, ask_qty: 5 });
    expect(messages[0]).toMatchObject({
      type: "quote_ack",
      bid: { price: 100, qty: 5, filled: 3, leaves: 2, status: "partial" },
    });
    expect(fillsIn(messages)).toEqual([{ price: 100, qty: 3, side: "buy", liquidity: "taker" }]);
    expect(bookOf(bob)).toEqual({ bids: [[100, 2]], asks: [[102, 5]] });
  });

  test("may be pulled whatever keeps orders out", () => {
    const pulled = { type: "quote_ack", bid: null, ask: null, cancelled: 2 };
    const block: ((t: ReturnType<typeof table>) => void)[] = [
      ({ host }) => host.ask("session", { state: "paused" }),
      ({ host }) => host.ask("halt", { inst: 1, on: true }),
    ];
    for (const close of block) {
      const t = table();
      t.alice.ask("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 });
      close(t);
      expect(t.alice.reply("quote", { inst: 1 })).toMatchObject(pulled);
      expect(bookOf(t.bob)).toEqual({ bids: [], asks: [] });
    }
  });

  test("needs a price for a quantity and a quantity for a price", () => {
    const { alice } = table();
    expect(codeOf(alice.reply("quote", { inst: 1, bid: 99 }))).toBe("BAD_QTY");
    expect(codeOf(alice.reply("quote", { inst: 1, ask_qty: 5 }))).toBe("BAD_REQUEST");
  });
});
