/** Scores of rounds, their penalties, ranks and standings, as players are told them. */

import { describe, expect, test } from "vitest";
import type { Message, PlaySettings, Request } from "#protocol";
import { TestRoom, type TestUser } from "../../testing/room.ts";

type Params = Record<string, unknown>;
type Row = Message<"round_result">["rows"][number];

/** A round of `seventeen`, without table cards, in its trading step of a minute and a half. */
class Table {
  readonly room: TestRoom;
  readonly host: TestUser;
  readonly seats: TestUser[];
  inst = 0;

  constructor(play: Partial<PlaySettings> = {}, traders = 3) {
    this.room = new TestRoom({ play });
    this.host = this.room.join("Exchange", "exchange");
    this.seats = Array.from({ length: traders }, (_, at) => this.room.join(`trader ${at + 1}`));
  }

  begin(params: Params = {}, fields: Partial<Request<"round_start">> = {}): this {
    this.host.ask("round_start", {
      format: "seventeen",
      params: { table: 0, ...params },
      ...fields,
    });
    this.inst = this.host.last("round").instruments[0]!;
    this.to("trade");
    return this;
  }

  to(kind: string): void {
    while (this.host.last("round").step.kind !== kind)
      this.host.ask("round_step", { action: "next" });
  }

  /** The first buys of the second. */
  trade(buyer: number, seller: number, qty: number, price: number): void {
    const { inst } = this;
    this.seats[seller]!.ask("order_new", { inst, side: "sell", qty, price });
    this.seats[buyer]!.ask("order_new", { inst, side: "buy", qty, price });
  }

  quote(seat: number, bid: number, ask: number, qty: number): void {
    const quote = { inst: this.inst, bid, bid_qty: qty, ask, ask_qty: qty };
    this.seats[seat]!.ask("quote", quote);
  }

  pass(seconds: number): void {
    this.room.tick(seconds * 1_000);
  }

  /** Settles the round. @returns the result, and the rows by seat */
  end() {
    this.to("settle");
    const result = this.host.last("round_result");
    const rowOf = (seat: number): Row =>
      result.rows.find((row) => row.user_id === this.seats[seat]!.userId)!;
    return { result, rowOf };
  }
}

test("luck-adjusted: edge and information, and the P&L in a game without fair values", () => {
  const table = new Table({ scoring: "luck_adjusted" }).begin();
  table.trade(0, 1, 4, 20);
  const { rowOf } = table.end();
  for (const seat of [0, 1, 2]) {
    const { score, edge, information } = rowOf(seat);
    expect(score).toBeCloseTo(edge! + information!, 6);
  }
  table.host.ask("round_step", { action: "next" });
  table.host.ask("round_step", { action: "next" });
  table.host.ask("round_start", { format: "quiz" });
  table.inst = table.host.last("round").instruments[0]!;
  table.to("trade");
  table.trade(0, 1, 1, table.room.room.state.instruments.at(-1)!.openingPrice!);
  const quiz = table.end().rowOf(0);
  expect(quiz).toMatchObject({ edge: null, score: quiz.pnl });
});

test("risk-adjusted: the P&L over the deviation of its path on whole seconds", () => {
  const table = new Table({ scoring: "risk_adjusted" }).begin();
  table.pass(10.4);
  table.trade(0, 1, 2, 20);
  // The mark is the last price for twenty seconds, then the middle of a quote.
  table.pass(20);
  table.quote(2, 26, 28, 5);
  table.pass(59.6);
  const { rowOf } = table.end();
  // Seconds 1 to 10 are before the trade, 11 to 30 at 20, 31 to 90 at 27: seven up, times two.
  const path = [...Array<number>(30).fill(0), ...Array<number>(60).fill(14)];
  const mean = path.reduce((sum, one) => sum + one, 0) / 90;
  const sd = Math.sqrt(path.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 90);
  expect(rowOf(0).score).toBeCloseTo(rowOf(0).pnl / sd, 6);
  expect(rowOf(1).score).toBeCloseTo(rowOf(1).pnl / sd, 6);
  expect(rowOf(2)).toMatchObject({ pnl: 0, score: 0 });
});

test("a path that never moves has no deviation, and the score is 0", () => {
  const table = new Table({ scoring: "risk_adjusted" }).begin();
  table.quote(2, 26, 28, 5);
  table.trade(0, 1, 3, 27);
  table.pass(33);
  const { rowOf } = table.end();
  expect(rowOf(0).pnl).not.toBe(0);
  expect(rowOf(0).score).toBe(0);
});

describe("quoting", () => {
  test("is the share of the time with both sides, times the lots at the best prices", () => {
    const table = new Table({ scoring: "quoting" }).begin();
    table.quote(0, 20, 30, 6);
    table.pass(30);
    // A better ask: the first seat has nothing at the best price on one side.
    table.seats[1]!.ask("order_new", { inst: table.inst, side: "sell", qty: 2, price: 29 });
    table.pass(15);
    table.seats[1]!.ask("cancel_all", {});
    table.pass(15);
    table.seats[0]!.ask("cancel_all", {});
    table.pass(30);
    const { rowOf } = table.end();
    expect(rowOf(0).score).toBeCloseTo((60 / 90) * ((6 * 45) / 90), 6);
    expect(rowOf(1).score).toBe(0);
  });

  test("counts what stands in the time of trading only, also after a stop, a pause and a fill", () => {
    const table = new Table({ scoring: "quoting" }).begin();
    table.quote(0, 20, 30, 6);
    table.pass(10);
    table.host.ask("round_step", { action: "pause" });
    table.pass(100);
    table.host.ask("round_step", { action: "resume" });
    table.pass(20);
    table.room.restart();
    for (const [at, seat] of table.seats.entries())
      table.room.join(`trader ${at + 1}`, "trader", { resume_token: seat.token });
    table.host.ask("session", { state: "paused" });
    table.pass(50);
    table.host.ask("session", { state: "open" });
    table.seats[1]!.ask("order_new", { inst: table.inst, side: "buy", qty: 4, price: 30 });
    table.pass(60);
    const { rowOf } = table.end();
    expect(rowOf(0).score).toBeCloseTo((6 * 30 + 2 * 60) / 90, 6);
  });

  test("counts the time up to a pause that the room makes by itself", () => {
    const table = new Table({ scoring: "quoting" }).begin();
    table.quote(0, 20, 30, 6);
    table.host.ask("session", { state: "open", ends_at: table.room.now + 30_000 });
    table.pass(30);
    table.pass(20);
    expect(table.host.last("session").state).toBe("paused");
    table.host.ask("session", { state: "open" });
    table.seats[0]!.ask("cancel_all", {});
    table.pass(60);
    const { rowOf } = table.end();
    expect(rowOf(0).score).toBeCloseTo((30 / 90) * ((6 * 30) / 90), 6);
  });
});

test("rank: a point for everybody who ended behind; equals share one, who traded too little has none", () => {
  const table = new Table({ scoring: "rank", min_trades: 1 }, 5).begin();
  table.trade(0, 1, 2, -1_000 + 1_000);
  table.trade(2, 3, 2, 0);
  const { result, rowOf } = table.end();
  const ahead = rowOf(0).pnl > 0 ? [0, 2] : [1, 3];
  for (const seat of [0, 1, 2, 3])
    expect(rowOf(seat)).toMatchObject(
      ahead.includes(seat) ? { rank: 1, score: 3 } : { rank: 3, score: 1 },
    );
  expect(rowOf(4)).toMatchObject({ rank: null, score: 0 });
  expect(result.rows.at(-1)!.user_id).toBe(table.seats[4]!.userId);
  expect(result.standings.map(({ rank }) => rank)).toEqual([1, 1, 3, 3, null]);
});

test("standings add up rounds, without known deals and aborted ones", () => {
  const table = new Table();
  const sums = [0, 0, 0];
  const play = (how: "counted" | "known" | "aborted") => {
    table.begin({}, how === "known" ? { seed: "ab".repeat(32) } : {});
    table.trade(0, 1, 1, 15);
    if (how === "aborted") {
      table.host.ask("round_step", { action: "abort" });
      return;
    }
    const { rowOf } = table.end();
    if (how === "counted") for (const seat of [0, 1, 2]) sums[seat]! += rowOf(seat).score;
    table.host.ask("round_step", { action: "next" });
    table.host.ask("round_step", { action: "next" });
  };
  for (const how of ["counted", "known", "aborted", "counted"] as const) play(how);
  const { standings } = table.host.last("round_result");
  for (const [seat, user] of table.seats.entries())
    expect(standings.find(({ user_id }) => user_id === user.userId)).toMatchObject({
      ...{ score: sums[seat], rounds: 2 },
    });
});

test("the settings at the settlement count, and later changes leave the result alone", () => {
  const table = new Table().begin();
  table.trade(0, 1, 1, 15);
  table.host.ask("settings", { scoring: "rank" });
  const { rowOf } = table.end();
  expect([0, 1, 2].map((seat) => rowOf(seat).score).toSorted()).toEqual([0, 1, 2]);
  table.host.ask("settings", { scoring: "pnl" });
  const again = table.room.join("late").last("round_result");
  expect(again.rows).toEqual(table.host.last("round_result").rows);
});
