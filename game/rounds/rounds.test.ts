/** Rounds in a room, as host, seats and spectators see them. */

import { describe, expect, test } from "vitest";
import type { Message } from "#protocol";
import { readSnapshot, takeSnapshot } from "../journal/snapshot.ts";
import { Room } from "../room.ts";
import { nodeEngines, TestRoom, type TestUser } from "../testing/room.ts";
import { goTo, next, seated, start } from "../testing/rounds.ts";
import { codeOf } from "../testing/table.ts";

describe("a round of card_sum, led by the host", () => {
  const { room, host, seats, watcher } = seated();
  const [alice, bob] = seats as [TestUser, TestUser, TestUser];
  const started = start(host, { format: "card_sum", auto: false });

  test("is told to everybody with its script, seats and commit, and without the seed", () => {
    expect(started).toMatchObject({
      ...{ type: "round", round: 1, state: "running", known_deal: false, table: [] },
      step: { n: 0, kind: "brief", ends_at: null, left_ms: null },
      seats: seats.map(({ userId }) => ({ user_id: userId, cards: 2, answered: false })),
    });
    expect(started.script.map(({ kind }) => kind).join(" ")).toBe(
      "brief deal trade reveal trade reveal trade reveal trade settle review",
    );
    expect(watcher.last("round").commit).toMatch(/^[0-9a-f]{64}$/);
    expect(started.instruments).toHaveLength(11);
  });

  test("lists its instruments halted, and shows no hand before the deal", () => {
    const [sum] = started.instruments as [number];
    expect(codeOf(alice.reply("order_new", { inst: sum, side: "buy", qty: 1, price: 60 }))).toBe(
      "HALTED",
    );
    expect(alice.last("hand").cards).toEqual([]);
  });

  test("deals each seat a hand of its own, which nobody else sees", () => {
    goTo(host, "deal");
    const hands = seats.map((seat) => seat.last("hand").cards);
    expect(hands.map((cards) => cards.length)).toEqual([2, 2, 2]);
    expect(new Set(hands.flat().map(({ id }) => id)).size).toBe(6);
    expect(host.all("hand")).toEqual([]);
    expect(watcher.all("hand")).toEqual([]);
  });

  test("trades in its trading steps, with those who sit at it only", () => {
    const { instruments } = goTo(host, "trade");
    const inst = instruments[0] as number;
    const late = room.join("late");
    expect(codeOf(late.reply("order_new", { inst, side: "buy", qty: 1, price: 63 }))).toBe(
      "NOT_SEATED",
    );
    alice.ask("order_new", { inst, side: "buy", qty: 5, price: 60 });
    expect(bob.reply("order_new", { inst, side: "sell", qty: 5, price: 60 }).type).toBe(
      "order_ack",
    );
    expect(alice.last("fill")).toMatchObject({ qty: 5, price: 60 });
    expect(codeOf(host.reply("settle", { inst, value: 100 }))).toBe("RULE");
  });

  test("turns the table's cards one at a time", () => {
    for (const turned of [1, 2, 3]) {
      const round = goTo(host, "reveal");
      expect(round.table).toHaveLength(turned);
      next(host);
    }
  });

  test("settles at the total of all cards, and tells the result, whose parts add up", () => {
    next(host);
    const result = watcher.last("round_result");
    const cards = [...result.hands.flatMap((hand) => hand.cards), ...result.table];
    const total = cards.reduce((sum, { value }) => sum + value, 0);
    expect(cards).toHaveLength(9);
    expect(result.settlement[0]).toEqual({ inst: started.instruments[0], value: total });
    expect(result.seed).toBe(room.seed);
    const row = (user: TestUser) => result.rows.find(({ user_id }) => user_id === user.userId)!;
    expect(row(alice).pnl).toBe(5 * (total - 60));
    expect(row(bob).pnl).toBe(-5 * (total - 60));
    expect(result.rows).toHaveLength(3);
    for (const { pnl, edge, information, luck } of result.rows)
      expect(edge! + information! + luck!).toBeCloseTo(pnl, 6);
    for (const part of ["edge", "information", "luck"] as const)
      expect(row(alice)[part]! + row(bob)[part]!).toBeCloseTo(0, 6);
    // Nine cards at seven each before anything is known: alice bought three below.
    expect(row(alice).edge).toBeCloseTo(5 * 3, 6);
    expect(result.fair.map(({ step }) => step)).toEqual([0, 3, 5, 7]);
    expect(alice.last("pnl").pnl).toBe(row(alice).pnl);
    expect(result.standings.map(({ score }) => score)).toEqual(
      result.rows.map(({ score }) => score),
    );
  });

  test("is done after its last step, and gives way to the next, whose symbols are the same", () => {
    next(host);
    expect(next(host).state).toBe("done");
    expect(codeOf(host.reply("round_step", { action: "next" }))).toBe("NO_ROUND");
    const again = start(host, { format: "card_sum", auto: false });
    expect(again).toMatchObject({ round: 2, seats: [{}, {}, {}, {}] });
    expect(alice.all("instrument_retired").map(({ inst }) => inst)).toEqual(started.instruments);
    expect(alice.reply("get_positions", {})).toEqual({ type: "positions", positions: [] });
    const back = room.join("newcomer");
    const symbols = back.last("join_ack").instruments.map(({ symbol }) => symbol);
    expect(symbols.filter((symbol) => symbol === "SUM")).toHaveLength(1);
    expect(back.last("leaderboard").rows[0]!.pnl).not.toBe(0);
  });

  test("comes back from its journal and from a snapshot as it was", () => {
    const before = structuredClone(room.room.state.round);
    const { state, context } = room.room;
    const snapshot = readSnapshot(takeSnapshot(state, context.engine))!;
    const restored = new Room(
      nodeEngines.restore(snapshot.engine),
      { append() {}, read: () => null, fullness: 0 },
      context.out,
      snapshot.state,
    );
    expect(restored.state.round).toEqual(before);
    expect(restored.state.standings).toEqual(state.standings);
    room.restart();
    expect(room.room.state.round).toEqual(before);
  });
});

describe("the clock of a round", () => {
  test("ends a step, and what comes at its end is too late", () => {
    const { room, host, seats } = seated();
    const started = start(host, {
      format: "dice",
      params: { trade_seconds: 20 },
    });
    expect(started.step).toMatchObject({ kind: "brief", ends_at: room.now + 30_000 });
    expect(room.room.clockDueMs).toBe(room.now + 30_000);
    room.tick(29_999);
    expect(host.last("round").step.kind).toBe("brief");
    room.tick(1);
    expect(host.last("round").step.kind).toBe("deal");
    room.tick(10_000);
    expect(host.last("round").step.kind).toBe("trade");
    room.now += 20_000;
    const inst = started.instruments[0] as number;
    seats[0]!.ask("order_new", { inst, side: "buy", qty: 1, price: 10 });
    expect(seats[0]!.last("error").code).toBe("SETTLED");
    expect(host.last("round").step.kind).toBe("settle");
  });

  test("stands while the host, the session or an empty room holds it", () => {
    const { room, host, seats, watcher } = seated();
    host.ask("round_start", { format: "dice" });
    room.tick(10_000);
    host.ask("round_step", { action: "pause" });
    expect(host.last("round")).toMatchObject({
      state: "paused",
      step: { ends_at: null, left_ms: 20_000 },
    });
    room.tick(60_000);
    host.ask("round_step", { action: "resume" });
    expect(host.last("round").step).toMatchObject({ ends_at: room.now + 20_000, left_ms: 20_000 });
    host.ask("round_step", { action: "extend", seconds: 30 });
    expect(host.last("round").step.left_ms).toBe(50_000);
    for (const seconds of [0, 0.5, 3_601]) {
      const refused = host.reply("round_step", { action: "extend", seconds });
      expect(refused).toMatchObject({ type: "error", code: "BAD_REQUEST" });
    }
    host.ask("session", { state: "paused" });
    room.tick(60_000);
    expect(host.last("round").step).toMatchObject({ kind: "brief", left_ms: 50_000 });
    host.ask("session", { state: "open" });
    for (const user of [host, ...seats, watcher]) room.room.presence(user.userId, 0, room.now);
    room.tick(600_000);
    expect(room.room.clockDueMs).toBeNull();
    const back = room.join("trader 1", "trader", { resume_token: seats[0]!.token });
    expect(back.last("round").step).toMatchObject({ kind: "brief", left_ms: 50_000 });
  });

  test("leaves at least ten seconds after the server was away", () => {
    const { room, host } = seated();
    host.ask("round_start", { format: "dice" });
    room.now += 29_000;
    room.restart();
    room.now += 3_600_000;
    const back = room.join("Exchange", "exchange", { resume_token: host.token });
    expect(back.last("round").step).toMatchObject({ kind: "brief", left_ms: 10_000 });
    room.tick(10_000);
    expect(back.last("round").step.kind).toBe("deal");
  });
});

test("an aborted round tells its deal, and its trades count for nothing", () => {
  const { host, seats } = seated();
  const [alice, bob] = seats as [TestUser, TestUser];
  const { instruments } = start(host, { format: "seventeen", auto: false });
  goTo(host, "trade");
  const inst = instruments[0] as number;
  alice.ask("order_new", { inst, side: "buy", qty: 5, price: 30 });
  bob.ask("order_new", { inst, side: "sell", qty: 4, price: 30 });
  expect(alice.last("positions").positions).toMatchObject([{ inst, qty: 4 }]);
  host.ask("round_step", { action: "abort" });
  // Traders are told so without asking.
  for (const user of [alice, bob]) expect(user.last("positions").positions).toEqual([]);
  expect(host.last("round").state).toBe("aborted");
  const result = bob.last("round_result");
  expect(result).toMatchObject({ aborted: true, rows: [], settlement: [], standings: [] });
  expect(result.hands.every(({ cards }) => cards.length === 1)).toBe(true);
  expect(alice.reply("get_pnl", {})).toMatchObject({ pnl: 0 });
  expect(alice.reply("get_positions", {})).toEqual({ type: "positions", positions: [] });
  expect(alice.last("order")).toMatchObject({ status: "cancelled", leaves: 0 });
  expect(codeOf(host.reply("round_step", { action: "next" }))).toBe("NO_ROUND");
});

test("learning mode tells all the value of the table, and each seat that of its hand", () => {
  const { room, host, seats, watcher } = seated();
  host.ask("round_start", { format: "seventeen", auto: false, learning: true });
  expect(watcher.last("fair")).toMatchObject({ knows: "table" });
  expect(watcher.last("fair").values[0]!.mean).toBeCloseTo((6 * 130) / 17, 9);
  goTo(host, "deal");
  for (let n = 0; n < 3; n++) room.tick(1);
  for (const seat of seats) {
    const own = seat.last("hand").cards[0]!.value;
    const { knows, values } = seat.last("fair");
    expect(knows).toBe("hand");
    expect(values[0]!.mean).toBeCloseTo(own + (5 * (130 - own)) / 16, 9);
  }
  expect(watcher.all("fair")).toHaveLength(1);
});

test("a known deal is shown as such, and leaves the standings alone", () => {
  const { host, seats } = seated();
  const seed = "0".repeat(63) + "1";
  const started = start(host, { format: "dice", auto: false, seed });
  expect(started.known_deal).toBe(true);
  goTo(host, "settle");
  expect(seats[0]!.last("round_result")).toMatchObject({ seed, standings: [] });
});

test("private numbers: an answer is the seat's own until the settlement, and who gives none is not counted", () => {
  const { room, host, seats, watcher } = seated();
  const [alice, bob, carol] = seats as [TestUser, TestUser, TestUser];
  expect(codeOf(alice.reply("round_answer", { value: 3 }))).toBe("NO_ROUND");
  host.ask("round_start", { format: "numbers", auto: false });
  expect(codeOf(alice.reply("round_answer", { value: 3 }))).toBe("RULE");
  goTo(host, "ask");
  expect(alice.last("hand").asks).toContain("siblings");
  expect(codeOf(alice.reply("round_answer", { value: 21 }))).toBe("RULE");
  expect(alice.reply("round_answer", { value: 3 })).toMatchObject({
    ...{ type: "hand", cards: [{ kind: "number", value: 3 }] },
  });
  bob.ask("round_answer", { value: 7 });
  bob.ask("round_answer", { value: 2 });
  const late = room.join("late");
  expect(codeOf(late.reply("round_answer", { value: 1 }))).toBe("NOT_SEATED");
  room.tick(250);
  expect(watcher.last("round").seats.map(({ answered }) => answered)).toEqual([true, true, false]);
  expect(JSON.stringify(watcher.inbox)).not.toContain('"value":3');
  goTo(host, "settle");
  const result = watcher.last("round_result");
  expect(result.settlement.map(({ value }) => value)).toEqual([5, 2.5]);
  expect(result.hands.find(({ user_id }) => user_id === carol.userId)!.cards).toEqual([]);
  expect(result.rows.map(({ edge }) => edge)).toEqual([null, null, null]);
});

test("a quiz keeps answers and hints to itself, and settles question by question", () => {
  const { host, watcher, seats } = seated();
  const questions = [
    { question: "How high?", answer: 123, min: 0, max: 500, hints: ["a secret hint"] },
    { question: "How far?", answer: 77.5, min: 0, max: 500 },
  ];
  const started = start(host, {
    format: "quiz",
    auto: false,
    params: { questions },
  });
  expect(started.params["questions"]).toEqual([
    { question: "How high?", unit: "", min: 0, max: 500 },
    { question: "How far?", unit: "", min: 0, max: 500 },
  ]);
  goTo(host, "trade");
  const told = () => JSON.stringify([...watcher.inbox, ...seats[0]!.inbox]);
  expect(told()).not.toContain("secret hint");
  expect(goTo(host, "reveal").table.map(({ label }) => label)).toEqual(["a secret hint"]);
  goTo(host, "settle");
  expect(watcher.last("settlement")).toMatchObject({ inst: started.instruments[0], value: 123 });
  expect(watcher.all("round_result")).toEqual([]);
  expect(told()).not.toContain("77.5");
  next(host);
  next(host);
  goTo(host, "settle");
  expect(watcher.last("settlement")).toMatchObject({ inst: started.instruments[1], value: 77.5 });
  expect(watcher.last("round_result").settlement.map(({ value }) => value)).toEqual([123, 77.5]);
});

test("a round is refused in words if it cannot be played so", () => {
  const { host, seats } = seated();
  const refused = (fields: object) => {
    const replies = host.ask("round_start", { format: "card_sum", ...fields });
    const error = replies.find(({ type }) => type === "error") as Message<"error"> | undefined;
    return error === undefined ? "taken" : `${error.code}: ${error.message}`;
  };
  expect(refused({ format: "poker" })).toContain("BAD_REQUEST: There is no format poker");
  expect(refused({ params: { table: 11 } })).toContain("BAD_REQUEST: `table`");
  expect(refused({ params: { cards_each: "two" } })).toContain("BAD_REQUEST: `cards_each`");
  expect(refused({ seats: [999] })).toContain("no trader 999");
  expect(refused({ seats: [seats[0]!.userId, seats[0]!.userId] })).toContain("twice");
  expect(refused({ seats: [seats[0]!.userId] })).toContain("for 2 to 200 traders");
  expect(codeOf(seats[0]!.reply("round_start", { format: "dice" }))).toBe("FORBIDDEN");
  expect(refused({})).toBe("taken");
  expect(refused({})).toContain("under way");
});

test("a round opens a lobby, and the session's end ends it", () => {
  const room = new TestRoom({ start: "lobby" });
  const host = room.join("Exchange", "exchange");
  const [alice] = [room.join("alice"), room.join("bob")];
  host.ask("round_start", { format: "dice" });
  expect(alice.last("session").state).toBe("open");
  host.ask("session", { state: "closed" });
  expect(alice.last("round_result").aborted).toBe(true);
  for (const user of [host, alice]) expect(user.last("round").state).toBe("aborted");
});

test("the journal's events tell no seed", () => {
  const { room, host } = seated();
  host.ask("round_start", { format: "dice", seed: "ab".repeat(32) });
  const entry = room.journal.entries.at(-1)!;
  expect(entry.input).toMatchObject({ op: "round_start", seed: "ab".repeat(32) });
  expect(JSON.stringify(entry.reply)).not.toContain("abab");
});
