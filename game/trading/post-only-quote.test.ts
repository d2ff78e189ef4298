/** Post-only quotes: a side that would trade is refused by itself, and what rests stays post-only. */

import { expect, test } from "vitest";
import { bookOf, buy, codeOf, idOf, ordersOf, sell, table } from "../testing/table.ts";

const wouldCross = "POST_ONLY_WOULD_CROSS";
/** A quote of five contracts a side. */
const five = (bid: number, ask: number) =>
  ({ inst: 1, bid, bid_qty: 5, ask, ask_qty: 5, post_only: true }) as const;

test("a side that would trade leaves the order that was there; the other side stands", () => {
  const { alice, bob, carol } = table();
  alice.ask("quote", five(99, 101));
  const [bid, ask] = ordersOf(alice);
  sell(bob, 3, 100);
  expect(alice.reply("quote", five(100, 103))).toMatchObject({
    ...{ type: "quote_ack", success: true, refused: { bid: wouldCross } },
    ...{ bid: { order_id: bid!.order_id, price: 99, leaves: 5, status: "open" } },
    ...{ ask: { order_id: ask!.order_id, price: 103, leaves: 5 }, cancelled: 0, leaves: 10 },
  });
  expect(alice.all("fill")).toEqual([]);
  expect(bookOf(carol)).toEqual({
    bids: [[99, 5]],
    asks: [
      [100, 3],
      [103, 5],
    ],
  });
});

test("a refused side keeps its place in the queue, also where it was filled in part", () => {
  const { alice, bob, carol } = table();
  alice.ask("quote", five(99, 110));
  buy(bob, 5, 99);
  sell(carol, 2, 99);
  sell(carol, 1, 105);
  expect(alice.reply("quote", five(106, 111))).toMatchObject({
    refused: { bid: wouldCross },
    bid: { price: 99, qty: 5, filled: 2, leaves: 3, status: "partial" },
  });
  sell(carol, 1, 99);
  expect(alice.all("fill")).toHaveLength(2);
  expect(bob.all("fill")).toEqual([]);
});

test("where no order was there, the refused side is null", () => {
  const { alice, bob } = table();
  sell(bob, 3, 100);
  expect(alice.reply("quote", five(100, 102))).toMatchObject({
    ...{ success: true, bid: null, ask: { price: 102 }, refused: { bid: wouldCross } },
    leaves: 5,
  });
});

test("nothing has changed where every side was refused, and the ack says so", () => {
  const { room, alice, bob } = table();
  alice.ask("quote", five(95, 110));
  const written = room.journal.entries.length;
  buy(bob, 1, 99);
  sell(bob, 1, 101);
  const before = ordersOf(alice);
  const reply = alice.reply("quote", { ...five(101, 102), ask: undefined, ask_qty: undefined });
  expect(reply).toMatchObject({ success: true, ask: null, cancelled: 1 });
  const again = alice.reply("quote", { inst: 1, bid: 102, bid_qty: 5, post_only: true });
  expect(again).toMatchObject({
    ...{ type: "quote_ack", success: false, refused: { bid: wouldCross }, leaves: 5 },
    ...{ bid: { order_id: before[0]!.order_id, price: 95 }, ask: null, order_ids: [] },
  });
  expect(room.journal.entries.length).toBe(written + 3);
});

test("the own old quote does not stand in the way of the new one, other own orders do", () => {
  const { alice } = table();
  alice.ask("quote", five(99, 101));
  expect(alice.reply("quote", five(102, 104))).toMatchObject({ refused: {}, bid: { price: 102 } });
  expect(alice.reply("quote", five(98, 100))).toMatchObject({ refused: {}, ask: { price: 100 } });
  sell(alice, 1, 99);
  expect(alice.reply("quote", five(99, 101))).toMatchObject({
    ...{ refused: { bid: wouldCross }, bid: { price: 98 }, ask: { price: 101 } },
  });
  expect(alice.all("order")).toEqual([]);
});

test("an order beside the own quote at the same price stands in the way", () => {
  const { alice, bob } = table();
  alice.ask("quote", five(99, 101));
  sell(bob, 5, 101);
  expect(alice.reply("quote", five(101, 104))).toMatchObject({
    ...{ refused: { bid: wouldCross }, bid: { price: 99 }, ask: { price: 104 } },
  });
});

test("what no quote may be is refused whole, as ever", () => {
  const { alice, bob } = table();
  alice.ask("quote", five(99, 101));
  expect(codeOf(alice.reply("quote", five(101, 101)))).toBe("BAD_REQUEST");
  expect(codeOf(alice.reply("quote", five(98.001, 101)))).toBe("OFF_TICK");
  expect(bookOf(bob)).toEqual({ bids: [[99, 5]], asks: [[101, 5]] });
  expect(alice.reply("quote", { inst: 1, post_only: true })).toMatchObject({
    ...{ success: true, cancelled: 2, refused: {} },
  });
  expect(alice.reply("quote", { inst: 1, post_only: true })).toMatchObject({
    ...{ success: true, cancelled: 0, refused: {} },
  });
});

test("a trader at the loss limit may leave a refused side where it is", () => {
  const { room, host, alice, bob, carol } = table();
  sell(bob, 10, 100);
  buy(alice, 10, 100);
  alice.ask("quote", { inst: 1, bid: 50, bid_qty: 5, post_only: true });
  host.ask("set_limits", { user_id: alice.userId, max_loss: 100 });
  buy(carol, 1, 60);
  sell(bob, 1, 62);
  room.tick(1_000);
  const quote = { inst: 1, bid: 62, bid_qty: 5, ask: 70, ask_qty: 5, post_only: true } as const;
  expect(alice.reply("quote", quote)).toMatchObject({
    ...{ refused: { bid: wouldCross }, bid: { price: 50 }, ask: { price: 70 } },
  });
});

test("a side stays post-only: a replace does not make it trade, after a restart as well", () => {
  const { room, alice, bob } = table();
  alice.ask("quote", five(99, 101));
  sell(bob, 3, 100);
  expect(ordersOf(alice).map((order) => order.post_only)).toEqual([true, true]);
  const [bid] = ordersOf(alice);
  for (let restarts = 0; restarts < 2; restarts++) {
    expect(codeOf(alice.reply("replace", { order_id: bid!.order_id, price: 100 }))).toBe(
      wouldCross,
    );
    room.restart();
  }
  expect(alice.reply("replace", { order_id: bid!.order_id, price: 99.5 })).toMatchObject({
    ...{ success: true, price: 99.5 },
  });
  alice.ask("quote", { inst: 1, bid: 99.5, bid_qty: 5 });
  expect(ordersOf(alice).map((order) => order.post_only)).toEqual([false]);
  expect(alice.reply("replace", { order_id: bid!.order_id, price: 100 })).toMatchObject({
    filled: 3,
  });
});

test("a repeated quote gets its refusals again, and replay comes to the same room", () => {
  const { room, alice, bob } = table();
  idOf(sell(bob, 3, 100));
  const quote = { ...five(100, 102), cid: "q" } as const;
  const first = alice.reply("quote", quote);
  room.restart();
  expect(alice.reply("quote", quote)).toEqual({ ...first, duplicate: true });
  expect(bookOf(bob).bids).toEqual([]);
});
