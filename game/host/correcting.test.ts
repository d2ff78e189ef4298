/** Corrected settlements: payouts at the new value, zero-sum, told to all. */

import { describe, expect, test } from "vitest";
import { recordSession } from "../testing/record.ts";
import { newEngine, type TestUser } from "../testing/room.ts";
import { buy, codeOf, pnlOf, positionOf, sell, table } from "../testing/table.ts";

/** Alice buys ten of `inst` from bob. */
function trade(alice: TestUser, bob: TestUser, inst: number, price: number) {
  sell(bob, 10, price, { inst });
  expect(buy(alice, 10, price, { inst })).toMatchObject({ filled: 10 });
}

test("the payout becomes the one at the new value, for everybody", () => {
  const { room, host, alice, bob, carol } = table({ tick_value: 2 });
  const watcher = room.join("watcher", "spectator");
  trade(alice, bob, 1, 550);
  host.ask("settle", { inst: 1, value: 612 });
  const reply = host.reply("resettle", { inst: 1, value: 512, cid: "r" });
  expect(reply).toMatchObject({
    ...{ type: "settlement", inst: 1, value: 512, corrected: true, cid: "r" },
    payouts: [
      { user_id: alice.userId, qty: 10, payout: 10_240 },
      { user_id: bob.userId, qty: -10, payout: -10_240 },
    ],
  });
  expect(alice.last("settlement")).toMatchObject({
    ...{ corrected: true, payout: { qty: 10, payout: 10_240 } },
  });
  expect(alice.last("settlement")).not.toHaveProperty("payouts");
  for (const user of [carol, watcher]) {
    expect(user.last("settlement")).toMatchObject({ value: 512, corrected: true });
    expect(user.last("settlement")).not.toHaveProperty("payout");
    expect(user.all("settlement")[0]).not.toHaveProperty("corrected");
  }
  expect(host.all("settlement")).toHaveLength(2);
  expect([pnlOf(alice).pnl, pnlOf(bob).pnl]).toEqual([-760, 760]);
  expect(alice.last("pnl").pnl).toBe(-760);
  expect(positionOf(alice)).toMatchObject({ qty: 0, mark: 512, realized_pnl: -760 });
  expect(room.join("dave").last("join_ack").instruments[0]).toMatchObject({
    ...{ settlement: 512, corrected: true },
  });
});

test("options that settled with the scalar follow; one that expired before keeps its own value", () => {
  const { host, alice, bob } = table();
  for (const symbol of ["C1", "C2"])
    host.ask("add_instrument", { symbol, type: "CALL", reference_id: 1, strike: 100 });
  trade(alice, bob, 2, 5);
  trade(alice, bob, 3, 5);
  host.ask("expire_option", { inst: 2, spot_price: 130 });
  host.ask("settle", { inst: 1, value: 120 });
  const told = host.ask("resettle", { inst: 1, value: 107.25 });
  expect(told.map(({ type }) => type).slice(0, 2)).toEqual(["option_expired", "settlement"]);
  expect(alice.last("option_expired")).toMatchObject({
    ...{ inst: 3, spot_price: 107.25, payoff: 7.25, reason: "underlying_settled" },
    ...{ corrected: true, payout: { qty: 10, payout: 72.5 } },
  });
  expect([pnlOf(alice).pnl, pnlOf(bob).pnl]).toEqual([250 + 22.5, -250 - 22.5]);
  expect(host.reply("resettle", { inst: 2, value: 90 })).toMatchObject({
    ...{ type: "settlement", inst: 2, value: 90, corrected: true },
  });
  expect(pnlOf(alice).pnl).toBe(-50 + 22.5);
});

describe("a correction is refused", () => {
  test("of what is not settled, not listed, or at no value", () => {
    const { host } = table();
    expect(codeOf(host.reply("resettle", { inst: 1, value: 1 }))).toBe("BAD_REQUEST");
    expect(codeOf(host.reply("resettle", { inst: 2, value: 1 }))).toBe("NO_SUCH_INSTRUMENT");
    host.ask("settle", { inst: 1, value: 5 });
    for (const value of [1e-7, 1e16, 1e300])
      expect(codeOf(host.reply("resettle", { inst: 1, value }))).toBe("BAD_REQUEST");
    expect(codeOf(host.reply("settle", { inst: 1, value: 6 }))).toBe("SETTLED");
  });

  test("once the session is closed", () => {
    const { host } = table();
    host.ask("settle", { inst: 1, value: 5 });
    host.ask("session", { state: "paused" });
    expect(host.reply("resettle", { inst: 1, value: 4 })).toMatchObject({ value: 4 });
    host.ask("session", { state: "closed" });
    expect(codeOf(host.reply("resettle", { inst: 1, value: 6 }))).toBe("ROOM_CLOSED");
  });
});

test("a correction holds after a restart, can be made again, and is an event of its own", () => {
  const { room, host, alice, bob } = table();
  trade(alice, bob, 1, 100);
  host.ask("settle", { inst: 1, value: 105 });
  host.ask("resettle", { inst: 1, value: 95.123456 });
  room.restart();
  expect(pnlOf(alice).pnl).toBe(-48.76544);
  expect(host.reply("resettle", { inst: 1, value: 110, cid: "again" })).toMatchObject({
    value: 110,
  });
  room.restart();
  expect([pnlOf(alice).pnl, pnlOf(bob).pnl]).toEqual([100, -100]);
  expect(host.reply("resettle", { inst: 1, value: 110, cid: "again" })).toMatchObject({
    ...{ duplicate: true, corrected: true },
  });
  const { data } = recordSession(newEngine(), room.journal.entries);
  const ops = data.events.map(({ op, detail }) => [op, JSON.parse(detail ?? "").value]);
  expect(ops.slice(-3)).toEqual([
    ["settle", 105],
    ["resettle", 95.123456],
    ["resettle", 110],
  ]);
  expect(data.instruments[0]).toMatchObject({ settlement: 110 });
  expect(data.pnl.map(({ pnl }) => pnl)).toEqual([100, 0, -100]);
});

test("money beyond exact numbers is corrected to a sum of zero", () => {
  const { room, host, alice, bob } = table({ tick_size: 1 });
  for (let round = 0; round < 1_000; round++) {
    for (const [seller, buyer, price] of [
      [bob, alice, 1_000_000_000],
      [alice, bob, -1_000_000_000],
    ] as const) {
      sell(seller, 10_000, price);
      buy(buyer, 10_000, price);
    }
    room.tick(100);
  }
  trade(alice, bob, 1, -1_000_000_000);
  host.ask("settle", { inst: 1, value: 1_000_000_000 });
  expect(pnlOf(alice).pnl).toBe(-2e16 + 2e10);
  host.ask("resettle", { inst: 1, value: -999_999_999.999999 });
  expect(alice.last("settlement").payout).toEqual({ qty: 10, payout: -9_999_999_999.99999 });
  expect(pnlOf(alice).pnl + pnlOf(bob).pnl).toBe(0);
});
