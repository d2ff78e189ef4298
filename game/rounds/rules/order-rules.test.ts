/** Rules that any round can have: size and width of orders, cancels after a trade, and a duty to quote. */

import { expect, test } from "vitest";
import type { TestUser } from "../../testing/room.ts";
import { goTo, refusalOf, seated, start } from "../../testing/rounds.ts";

test("a round can bound the width of quotes and the size of orders, and clear the books after a trade", () => {
  const { host, seats } = seated(3);
  const rules = { max_width: 3, min_qty: 2, cancel_all_on_trade: true };
  const started = start(host, { format: "dice", auto: false, params: { rules } });
  expect(started.rules).toEqual(rules);
  goTo(host, "trade");
  const [sum, min] = started.instruments as [number, number];
  const [alice, bob, carol] = seats as [TestUser, TestUser, TestUser];
  const quote = (user: TestUser, bid: number, ask: number, qty = 2) =>
    refusalOf(user.ask("quote", { inst: sum, bid, bid_qty: qty, ask, ask_qty: qty }));
  expect(quote(alice, 8, 12)).toContain("(max_width)");
  expect(quote(alice, 9, 12, 1)).toContain("(min_qty)");
  expect(quote(alice, 9, 12)).toBe("taken");
  expect(refusalOf(bob.ask("order_new", { inst: min, side: "buy", qty: 2, price: 1 }))).toBe(
    "taken",
  );
  expect(
    refusalOf(carol.ask("order_new", { inst: sum, side: "buy", qty: 1, price: 12 })),
  ).toContain("RULE");
  carol.ask("order_new", { inst: sum, side: "buy", qty: 3, price: 12 });
  // The rest of the order that traded goes, too.
  for (const user of seats)
    expect(user.last("order")).toMatchObject({ reason: "traded", status: "cancelled" });
});

test("a duty to quote is told to each seat by the second, and its penalty comes off the score", () => {
  const { room, host, seats, watcher } = seated(2);
  const quoting = { max_width: 4, min_qty: 5, share: 0.5, penalty_per_s: 2 };
  const { instruments } = start(host, { format: "dice", params: { quoting, trade_seconds: 60 } });
  goTo(host, "trade");
  const [inst] = instruments as [number];
  const [alice, bob] = seats as [TestUser, TestUser];
  for (let second = 0; second < 20; second++) {
    if (second === 5) alice.ask("quote", { inst, bid: 5, bid_qty: 5, ask: 9, ask_qty: 5 });
    if (second === 15) alice.ask("cancel_all", {});
    room.tick(1_000);
  }
  expect(alice.last("obligation")).toMatchObject({ round: 1, inst, share: 0.5, penalty: 0 });
  expect(bob.last("obligation")).toMatchObject({ share: 0, penalty: 20 });
  expect(bob.all("obligation").length).toBeLessThanOrEqual(21);
  expect(bob.all("obligation").length).toBeGreaterThan(15);
  expect(watcher.all("obligation")).toEqual([]);
  host.ask("round_step", { action: "pause" });
  room.tick(30_000);
  const told = bob.all("obligation").length;
  room.tick(30_000);
  expect(bob.all("obligation")).toHaveLength(told);
  const back = room.join("trader 2", "trader", { resume_token: bob.token });
  expect(back.last("obligation")).toMatchObject({ share: 0, penalty: 20 });
  host.ask("round_step", { action: "resume" });
  room.tick(40_000);
  const { rows } = alice.last("round_result");
  const row = (user: TestUser) => rows.find(({ user_id }) => user_id === user.userId)!;
  expect(row(alice)).toMatchObject({ pnl: 0, penalty: 40, score: -40 });
  expect(row(bob)).toMatchObject({ pnl: 0, penalty: 60, score: -60 });
});
