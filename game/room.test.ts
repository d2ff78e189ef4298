import { describe, expect, test } from "vitest";
import { TestRoom, type TestUser } from "./testing/room.ts";

function table() {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const alice = room.join("alice");
  const bob = room.join("bob");
  host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  return { room, host, alice, bob };
}

const pnl = (user: TestUser) => {
  user.ask("get_pnl", {});
  return user.last("pnl").pnl;
};
const fillsOf = (user: TestUser) =>
  user.all("fill").map(({ price, qty, side }) => ({ price, qty, side }));

describe("the scripted games of the original", () => {
  test("a scalar bought 10 at 100 and settled at 105 pays +50 and -50", () => {
    const { host, alice, bob } = table();
    alice.ask("order_new", { inst: 1, side: "buy", price: 100, qty: 10 });
    bob.ask("order_new", { inst: 1, side: "sell", price: 100, qty: 10 });
    host.ask("settle", { inst: 1, value: 105 });
    expect([pnl(alice), pnl(bob)]).toEqual([50, -50]);
    expect(fillsOf(alice)).toEqual([{ price: 100, qty: 10, side: "buy" }]);
    expect(fillsOf(bob)).toEqual([{ price: 100, qty: 10, side: "sell" }]);
    expect(alice.last("settlement").payout).toEqual({ qty: 10, payout: 1050 });
    expect(host.last("settlement").payouts).toHaveLength(2);
  });

  test("a call struck at 100 bought 10 at 5, underlying settled at 120, pays +150 and -150", () => {
    const { host, alice, bob } = table();
    host.ask("add_instrument", { symbol: "X100C", type: "CALL", reference_id: 1, strike: 100 });
    alice.ask("order_new", { inst: 2, side: "buy", price: 5, qty: 10 });
    bob.ask("order_new", { inst: 2, side: "sell", price: 5, qty: 10 });
    host.ask("settle", { inst: 1, value: 120 });
    expect([pnl(alice), pnl(bob)]).toEqual([150, -150]);
    expect(alice.last("option_expired")).toMatchObject({
      inst: 2,
      spot_price: 120,
      payoff: 20,
      reason: "underlying_settled",
    });
    expect(host.reply("settle", { inst: 2, value: 120 })).toMatchObject({
      type: "error",
      code: "SETTLED",
    });
  });

  test("bids 10@100, 20@99, 30@98 met by a sell of 40@99", () => {
    const { room, alice, bob } = table();
    for (const [qty, price] of [
      [10, 100],
      [20, 99],
      [30, 98],
    ] as const)
      alice.ask("order_new", { inst: 1, side: "buy", price, qty });
    const [ack] = bob.ask("order_new", { inst: 1, side: "sell", price: 99, qty: 40 });
    expect(ack).toMatchObject({ type: "order_ack", filled: 30, leaves: 10, status: "partial" });
    expect(fillsOf(bob)).toEqual([
      { price: 100, qty: 10, side: "sell" },
      { price: 99, qty: 20, side: "sell" },
    ]);
    expect(fillsOf(alice)).toEqual([
      { price: 100, qty: 10, side: "buy" },
      { price: 99, qty: 20, side: "buy" },
    ]);
    room.tick(60);
    expect(alice.last("md_inc")).toMatchObject({ bids: [[98, 30]], asks: [[99, 10]], last: 99 });
  });
});

describe("a cid", () => {
  test("makes a repeat harmless, also after a restart", () => {
    const { room, alice } = table();
    const order = { inst: 1, side: "buy", price: 100, qty: 10, cid: "a-1" } as const;
    const first = alice.reply("order_new", order);
    expect(alice.reply("order_new", order)).toEqual({ ...first, duplicate: true });
    room.restart();
    expect(alice.reply("order_new", order)).toEqual({ ...first, duplicate: true });
    alice.ask("get_orders", {});
    expect(alice.last("orders").orders).toHaveLength(1);
  });

  test("of another request is refused", () => {
    const { alice } = table();
    alice.ask("order_new", { inst: 1, side: "buy", price: 100, qty: 10, cid: "a" });
    const again = alice.reply("order_new", { inst: 1, side: "buy", price: 101, qty: 10, cid: "a" });
    expect(again).toMatchObject({ type: "error", code: "CID_REUSED", cid: "a" });
  });

  test("of a refused request repeats the refusal", () => {
    const { host, alice } = table();
    host.ask("halt", { inst: 1, on: true });
    const order = { inst: 1, side: "buy", price: 100, qty: 1, cid: "r" } as const;
    const first = alice.reply("order_new", order);
    expect(first).toMatchObject({ type: "error", code: "HALTED" });
    host.ask("halt", { inst: 1, on: false });
    expect(alice.reply("order_new", order)).toEqual({ ...first, duplicate: true });
  });
});

test("a restart loses nothing: books, positions, hash and event number are the same", () => {
  const { room, host, alice, bob } = table();
  host.ask("add_instrument", {
    symbol: "P",
    type: "PUT",
    reference_id: 1,
    strike: 95.5,
    tick_size: 0.25,
  });
  alice.ask("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 });
  bob.ask("order_new", { inst: 1, side: "buy", type: "market", qty: 3 });
  alice.ask("quote", { inst: 1, bid: 98, bid_qty: 5, ask: 101, ask_qty: 1 });
  bob.ask("order_new", { inst: 1, side: "buy", price: 105.005, qty: 3, cid: "off" });
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.5 });
  bob.ask("order_new", { inst: 2, side: "sell", price: 1.25, qty: 7 });
  host.ask("set_limits", { user_id: bob.userId, max_position: 50 });
  host.ask("kill_switch", { user_id: alice.userId, on: true });
  const before = room.room;
  room.restart();
  expect(room.room.context.engine.stateHash()).toBe(before.context.engine.stateHash());
  expect(room.room.state.seq).toBe(before.state.seq);
  expect(room.room.state.orders).toEqual(before.state.orders);
  expect(room.room.state.instruments).toEqual(before.state.instruments);
});
