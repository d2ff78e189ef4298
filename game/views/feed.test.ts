/** Times of unrequested messages, on a clock that the test moves millisecond by millisecond. */

import { expect, test } from "vitest";
import { limits, type Message, type MessageType } from "#protocol";
import type { TestRoom, TestUser } from "../testing/room.ts";
import { bookOf, buy, pnlOf, seeded, sell, table } from "../testing/table.ts";

/** Moves the clock; the room gets a turn only when it asked for one. */
function pass(room: TestRoom, ms: number, each: () => void = () => {}) {
  for (let count = 0; count < ms; count++) {
    room.now++;
    const due = room.room.feedDueMs;
    if (due !== null && due <= room.now) room.room.tick(room.now);
    each();
  }
}

/** Notes the virtual time at which messages of a type reach the user. */
function watch(room: TestRoom, user: TestUser) {
  const seen: { at: number; message: Message }[] = [];
  let read = user.inbox.length;
  return {
    look() {
      for (const message of user.inbox.slice(read)) seen.push({ at: room.now, message });
      read = user.inbox.length;
    },
    of: (type: MessageType) => seen.filter(({ message }) => message.type === type),
  };
}

const gaps = (times: number[]) => times.slice(1).map((time, index) => time - times[index]!);

test("a room that was behind tells positions, books and marks as soon as it has caught up, though nothing happens", () => {
  const { room, alice, bob } = table();
  sell(alice, 3, 100);
  pass(room, 2_000);
  const seen = watch(room, bob);
  seen.look();
  room.isBehind = true;
  buy(bob, 2, 100);
  pass(room, 500, seen.look);
  const feed = ["positions", "pnl", "md_inc", "leaderboard"] as const;
  expect(feed.map((type) => seen.of(type).length)).toEqual([0, 0, 0, 0]);
  room.isBehind = false;
  pass(room, 2, seen.look);
  expect(seen.of("positions")).toHaveLength(1);
  expect(seen.of("pnl")).toHaveLength(1);
  pass(room, 2_000, seen.look);
  expect(feed.map((type) => seen.of(type).length > 0)).toEqual([true, true, true, true]);
});

test("a book leaves at once on its first change, then at most every 50 ms and never later than that", () => {
  const { room, host, alice, bob } = table();
  host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
  host.ask("set_limits", { orders_per_sec: 1_000 });
  pass(room, 1_000);
  const seen = watch(room, bob);
  seen.look();
  const before = bob.all("md_inc").length;
  const changes: { at: number; inst: number; seq: number }[] = [];
  const random = seeded(11);
  const change = (inst: number) => {
    const ack = buy(alice, 1 + Math.floor(random() * 9), 90 + Math.floor(random() * 9), { inst });
    if (ack.type !== "order_ack") throw new Error(JSON.stringify(ack));
    changes.push({ at: room.now, inst, seq: ack.seq });
  };
  change(1);
  seen.look();
  expect(bob.all("md_inc")).toHaveLength(before + 1);
  pass(room, 6_000, () => {
    // Trades come often for a while, then now and then.
    const chance = room.now % 3_000 < 700 ? 0.2 : 0.005;
    if (random() < chance) change(random() < 0.7 ? 1 : 2);
    seen.look();
  });
  pass(room, 100, seen.look);
  // While both instruments are busy, one frame has both books.
  const together = seen.of("md_inc").map(({ at }) => at);
  expect(new Set(together).size).toBeLessThan(together.length * 0.9);
  for (const inst of [1, 2]) {
    const books = seen
      .of("md_inc")
      .filter(({ message }) => "inst" in message && message.inst === inst);
    const times = books.map(({ at }) => at);
    expect(Math.min(...gaps(times))).toBeGreaterThanOrEqual(limits.mdIntervalMs);
    const own = changes.filter((one) => one.inst === inst);
    expect(own.length).toBeGreaterThan(times.length);
    for (const { at, seq } of own) {
      const next = books.find(
        (book) => book.at >= at && "seq" in book.message && book.message.seq >= seq,
      );
      expect(next, `change at ${at}`).toBeDefined();
      expect(next!.at - at).toBeLessThanOrEqual(limits.mdIntervalMs);
    }
    times.forEach((time, index) => {
      const since = times[index - 1] ?? -Infinity;
      expect(own.some(({ at }) => at > since && at <= time)).toBe(true);
    });
    // After a pause, with no book sent or waiting for a beat, none waits.
    const isRecent = (time: number, at: number) => time < at && time > at - limits.mdIntervalMs;
    const rested = own.filter(
      ({ at }) =>
        !seen.of("md_inc").some((book) => isRecent(book.at, at)) &&
        !changes.some((other) => isRecent(other.at, at)),
    );
    expect(rested.length).toBeGreaterThan(3);
    for (const { at } of rested) expect(times).toContain(at);
    expect(books.at(-1)!.message).toMatchObject(bookOf(alice, inst));
  }
});

test("nothing is due when nothing happens", () => {
  const { room, alice, bob } = table();
  sell(bob, 1, 100);
  buy(alice, 1, 100);
  pass(room, 2_000);
  expect(room.room.feedDueMs).toBeNull();
  const heard = room.users.map((user) => user.inbox.length);
  pass(room, 500);
  alice.ask("get_pnl", {});
  expect(room.users.map((user) => user.inbox.length - heard[room.users.indexOf(user)]!)).toEqual([
    0, 1, 0, 0,
  ]);
});

test("positions and P&L follow an own fill in the same turn", () => {
  const { alice, bob } = table();
  sell(bob, 5, 100);
  for (const user of [alice, bob]) expect(user.all("pnl")).toEqual([]);
  const types = alice
    .ask("order_new", { inst: 1, side: "buy", qty: 2, price: 100 })
    .map(({ type }) => type);
  expect(types).toContain("positions");
  expect(types.indexOf("pnl")).toBeGreaterThan(types.indexOf("fill"));
  expect(bob.last("positions").positions).toMatchObject([{ inst: 1, qty: -2, vwap: 100 }]);
});

test("while only marks move, P&L leaves at most five times a second and ends up right", () => {
  const { room, host, alice, bob, carol } = table();
  host.ask("set_limits", { orders_per_sec: 1_000 });
  sell(bob, 10, 100);
  buy(alice, 10, 100);
  pass(room, 1_500);
  const [seen, board, idle] = [watch(room, alice), watch(room, bob), watch(room, carol)];
  for (const one of [seen, board, idle]) one.look();
  const random = seeded(3);
  pass(room, 3_000, () => {
    if (room.now % 7 === 0) {
      const bid = 90 + Math.floor(random() * 10);
      carol.ask("quote", { inst: 1, bid, bid_qty: 1, ask: bid + 20, ask_qty: 1 });
    }
    for (const one of [seen, board, idle]) one.look();
  });
  pass(room, 1_500, () => [seen, board, idle].forEach((one) => one.look()));
  const times = seen.of("pnl").map(({ at }) => at);
  expect(times.length).toBeGreaterThan(10);
  expect(Math.min(...gaps(times))).toBeGreaterThanOrEqual(limits.marksIntervalMs);
  expect(Math.max(...gaps(times))).toBeLessThanOrEqual(limits.marksIntervalMs * 2);
  expect(seen.of("positions").map(({ at }) => at)).toEqual(times);
  expect(seen.of("pnl").at(-1)!.message).toEqual(pnlOf(alice));
  expect(idle.of("pnl")).toEqual([]);
  const boards = board.of("leaderboard").map(({ at }) => at);
  expect(boards.length).toBeGreaterThanOrEqual(3);
  expect(Math.min(...gaps(boards))).toBeGreaterThanOrEqual(limits.leaderboardIntervalMs);
  const rows = bob.last("leaderboard").rows;
  expect(rows.find(({ name }) => name === "alice")!.pnl).toBe(pnlOf(alice).pnl);
  expect(rows.map(({ pnl }) => pnl)).toEqual([...rows.map(({ pnl }) => pnl)].sort((a, b) => b - a));
});

test("the leaderboard counts volume and the largest position", () => {
  const { room, alice, bob } = table();
  sell(bob, 8, 100);
  buy(alice, 8, 100);
  sell(alice, 6, 100);
  buy(bob, 6, 100);
  room.tick(1_000);
  expect(alice.last("leaderboard").rows).toMatchObject([
    { name: "alice", volume: 14, max_abs_position: 8, pnl: 0 },
    { name: "bob", volume: 14, max_abs_position: 8, pnl: 0 },
    { name: "carol", volume: 0, max_abs_position: 0, pnl: 0 },
  ]);
});

test("a removed trader stays on the leaderboard with trades, and goes without", () => {
  const { room, host, alice, bob, carol } = table();
  sell(bob, 8, 100);
  buy(alice, 8, 100);
  host.ask("kick", { user_id: bob.userId });
  host.ask("kick", { user_id: carol.userId });
  buy(alice, 1, 90);
  room.tick(1_000);
  sell(room.join("dave"), 1, 90);
  room.tick(1_000);
  expect(
    alice
      .last("leaderboard")
      .rows.map(({ name }) => name)
      .sort(),
  ).toEqual(["alice", "bob", "dave"]);
});
