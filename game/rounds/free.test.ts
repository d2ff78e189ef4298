/** A round of free trading: the host lists the instruments and settles them by hand. */

import { describe, expect, test } from "vitest";
import type { TestUser } from "../testing/room.ts";
import { goTo, next, refusalOf, seated, start } from "../testing/rounds.ts";

describe("free", () => {
  const { room, host, seats, watcher } = seated(2);
  const [alice, bob] = seats as [TestUser, TestUser];
  host.ask("add_instrument", { symbol: "BEFORE", type: "SCALAR", tick_size: 1 });
  const started = start(host, { format: "free" });
  const corn = { symbol: "CORN", type: "SCALAR", tick_size: 1 } as const;
  const buy = (user: TestUser, inst: number, price = 50) =>
    refusalOf(user.ask("order_new", { inst, side: "buy", qty: 2, price }));

  test("takes what the host lists into the round, halted until the trading begins", () => {
    expect(started.instruments).toEqual([]);
    host.ask("add_instrument", corn);
    room.tick(250);
    expect(watcher.last("round").instruments).toEqual([2]);
    expect(buy(alice, 2)).toContain("HALTED");
    expect(refusalOf(host.ask("halt", { inst: 2, on: false }))).toContain("RULE");
    expect(buy(alice, 1)).toBe("taken");
    goTo(host, "trade");
    host.ask("add_instrument", { symbol: "CORN 60C", type: "CALL", strike: 60, reference_id: 2 });
    expect(host.last("instrument_added").instrument.halted).toBe(false);
  });

  test("lets everybody trade, and goes on only when what was traded is settled", () => {
    const late = room.join("late");
    expect(buy(late, 2)).toBe("taken");
    bob.ask("order_new", { inst: 2, side: "sell", qty: 2, price: 50 });
    bob.ask("order_new", { inst: 3, side: "sell", qty: 1, price: 4 });
    alice.ask("order_new", { inst: 3, side: "buy", qty: 1, price: 4 });
    expect(refusalOf(host.ask("round_step", { action: "next" }))).toContain(
      "Settle CORN, CORN 60C first",
    );
    expect(host.last("round").step.kind).toBe("trade");
    host.ask("settle", { inst: 2, value: 70 });
    expect(next(host).step.kind).toBe("settle");
    const result = watcher.last("round_result");
    expect(result.settlement).toEqual([
      { inst: 2, value: 70 },
      { inst: 3, value: 10 },
    ]);
    const row = (user: TestUser) => result.rows.find(({ user_id }) => user_id === user.userId)!;
    expect([alice, bob, late].map((user) => row(user).pnl)).toEqual([6, -46, 40]);
    expect(row(alice)).toMatchObject({ edge: null, luck: null });
  });

  test("corrects a final value and the result with it", () => {
    host.ask("resettle", { inst: 2, value: 60 });
    const result = watcher.last("round_result");
    expect(result).toMatchObject({ corrected: true });
    expect(result.settlement.map(({ value }) => value)).toEqual([60, 0]);
    expect(result.standings.reduce((sum, { score }) => sum + score, 0)).toBe(0);
  });

  test("leaves alone what was there before it, and comes back from its journal", () => {
    while (next(host).state === "running");
    start(host, { format: "free" });
    expect(watcher.all("instrument_retired").map(({ inst }) => inst)).toEqual([2, 3]);
    const before = structuredClone(room.room.state.round);
    room.restart();
    expect(room.room.state.round).toEqual(before);
  });
});

test("the end of the session ends a free round with the values that there are", () => {
  const { host, seats } = seated(2);
  start(host, { format: "free" });
  goTo(host, "trade");
  host.ask("add_instrument", { symbol: "A", type: "SCALAR", tick_size: 1 });
  const [alice, bob] = seats as [TestUser, TestUser];
  alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 5 });
  bob.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 5 });
  host.ask("session", { state: "closed" });
  expect(alice.last("round_result")).toMatchObject({ aborted: false, settlement: [] });
});

test("a host cannot list an option on what another round settles", () => {
  const { host } = seated(3);
  const { instruments } = start(host, { format: "dice", auto: false });
  const option = {
    symbol: "MINE",
    type: "CALL",
    strike: 5,
    reference_id: instruments[0]!,
  } as const;
  expect(refusalOf(host.ask("add_instrument", option))).toContain("RULE");
});
