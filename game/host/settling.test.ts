/** Settlement: each position's payout, and the messages about it. */

import { describe, expect, test } from "vitest";
import type { TestUser } from "../testing/room.ts";
import { bookOf, buy, codeOf, pnlOf, positionOf, sell, table } from "../testing/table.ts";

/** Alice buys `qty` of `inst` from bob. */
function trade(alice: TestUser, bob: TestUser, inst: number, qty: number, price: number) {
  expect(sell(bob, qty, price, { inst })).toMatchObject({ type: "order_ack" });
  expect(buy(alice, qty, price, { inst })).toMatchObject({ filled: qty });
}

describe("an option pays", () => {
  test.each([
    { type: "CALL", strike: 100, value: 120, payoff: 20 },
    { type: "CALL", strike: 100, value: 100, payoff: 0 },
    { type: "CALL", strike: 100, value: 99.99, payoff: 0 },
    { type: "PUT", strike: 100, value: 92.5, payoff: 7.5 },
    { type: "PUT", strike: 100, value: 100, payoff: 0 },
    { type: "PUT", strike: 100, value: 101, payoff: 0 },
    { type: "CALL", strike: -2, value: -0.5, payoff: 1.5 },
    { type: "CALL", strike: -2, value: -3, payoff: 0 },
    { type: "PUT", strike: -2, value: -3.5, payoff: 1.5 },
    { type: "PUT", strike: 95.125, value: 95.123456, payoff: 0.001544 },
    { type: "CALL", strike: 95.125, value: 1_000_000, payoff: 999_904.875 },
  ] as const)("$payoff for a $type struck at $strike when the value is $value", (row) => {
    const { type, strike, value, payoff } = row;
    const { host, alice, bob } = table();
    host.ask("add_instrument", { symbol: "O", type, reference_id: 1, strike, tick_size: 0.5 });
    trade(alice, bob, 2, 10, 4.5);
    host.ask("settle", { inst: 1, value });
    expect(alice.last("option_expired")).toMatchObject({
      inst: 2,
      spot_price: value,
      payoff,
      reason: "underlying_settled",
      payout: { qty: 10, payout: Number((10 * payoff).toFixed(6)) },
    });
    const earned = Number((10 * (payoff - 4.5)).toFixed(6));
    expect(pnlOf(alice)).toMatchObject({ pnl: earned, realized: earned, unrealized: 0 });
    expect(pnlOf(bob).pnl).toBe(-earned);
    expect(positionOf(alice, 2)).toMatchObject({ qty: 0, mark: payoff });
  });
});

test("a tick value multiplies the payout, a tick coarser than the underlying's does not round it", () => {
  const { host, alice, bob } = table({ tick_size: 0.01 });
  host.ask("add_instrument", {
    ...{ symbol: "C", type: "CALL", reference_id: 1, strike: 100.25 },
    ...{ tick_size: 5, tick_value: 12.5 },
  } as const);
  trade(alice, bob, 2, 3, 10);
  host.ask("settle", { inst: 1, value: 112.37 });
  expect(alice.last("option_expired").payout).toEqual({ qty: 3, payout: 454.5 });
  expect(pnlOf(alice).pnl).toBe(79.5);
  expect(pnlOf(bob).pnl).toBe(-79.5);
});

test("a scalar may settle below zero and finer than its tick", () => {
  const { host, alice, bob } = table({ tick_size: 1 });
  trade(alice, bob, 1, 7, -3);
  host.ask("settle", { inst: 1, value: -4.123457 });
  expect(alice.last("settlement")).toMatchObject({
    value: -4.123457,
    payout: { qty: 7, payout: -28.864199 },
  });
  expect(bob.last("settlement").payout).toEqual({ qty: -7, payout: 28.864199 });
  expect([pnlOf(alice).pnl, pnlOf(bob).pnl]).toEqual([-7.864199, 7.864199]);
});

test("settling a scalar settles its own options only, each once", () => {
  const { host, alice, bob } = table();
  host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
  for (const [symbol, reference_id] of [
    ["XC", 1],
    ["XP", 1],
    ["YC", 2],
  ] as const)
    host.ask("add_instrument", {
      ...{ symbol, reference_id, strike: 100 },
      type: symbol.endsWith("C") ? "CALL" : "PUT",
    });
  for (const inst of [3, 4, 5]) trade(alice, bob, inst, 1, 5);
  expect(host.reply("expire_option", { inst: 3, spot_price: 103 })).toMatchObject({
    type: "option_expired",
    payoff: 3,
    reason: "expired",
    payouts: [
      { user_id: alice.userId, qty: 1, payout: 3 },
      { user_id: bob.userId, qty: -1, payout: -3 },
    ],
  });
  host.ask("settle", { inst: 1, value: 90 });
  expect(
    alice.all("option_expired").map(({ inst, payoff, reason }) => [inst, payoff, reason]),
  ).toEqual([
    [3, 3, "expired"],
    [4, 10, "underlying_settled"],
  ]);
  expect(alice.all("settlement")).toHaveLength(1);
  expect(positionOf(alice, 5)).toMatchObject({ qty: 1 });
  expect(pnlOf(alice).pnl).toBe(3);
  expect(codeOf(host.reply("expire_option", { inst: 3, spot_price: 1 }))).toBe("SETTLED");
  expect(codeOf(host.reply("expire_option", { inst: 2, spot_price: 1 }))).toBe("BAD_REQUEST");
  expect(codeOf(host.reply("expire_option", { inst: 9, spot_price: 1 }))).toBe(
    "NO_SUCH_INSTRUMENT",
  );
});

test("an option settled by itself leaves its underlying trading", () => {
  const { room, host, alice, bob } = table();
  host.ask("add_instrument", { symbol: "P", type: "PUT", reference_id: 1, strike: 50 });
  trade(alice, bob, 2, 2, 1);
  const settled = host.reply("settle", { inst: 2, value: 47.5 });
  expect(settled).toMatchObject({ type: "settlement", inst: 2, value: 47.5 });
  expect(alice.last("settlement").payout).toEqual({ qty: 2, payout: 5 });
  expect(codeOf(buy(alice, 1, 100))).toBe("no error but order_ack");
  expect(room.join("dave").last("join_ack").instruments[1]).toMatchObject({
    settled: true,
    settlement: 2.5,
  });
});

test("open orders are cancelled and their owners told, at the price that they had", () => {
  const { host, alice, bob } = table({ tick_size: 0.25 });
  const bid = buy(alice, 5, 99.75);
  sell(bob, 5, 101);
  host.ask("settle", { inst: 1, value: 100.123456 });
  expect(alice.last("order")).toMatchObject({
    order_id: (bid as { order_id: number }).order_id,
    status: "cancelled",
    reason: "settled",
    price: 99.75,
    leaves: 0,
  });
  expect(bookOf(alice)).toEqual({ bids: [], asks: [] });
});

test("the host sees all payouts, a trader only the trader's own, others none", () => {
  const { room, host, alice, bob, carol } = table();
  const watcher = room.join("watcher", "spectator");
  trade(alice, bob, 1, 10, 100);
  const reply = host.reply("settle", { inst: 1, value: 105, cid: "s" });
  expect(reply).toMatchObject({
    cid: "s",
    payouts: [
      { user_id: alice.userId, qty: 10, payout: 1050 },
      { user_id: bob.userId, qty: -10, payout: -1050 },
    ],
  });
  expect(host.all("settlement")).toHaveLength(1);
  expect(alice.last("settlement")).toMatchObject({ payout: { qty: 10, payout: 1050 } });
  for (const user of [alice, bob]) expect(user.last("settlement")).not.toHaveProperty("payouts");
  for (const user of [carol, watcher]) {
    expect(user.all("settlement")).toHaveLength(1);
    expect(user.last("settlement")).not.toHaveProperty("payout");
    expect(user.last("settlement")).not.toHaveProperty("payouts");
    expect(user.last("settlement")).not.toHaveProperty("cid");
  }
});

describe("what everybody has made of it", () => {
  test("is the P&L since the position was opened, whatever the marks said before, and then the total", () => {
    const { room, host, alice, bob, carol } = table({ tick_value: 1 });
    const watcher = room.join("watcher", "spectator");
    host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
    trade(alice, bob, 1, 10, 550);
    // The last trade marks X at 479, so that the settlement is 133 points above the mark.
    trade(carol, bob, 1, 1, 479);
    trade(alice, bob, 2, 1, 100);
    trade(carol, bob, 2, 1, 101);
    host.ask("settle", { inst: 1, value: 612 });
    expect(alice.last("settlement").result).toEqual({ pnl: 620, total: 621 });
    expect(carol.last("settlement").result).toEqual({ pnl: 133, total: 133 });
    expect(bob.last("settlement").result).toEqual({ pnl: -753, total: -754 });
    const results = [
      { user_id: alice.userId, pnl: 620, total: 621 },
      { user_id: carol.userId, pnl: 133, total: 133 },
      { user_id: bob.userId, pnl: -753, total: -754 },
    ];
    expect(host.last("settlement").results).toEqual(results);
    expect(watcher.last("settlement").results).toEqual(results);
    for (const user of [alice, bob, carol]) {
      expect(user.last("settlement")).not.toHaveProperty("results");
      expect(pnlOf(user).pnl).toBe(user.last("settlement").result?.total);
    }
    host.ask("resettle", { inst: 1, value: 500 });
    expect(alice.last("settlement").result).toEqual({ pnl: -500, total: -499 });
  });

  test("has the options that settled with it, and those who had closed their position", () => {
    const { host, alice, bob, carol } = table();
    host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 100 });
    trade(alice, bob, 1, 1, 100);
    trade(bob, alice, 1, 1, 90);
    trade(alice, bob, 2, 2, 5);
    host.ask("settle", { inst: 1, value: 120 });
    expect(alice.last("option_expired")).not.toHaveProperty("result");
    expect(alice.last("settlement").result).toEqual({ pnl: -10 + 30, total: 20 });
    expect(bob.last("settlement").result).toEqual({ pnl: -20, total: -20 });
    expect(carol.last("settlement")).not.toHaveProperty("result");
  });

  test("is told to spectators of few only: those who gained and those who lost most", () => {
    const { room, host, alice } = table();
    const watcher = room.join("watcher", "spectator");
    const others = Array.from({ length: 14 }, (_, nth) => room.join(`t${nth}`));
    for (const [nth, other] of others.entries()) trade(other, alice, 1, 1, 100 + nth);
    host.ask("settle", { inst: 1, value: 107 });
    expect(watcher.last("settlement").results?.map(({ pnl }) => pnl)).toEqual([
      ...[7, 6, 5, 4, 3],
      ...[-3, -4, -5, -6, -7],
    ]);
    expect(host.last("settlement").results).toHaveLength(15);
  });
});

test("whatever can be traded can be settled: at the prices of a coarse tick, and an option struck there", () => {
  const { room, host, alice, bob } = table();
  host.ask("add_instrument", { symbol: "GDP", type: "SCALAR", tick_size: 1000 });
  const inst = room.room.state.instruments.length;
  const call = { symbol: "GDP C", type: "CALL", reference_id: inst, strike: 5e9, tick_size: 1000 };
  expect(host.reply("add_instrument", call as never)).toMatchObject({ type: "instrument_added" });
  sell(bob, 2, 5e9, { inst });
  buy(alice, 2, 5e9, { inst });
  buy(alice, 1, 1000, { inst: inst + 1 });
  sell(bob, 1, 1000, { inst: inst + 1 });
  host.ask("settle", { inst, value: 5e9 + 2000 });
  expect(alice.reply("get_pnl", {})).toMatchObject({ pnl: 2 * 2000 + (2000 - 1000) });
});

test("a value finer than all that was traded settles as well", () => {
  const { host, alice, bob } = table();
  host.ask("add_instrument", { symbol: "N", type: "SCALAR", tick_size: 1 });
  const inst = host.last("instrument_added").inst;
  sell(bob, 10_000, 1e6, { inst });
  buy(alice, 10_000, 1e6, { inst });
  host.ask("settle", { inst, value: 1_000_000.123456 });
  expect(pnlOf(alice).pnl).toBe(1_234.56);
  expect(pnlOf(bob).pnl).toBe(-1_234.56);
});

test("a value of more than six decimals, or too large, is refused and settles nothing", () => {
  const { host, alice } = table();
  for (const value of [1e-7, 100.1234567, 1e16, -1e16, 1e300])
    expect(codeOf(host.reply("settle", { inst: 1, value })), String(value)).toBe("BAD_REQUEST");
  expect(codeOf(host.reply("settle", { inst: 2, value: 1 }))).toBe("NO_SUCH_INSTRUMENT");
  expect(codeOf(buy(alice, 1, 100))).toBe("no error but order_ack");
});

describe("a game can always be settled", () => {
  /** Alice buys from bob at the highest price and sells to him at zero, within the default limits. */
  function handRound(game: ReturnType<typeof table>, inst: number, rounds: number) {
    const { room, alice, bob } = game;
    const accepted = (message: { type: string }) => expect(message.type).toBe("order_ack");
    for (let round = 0; round < rounds; round++) {
      for (const [seller, buyer, price] of [
        [bob, alice, 1_000_000_000],
        [alice, bob, 0],
      ] as const) {
        accepted(sell(seller, 10_000, price, { inst }));
        accepted(buy(buyer, 10_000, price, { inst }));
      }
      room.tick(100);
    }
  }

  function game() {
    const game = table({ tick_size: 1 });
    for (const [symbol, type] of [
      ["C", "CALL"],
      ["P", "PUT"],
    ] as const)
      game.host.ask("add_instrument", { symbol, type, reference_id: 1, strike: 100, tick_size: 1 });
    return game;
  }

  /** P&L of all traders together; 0 only if it is exactly that. */
  const sumOf = (users: TestUser[]) => users.reduce((sum, user) => sum + pnlOf(user).pnl, 0);

  test("whatever two seats have traded in one of its options: all settle, to a sum of zero", () => {
    const { host, alice, bob, carol, ...rest } = game();
    handRound({ host, alice, bob, carol, ...rest }, 2, 1_000);
    expect(pnlOf(alice).pnl).toBe(-1e16);
    trade(alice, bob, 2, 7, 1_000_000_000);
    trade(alice, bob, 3, 11, 3);
    expect(sumOf([alice, bob, carol])).toBe(0);
    host.ask("settle", { inst: 1, value: 123.456789 });
    expect(host.last("settlement")).toMatchObject({ inst: 1, value: 123.456789 });
    expect(host.all("option_expired").map(({ inst, payouts }) => [inst, payouts])).toEqual([
      [
        2,
        [
          { user_id: alice.userId, qty: 7, payout: 164.197523 },
          { user_id: bob.userId, qty: -7, payout: -164.197523 },
        ],
      ],
      [
        3,
        [
          { user_id: alice.userId, qty: 11, payout: 0 },
          { user_id: bob.userId, qty: -11, payout: 0 },
        ],
      ],
    ]);
    const lost = 1e16 + 7e9 + 33 - 164.197523;
    expect([pnlOf(alice).pnl, pnlOf(bob).pnl]).toEqual([-lost, lost]);
  });

  test("an option expires at either bound, finer than all before, and others trade on", () => {
    const { host, alice, bob, carol, ...rest } = game();
    handRound({ host, alice, bob, carol, ...rest }, 3, 400);
    trade(alice, bob, 3, 5_000, 1);
    trade(carol, bob, 3, 5_000, 1);
    expect(host.reply("expire_option", { inst: 3, spot_price: -999_999_999.5 })).toMatchObject({
      type: "option_expired",
      payoff: 1_000_000_099.5,
      payouts: [
        { user_id: alice.userId, payout: 5_000_000_497_500 },
        { user_id: bob.userId, payout: -10_000_000_995_000 },
        { user_id: carol.userId, payout: 5_000_000_497_500 },
      ],
    });
    expect([pnlOf(alice).pnl, pnlOf(bob).pnl, pnlOf(carol).pnl]).toEqual([
      -4e15 + 5_000_000_492_500,
      4e15 - 10_000_000_985_000,
      5_000_000_492_500,
    ]);
    expect(sumOf([alice, bob, carol])).toBe(0);
    handRound({ host, alice, bob, carol, ...rest }, 2, 1);
    host.ask("settle", { inst: 1, value: 1_000_000_000 });
    expect(host.last("settlement")).toMatchObject({ inst: 1, value: 1_000_000_000 });
    expect(sumOf([alice, bob, carol])).toBe(0);
  });
});
