/** Marks that small orders do not move. */

import { describe, expect, test } from "vitest";
import type { Message } from "#protocol";
import { seeded, buy, codeOf, pnlOf, positionOf, sell, table } from "../testing/table.ts";

const rowOf = ({ rows }: Message<"leaderboard">, userId: number) =>
  rows.find((row) => row.user_id === userId)?.pnl;

/** Alice has bought a hundred at 20 from bob, and carol makes a market of 10 at 20. */
function wide(markLots: number, instrument: Parameters<typeof table>[0] = {}) {
  const t = table(instrument, { markLots });
  const { lot_size: lot = 1 } = instrument;
  sell(t.bob, 100 * lot, 20);
  buy(t.alice, 100 * lot, 20);
  t.carol.ask("quote", { inst: 1, bid: 10, bid_qty: 50 * lot, ask: 20, ask_qty: 50 * lot });
  t.room.tick(2_000);
  return t;
}

describe("a one-lot bid of one's own in a market of 10 at 20", () => {
  test("moves neither the own mark nor the leaderboard", () => {
    const t = wide(5);
    for (let restarts = 0; restarts < 2; restarts++) {
      expect([pnlOf(t.alice).pnl, pnlOf(t.bob).pnl]).toEqual([-500, 500]);
      buy(t.alice, 1, 18);
      t.room.tick(2_000);
      expect(positionOf(t.alice)).toMatchObject({ mark: 15, unrealized_pnl: -500 });
      expect(rowOf(t.host.last("leaderboard"), t.alice.userId)).toBe(-500);
      t.room.restart();
    }
  });

  test("moves it where the host lets any order count, as in rooms of before", () => {
    const t = wide(1);
    expect(pnlOf(t.alice).pnl).toBe(-500);
    buy(t.alice, 1, 18);
    expect(pnlOf(t.alice).pnl).toBe(-100);
  });

  test("is a lot, whatever a lot is", () => {
    const t = wide(5, { lot_size: 10 });
    buy(t.alice, 40, 18);
    expect(positionOf(t.alice)).toMatchObject({ mark: 15 });
    buy(t.alice, 10, 18);
    expect(positionOf(t.alice)).toMatchObject({ mark: 19 });
  });
});

test("orders add up to the size, better prices first", () => {
  const t = wide(5);
  for (const price of [18, 17, 16, 15]) buy(t.alice, 1, price);
  expect(positionOf(t.alice)).toMatchObject({ mark: 15 });
  buy(t.bob, 1, 14);
  expect(positionOf(t.alice)).toMatchObject({ mark: 17 });
});

test("a side of fewer lots does not count: the last trade does, far orders of a few lots or not", () => {
  const t = wide(5);
  t.carol.ask("cancel_all", { side: "sell" });
  expect(positionOf(t.alice)).toMatchObject({ mark: 20 });
  sell(t.alice, 4, 1_000_000);
  expect(positionOf(t.alice)).toMatchObject({ mark: 20 });
});

test("nobody gains what another does not lose, and the loss limit sees the same mark after a restart", () => {
  const random = seeded(9);
  const t = table({}, { markLots: 3 });
  const users = [t.alice, t.bob, t.carol];
  for (let count = 0; count < 600; count++) {
    t.room.tick(30);
    const user = users[Math.floor(random() * 3)]!;
    const [qty, price] = [1 + Math.floor(random() * 4), 95 + Math.floor(random() * 10)];
    (random() < 0.5 ? buy : sell)(user, qty, price);
    if (random() < 0.1) user.ask("cancel_all", {});
    if (count === 100) t.host.ask("set_limits", { max_loss: 40 });
    expect(users.reduce((sum, one) => sum + pnlOf(one).pnl, 0)).toBeCloseTo(0, 9);
  }
  const refused = t.alice.all("error").filter(({ code }) => code === "LOSS_LIMIT");
  expect(refused.length + t.bob.all("error").length + t.carol.all("error").length).toBeGreaterThan(
    5,
  );
  const before = users.map((one) => pnlOf(one));
  t.room.restart();
  expect(users.map((one) => pnlOf(one))).toEqual(before);
});

test("a mark follows each entry at once", () => {
  const t = wide(2);
  for (const price of [12, 14, 16]) {
    expect(codeOf(buy(t.bob, 2, price))).toBe("no error but order_ack");
    expect(positionOf(t.alice)).toMatchObject({ mark: (price + 20) / 2 });
  }
});
