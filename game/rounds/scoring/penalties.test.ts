/** Penalties of a duty to quote: what they cost, by the contract, in scores, standings and files. */

import { expect, test } from "vitest";
import type { Scoring } from "#protocol";
import { recordSession } from "../../testing/record.ts";
import { newEngine, TestRoom, type TestUser } from "../../testing/room.ts";
import { goTo, next } from "../../testing/rounds.ts";

const scorings: Scoring[] = ["pnl", "luck_adjusted", "risk_adjusted", "quoting", "rank"];
const quoting = { max_width: 4, min_qty: 5, share: 0.6, penalty_per_s: 3 };

/**
 * A hundred seconds of trading. The first quotes for 40 of them; the second a tick too wide, the third a contract too few,
 * both all the time; the fourth not at all, but trades with the first.
 */
function played(scoring: Scoring) {
  const room = new TestRoom({ play: { scoring } });
  const host = room.join("Exchange", "exchange");
  const seats = ["Ana", "Bo", "Cy", "Di"].map((name) => room.join(name));
  const [ana, bo, cy, di] = seats as [TestUser, TestUser, TestUser, TestUser];
  const params = { table: 0, trade_seconds: 200, quoting };
  host.ask("round_start", { format: "seventeen", params });
  const inst = goTo(host, "trade").instruments[0]!;
  const quote = (seat: TestUser, bid: number, width: number, qty: number) =>
    seat.ask("quote", { inst, bid, ask: bid + width, bid_qty: qty, ask_qty: qty });
  quote(bo, 18, 5, 50);
  quote(ana, 19, 4, 6);
  quote(cy, 19, 4, 4);
  room.tick(25_000);
  // Time that does not count, on either side.
  host.ask("round_step", { action: "pause" });
  room.tick(60_000);
  host.ask("round_step", { action: "resume" });
  room.tick(15_000);
  // Four contracts of six are left: too few.
  di.ask("order_new", { inst, side: "sell", qty: 4, price: 19, tif: "IOC" });
  room.tick(60_000);
  goTo(host, "settle");
  return { room, host, seats };
}

test.each(scorings)("%s: the penalty is off the score, and off nothing else", (scoring) => {
  const { host, seats } = played(scoring);
  const { rows, standings } = host.last("round_result");
  const rowOf = (at: number) => rows.find(({ user_id }) => user_id === seats[at]!.userId)!;
  // 60 seconds of 100 are owed.
  expect([0, 1, 2, 3].map((at) => rowOf(at).penalty)).toEqual([60, 180, 180, 180]);
  expect(rows.reduce((sum, { pnl }) => sum + pnl, 0)).toBeCloseTo(0, 6);
  for (const row of rows) {
    expect(row.edge! + row.information! + row.luck!).toBeCloseTo(row.pnl, 6);
    if (scoring === "pnl") expect(row.score).toBeCloseTo(row.pnl - row.penalty, 6);
    if (scoring === "luck_adjusted")
      expect(row.score).toBeCloseTo(row.edge! + row.information! - row.penalty, 6);
    const told = standings.find(({ user_id }) => user_id === row.user_id)!;
    expect(told.score).toBe(row.score);
  }
  expect(rowOf(1)).toMatchObject({ pnl: 0 });
});

test("the files have the penalties, and a P&L without them", () => {
  const { room, host, seats } = played("pnl");
  for (const _step of ["review", "done"]) next(host);
  const { rows } = host.last("round_result");
  const { data } = recordSession(newEngine(), room.journal.entries);
  for (const { userId } of seats) {
    const row = rows.find(({ user_id }) => user_id === userId)!;
    const inFile = data.scores.find(({ user_id }) => user_id === userId);
    expect(inFile).toMatchObject({ penalty: row.penalty, score: row.score, pnl: row.pnl });
    expect(data.pnl.find(({ user_id }) => user_id === userId)!.pnl).toBeCloseTo(row.pnl, 6);
  }
});
