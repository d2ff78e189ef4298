/** The debrief of sessions whose answers are known before, by hand. */

import { describe, expect, test } from "vitest";
import * as v from "valibot";
import { debriefSchema } from "#protocol";
import { debriefed, rowOf } from "../testing/debrief.ts";
import { playRandomGame } from "../testing/random-game.ts";
import { TestRoom, type TestUser } from "../testing/room.ts";

/** A room with a scalar X (tick 0.01, 5 a point) and four traders. */
function market() {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 0.5, tick_value: 5 });
  const [ann, bob, cid, dan] = ["Ann", "Bob", "Cid", "Dan"].map((name) => room.join(name));
  return { room, host, ann: ann!, bob: bob!, cid: cid!, dan: dan! };
}

const bid = (user: TestUser, price: number, qty = 10) =>
  user.ask("order_new", { inst: 1, side: "buy", qty, price });
const ask = (user: TestUser, price: number, qty = 10) =>
  user.ask("order_new", { inst: 1, side: "sell", qty, price });

function close({ room, host }: Pick<ReturnType<typeof market>, "room" | "host">, value: number) {
  room.now += 60_000;
  host.ask("settle", { inst: 1, value });
  host.ask("session", { state: "closed" });
  return debriefed(room);
}

const parts = ({ spread, selection, drift }: Record<"spread" | "selection" | "drift", unknown>) => [
  spread,
  selection,
  drift,
];

describe("parts of the P&L", () => {
  test("a maker whose market stays where it is earns the spread and nothing else", () => {
    const played = market();
    const { room, ann, bob, cid } = played;
    bid(ann, 99);
    ask(ann, 101);
    bid(bob, 101, 2);
    ask(cid, 99, 2);
    const row = rowOf(close(played, 100), ann.userId);
    // A point of spread, two contracts, twice, at 5 a point.
    expect([row.pnl, ...parts(row), row.other]).toEqual([20, 20, 0, 0, 0]);
    expect([row.maker_share, row.markouts]).toEqual([1, { 1: 1, 5: 1, 30: 1 }]);
    expect(parts(row.taker)).toEqual([0, 0, 0]);
    expect(room.room.state.trades).toBe(2);
  });

  test("a maker who is picked off loses by selection what the taker gains by it", () => {
    const played = market();
    const { room, ann, bob, cid } = played;
    bid(ann, 99);
    ask(ann, 101);
    room.now += 1_000;
    ask(bob, 99, 10);
    room.now += 1_000;
    bid(cid, 89);
    ask(cid, 91);
    const told = close(played, 90);
    const [maker, taker] = [rowOf(told, ann.userId), rowOf(told, bob.userId)];
    expect([maker.pnl, ...parts(maker.maker)]).toEqual([-450, 50, -500, 0]);
    expect([taker.pnl, ...parts(taker.taker)]).toEqual([450, -50, 500, 0]);
    expect([maker.markouts, maker.best, maker.worst]).toEqual([{ 1: -9, 5: -9, 30: -9 }, 1, 1]);
    // At the very moment of a second later the market has moved already.
    expect(told.noted_trades).toMatchObject([{ trade_id: 1, bid: 99, ask: 101, m0: 100, m5: 90 }]);
  });

  test("who only holds to the settlement makes drift", () => {
    const played = market();
    const { ann, bob } = played;
    bid(bob, 99);
    ask(bob, 101);
    bid(ann, 101, 3);
    const row = rowOf(close(played, 120), ann.userId);
    expect([row.pnl, ...parts(row)]).toEqual([285, -15, 0, 300]);
    expect([row.max_abs_position, row.curve.at(-1)?.[1]]).toEqual([3, 285]);
  });

  test("crossing zero changes nothing of it, and a corrected settlement holds throughout", () => {
    const played = market();
    const { room, host, ann, bob } = played;
    bid(bob, 99, 20);
    ask(bob, 101, 20);
    bid(ann, 101, 3);
    ask(ann, 99, 8);
    room.now += 10_000;
    host.ask("settle", { inst: 1, value: 50 });
    host.ask("resettle", { inst: 1, value: 110 });
    host.ask("session", { state: "closed" });
    const told = debriefed(room);
    const row = rowOf(told, ann.userId);
    expect([row.pnl, ...parts(row)]).toEqual([-305 + 30 * 1 - 30 * 1 + 0, -55, 0, -250]);
    expect(told.instruments[0]).toMatchObject({ settlement: 110, counts: true });
    expect(told.matrix).toEqual([
      { buyer_id: ann.userId, seller_id: bob.userId, qty: 3, buyer_pnl: 135 },
      { buyer_id: bob.userId, seller_id: ann.userId, qty: 8, buyer_pnl: 440 },
    ]);
  });

  test("the first trade of a book without two sides is at its own price", () => {
    const played = market();
    ask(played.bob, 100, 1);
    bid(played.ann, 100, 1);
    const row = rowOf(close(played, 100), played.ann.userId);
    expect(parts(row)).toEqual([0, 0, 0]);
  });
});

test("quoting counts the open time alone, and a share of the best price counts for both", () => {
  const played = market();
  const { room, host, ann, bob, cid } = played;
  bid(ann, 99);
  ask(ann, 101);
  bid(bob, 99);
  room.now += 10_000;
  host.ask("halt", { inst: 1, on: true });
  room.now += 500_000;
  host.ask("halt", { inst: 1, on: false });
  bid(cid, 100);
  room.now += 10_000;
  ann.ask("cancel_all", {});
  room.now += 20_000;
  host.ask("session", { state: "closed" });
  const told = debriefed(room);
  expect(rowOf(told, ann.userId).quoting).toEqual([
    { inst: 1, two_sided: 0.5, width: 2, at_best: 0.5 },
  ]);
  expect(rowOf(told, bob.userId).quoting[0]).toMatchObject({ two_sided: 0, width: null });
  expect(rowOf(told, bob.userId).quoting[0]?.at_best).toBe(0.25);
  expect(rowOf(told, cid.userId)).toMatchObject({ markouts: { 5: null }, best: null, trades: 0 });
});

test("free money is found once for as long as it stands, if that is a second", () => {
  const { room, host, ann, bob } = market();
  const list = (symbol: string, type: "CALL" | "PUT", strike: number) =>
    host.ask("add_instrument", {
      ...{ symbol, type, strike, reference_id: 1, tick_size: 0.5, tick_value: 5 },
    });
  list("C100", "CALL", 100);
  list("C110", "CALL", 110);
  list("P100", "PUT", 100);
  const enter = (user: TestUser, inst: number, side: "buy" | "sell", price: number) =>
    user.ask("order_new", { inst, side, price, qty: 1 });
  // The higher strike is bid above the offer of the lower one.
  enter(ann, 2, "sell", 4);
  enter(bob, 3, "buy", 5);
  room.now += 999;
  bob.ask("cancel_all", {});
  room.now += 1_000;
  const from = room.now;
  enter(bob, 3, "buy", 5.5);
  room.now += 3_000;
  enter(bob, 3, "buy", 6);
  room.now += 2_000;
  ann.ask("cancel_all", {});
  host.ask("session", { state: "closed" });
  expect(debriefed(room).free_money).toEqual([
    {
      ...{ ts: from, until: from + 5_000, kind: "vertical", gain: 10 },
      legs: [
        { inst: 2, side: "buy", qty: 1, price: 4 },
        { inst: 3, side: "sell", qty: 1, price: 6 },
      ],
    },
  ]);
});

test("price discovery is the time until the price stays near the settlement for good", () => {
  const played = market();
  const { room, ann } = played;
  const quote = (middle: number) =>
    ann.ask("quote", { inst: 1, bid: middle - 1, bid_qty: 1, ask: middle + 1, ask_qty: 1 });
  for (const middle of [50, 100, 80, 98]) {
    quote(middle);
    room.now += 4_000;
  }
  const [instrument] = close(played, 100).instruments;
  expect(instrument).toMatchObject({ error_s: 12 });
  expect(instrument?.path.map(([, m]) => m)).toEqual([50, 100, 80, 98]);
});

test("an aborted round counts for nothing, and a running one is not told of", () => {
  const { room, host, ann, bob } = market();
  host.ask("round_start", { format: "dice", params: {}, auto: false });
  const inst = room.room.state.round?.insts[0] ?? 0;
  while (room.room.state.instruments[inst - 1]?.halted) host.ask("round_step", { action: "next" });
  ann.ask("order_new", { inst, side: "sell", qty: 1, price: 5 });
  bob.ask("order_new", { inst, side: "buy", qty: 1, price: 5 });
  expect(debriefed(room)).toMatchObject({ rounds: [], matrix: [] });
  expect(debriefed(room).lines.join()).not.toContain("round_start");
  host.ask("round_step", { action: "abort" });
  const told = debriefed(room);
  const { seats, insts: instruments } = room.room.state.round!;
  expect(told.rounds).toMatchObject([
    { round: 1, state: "aborted", seed: room.seed, seats, instruments },
  ]);
  expect(instruments.length).toBeGreaterThan(0);
  expect(rowOf(told, ann.userId)).toMatchObject({ pnl: 0, trades: 0, best: null, edge: null });
});

test("a round with fair values brings edge, information and luck, which add up", () => {
  const { room, host, ann, bob } = market();
  host.ask("round_start", { format: "dice", params: {}, auto: false });
  const { insts } = room.room.state.round!;
  while (room.room.state.instruments[insts[0]! - 1]?.halted)
    host.ask("round_step", { action: "next" });
  ann.ask("order_new", { inst: insts[0]!, side: "sell", qty: 2, price: 12 });
  bob.ask("order_new", { inst: insts[0]!, side: "buy", qty: 2, price: 12 });
  host.ask("round_step", { action: "next" });
  const told = debriefed(room);
  const row = rowOf(told, ann.userId);
  // Four dice are worth 14.
  expect([row.edge, (row.edge ?? 0) + (row.information ?? 0) + (row.luck ?? 0)]).toEqual([
    -4,
    row.pnl,
  ]);
  expect(told.instruments[1]).toMatchObject({ round: 1, fair_path: [[room.now, 14]] });
});

describe("of whatever a room has played", () => {
  const { room, host } = playRandomGame(11, 2_500);
  host.ask("session", { state: "closed" });
  const told = debriefed(room);

  test("the answer is as the protocol says", () => {
    const summary = {
      ...{ session_id: "s", room: "R", name: "", created_at: 0, closed_at: 0, traders: 1 },
      ...{ trades: 1, rounds: 0, log_hash: null, names: "shown" },
      viewer: { role: "class", user_id: null },
    };
    const issues = v.safeParse(debriefSchema, { ...told, session: summary }).issues ?? [];
    expect(issues.map((issue) => v.getDotPath(issue))).toEqual([]);
  });

  test("parts add up for each trader, and to zero over all", () => {
    expect(told.traders.length).toBeGreaterThan(3);
    const sums = { pnl: 0, spread: 0, selection: 0, drift: 0 };
    for (const row of told.traders) {
      const { spread, selection, drift, other, maker, taker, pnl } = row;
      expect(spread! + selection! + drift! + other).toBeCloseTo(pnl, 6);
      for (const part of ["spread", "selection", "drift"] as const)
        expect(maker[part]! + taker[part]!).toBeCloseTo(row[part]!, 6);
      for (const part of Object.keys(sums) as (keyof typeof sums)[]) sums[part] += row[part] ?? 0;
    }
    for (const sum of Object.values(sums)) expect(sum).toBeCloseTo(0, 5);
  });
});
