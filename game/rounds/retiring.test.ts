/** Many rounds in one room: places in the engine are used again, numbers on the wire are not, and nothing is forgotten. */

import { describe, expect, test } from "vitest";
import { limits, type Message } from "#protocol";
import { SessionRecord, type StandingRows } from "../journal/record.ts";
import { readSnapshot, takeSnapshot } from "../journal/snapshot.ts";
import { Room } from "../room.ts";
import { newEngine, nodeEngines, type TestUser } from "../testing/room.ts";
import { goTo, next, refusalOf, seated, start } from "../testing/rounds.ts";

const rounds = 20;

describe(`${rounds} rounds of card_sum`, () => {
  const { room, host, seats } = seated(3);
  const [alice, bob] = seats as [TestUser, TestUser];
  host.ask("add_instrument", { symbol: "OWN", type: "SCALAR", tick_size: 0.01 });
  const listed: number[][] = [];
  const earned = new Map<number, number>();

  test("are all played, and no instrument has a number that another one had", () => {
    for (let n = 1; n <= rounds; n++) {
      const { instruments } = start(host, { format: "card_sum", auto: false });
      listed.push(instruments);
      goTo(host, "trade");
      alice.ask("order_new", { inst: instruments[0]!, side: "sell", qty: n, price: 63 });
      bob.ask("order_new", { inst: instruments[0]!, side: "buy", qty: n, price: 63 });
      alice.ask("order_new", { inst: instruments[5]!, side: "buy", qty: 1, price: 1 });
      expect(bob.last("fill")).toMatchObject({ inst: instruments[0], qty: n });
      goTo(host, "settle");
      const result = bob.last("round_result");
      expect(result.settlement.map(({ inst }) => inst)).toEqual(instruments);
      for (const { user_id, pnl } of result.rows)
        earned.set(user_id, (earned.get(user_id) ?? 0) + pnl);
      while (next(host).state === "running");
    }
    const numbers = listed.flat();
    expect(numbers).toEqual(Array.from({ length: 11 * rounds }, (_, at) => 2 + at));
    expect(alice.all("instrument_retired").map(({ inst }) => inst)).toEqual(
      listed.slice(0, -1).flat(),
    );
  });

  test("keep the P&L of all rounds in the totals", () => {
    for (const seat of seats)
      expect((seat.reply("get_pnl", {}) as Message<"pnl">).pnl).toBeCloseTo(
        earned.get(seat.userId)!,
        6,
      );
    expect(
      host.last("round_result").standings.every(({ rounds: played }) => played === rounds),
    ).toBe(true);
    const back = room.join("newcomer");
    expect(back.last("join_ack").instruments.map(({ inst }) => inst)).toEqual([
      1,
      ...listed.at(-1)!,
    ]);
  });

  test("answer nothing about a retired instrument", () => {
    const inst = listed[0]![0]!;
    for (const refused of [
      alice.ask("order_new", { inst, side: "buy", qty: 1, price: 63 }),
      alice.ask("get_snapshot", { inst }),
      host.ask("resettle", { inst, value: 60 }),
      host.ask("pull_quotes", { inst }),
    ])
      expect(refusalOf(refused)).toContain("NO_SUCH_INSTRUMENT");
    expect(refusalOf(host.ask("halt", { on: true }))).toBe("taken");
  });

  test("come back from the journal and from a snapshot as they were", () => {
    const { state, context } = room.room;
    const hash = context.engine.stateHash();
    const { engine, state: kept } = readSnapshot(takeSnapshot(state, context.engine))!;
    const silent = { append() {}, read: () => null, fullness: 0 };
    const restored = new Room(nodeEngines.restore(engine), silent, context.out, kept);
    expect(restored.context.engine.stateHash()).toBe(hash);
    expect(restored.state.instruments).toEqual(state.instruments);
    room.restart();
    expect(room.room.context.engine.stateHash()).toBe(hash);
    expect(room.room.state.instruments).toEqual(kept.instruments);
    expect(room.room.state.round).toEqual(kept.round);
  });

  test("have all their instruments and positions in the files", () => {
    const record = new SessionRecord(newEngine());
    for (const entry of room.journal.entries) record.take(entry, null);
    const rows: StandingRows["positions"] = [];
    let instruments: StandingRows["instruments"] = [];
    for (const part of record.standing()) {
      rows.push(...(part.positions ?? []));
      instruments = part.instruments ?? instruments;
    }
    expect(instruments).toHaveLength(1 + 11 * rounds);
    expect(instruments.slice(1).every(({ settlement }) => settlement !== null)).toBe(true);
    expect(instruments[1]).toMatchObject({ symbol: "SUM", tick_size: 1 });
    for (const { userId } of [alice, bob]) {
      const own = rows.filter(({ user_id }) => user_id === userId);
      expect(own).toHaveLength(rounds);
      expect(own.map(({ settled_qty }) => Math.abs(settled_qty!))).toEqual(
        Array.from({ length: rounds }, (_, at) => at + 1),
      );
      expect(own.reduce((sum, { pnl }) => sum + pnl!, 0)).toBeCloseTo(earned.get(userId)!, 6);
    }
  });
});

test("endowments of earlier rounds are in the files, too", () => {
  const { room, host, seats } = seated(4);
  for (let n = 1; n <= 2; n++) {
    start(host, { format: "goal_suit", auto: false });
    goTo(host, "settle");
    while (next(host).state === "running");
  }
  const record = new SessionRecord(newEngine());
  for (const entry of room.journal.entries) record.take(entry, null);
  const rows = [...record.standing()].flatMap(({ positions = [] }) => positions);
  for (const { userId } of seats)
    for (const inFirst of [true, false])
      expect(
        rows
          .filter(({ user_id, inst }) => user_id === userId && inst! <= 4 === inFirst)
          .reduce((sum, row) => sum + row.settled_qty!, 0),
      ).toBe(10);
});

test("aborted rounds give their places back at once, and the host's own instruments stay", () => {
  const { room, host, seats } = seated(3);
  for (let n = 0; n < 40; n++)
    host.ask("add_instrument", { symbol: `X${n}`, type: "SCALAR", tick_size: 1 });
  seats[0]!.ask("order_new", { inst: 40, side: "buy", qty: 1, price: 5 });
  for (let n = 0; n < 8; n++) {
    start(host, { format: "card_sum", auto: false });
    goTo(host, "trade");
    host.ask("round_step", { action: "abort" });
  }
  expect(room.room.state.instruments).toHaveLength(40 + 88);
  seats[1]!.ask("order_new", { inst: 40, side: "sell", qty: 1, price: 5 });
  expect(seats[0]!.last("fill")).toMatchObject({ inst: 40, price: 5 });
  for (let n = 40; n < 64; n++)
    host.ask("add_instrument", { symbol: `X${n}`, type: "SCALAR", tick_size: 1 });
  const more = { symbol: "MORE", type: "SCALAR" } as const;
  expect(refusalOf(host.ask("add_instrument", more))).toContain("at most 64");
  expect(refusalOf(host.ask("round_start", { format: "dice" }))).toContain("at most 64");
});

describe("a game whose symbols the room has already", () => {
  function listed() {
    const { room, host, seats } = seated(3);
    const own = (fields: object) =>
      (
        host.reply("add_instrument", {
          ...{ symbol: "index", type: "SCALAR", tick_size: 1, ...fields },
        } as never) as Message<"instrument_added">
      ).instrument.inst;
    const [alice, bob] = seats as [TestUser, TestUser];
    const inst = own({});
    alice.ask("order_new", { inst, side: "buy", qty: 3, price: 100 });
    bob.ask("order_new", { inst, side: "sell", qty: 3, price: 100 });
    return { room, host, seats, alice, inst };
  }
  const pnlOf = (user: TestUser) => (user.reply("get_pnl", {}) as Message<"pnl">).pnl;

  test("does not start while the host's instrument is open, and nobody loses the line", () => {
    const { room, host, alice } = listed();
    const { length } = room.disconnected;
    for (const format of ["walk", "parity"])
      expect(refusalOf(host.ask("round_start", { format }))).toMatch(
        /^BAD_REQUEST: This game lists INDEX, .* settle or rename yours first/,
      );
    expect(room.disconnected).toHaveLength(length);
    expect(alice.all("round")).toEqual([]);
  });

  test("takes the place of one that is settled, whose P&L stays", () => {
    const { room, host, seats, alice, inst } = listed();
    host.ask("settle", { inst, value: 107 });
    const pnls = seats.map(pnlOf);
    expect(pnls).toEqual([21, -21, 0]);
    const { instruments } = start(host, { format: "walk", auto: false });
    expect(instruments).not.toContain(inst);
    expect(alice.all("instrument_retired").map((one) => one.inst)).toEqual([inst]);
    expect(seats.map(pnlOf)).toEqual(pnls);
    expect(refusalOf(host.ask("resettle", { inst, value: 1 }))).toContain("NO_SUCH_INSTRUMENT");
    host.ask("round_step", { action: "abort" });
    expect(seats.map(pnlOf)).toEqual(pnls);
    room.restart();
    expect(pnlOf(room.join("", "trader", { resume_token: alice.token }))).toBe(21);
  });

  test("keeps the pot of the round before", () => {
    const { host, seats, inst } = listed();
    host.ask("settle", { inst, value: 107 });
    start(host, { format: "goal_suit", auto: false });
    while (next(host).state === "running");
    const pnls = seats.map(pnlOf);
    expect(pnls.some((pnl) => Math.abs(pnl) !== 21)).toBe(true);
    start(host, { format: "walk", auto: false });
    expect(seats.map(pnlOf)).toEqual(pnls);
  });
});

test("rounds can be started until the session has listed two thousand instruments", () => {
  const { room, host } = seated(5);
  for (let round = 0; room.room.state.instruments.length < limits.instrumentsEver; round++) {
    expect(refusalOf(host.ask("round_start", { format: "card_sum", auto: false }))).toBe("taken");
    host.ask("round_step", { action: "abort" });
    expect(round).toBeLessThan(limits.instrumentsEver);
  }
  const refused = refusalOf(host.ask("round_start", { format: "card_sum" }));
  expect(refused).toMatch(/^BAD_REQUEST: The rounds of this session have listed 2000 instruments/);
  expect(host.reply("session", { state: "closed" })).toMatchObject({ state: "closed" });
});

describe("a scalar of the host's and its options", () => {
  const size = 11;
  const places = ({ room }: ReturnType<typeof seated>) =>
    room.room.state.instruments.filter(({ slot }) => slot > 0).length;

  /** Lists INDEX, an option on it, and so many others. */
  function withOthers(others: number) {
    const all = seated(3);
    const { host } = all;
    host.ask("add_instrument", { symbol: "INDEX", type: "SCALAR", tick_size: 1 });
    host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 100 });
    for (let at = 0; at < others; at++)
      host.ask("add_instrument", { symbol: `S${at}`, type: "SCALAR", tick_size: 1 });
    host.ask("settle", { inst: 1, value: 103 });
    return all;
  }

  test("leave together, and their places are free again", () => {
    const all = withOthers(1);
    const { host, room, seats } = all;
    for (let rounds = 0; rounds < 3; rounds++) {
      expect(start(host, { format: "walk", auto: false }).instruments).toHaveLength(size);
      expect(places(all)).toBe(1 + size);
      host.ask("round_step", { action: "abort" });
      expect(places(all)).toBe(1);
    }
    const retired = seats[0]!.all("instrument_retired").map(({ inst }) => inst);
    expect(retired.filter((inst) => inst <= 3)).toEqual([1, 2]);
    room.restart();
    expect(places(all)).toBe(1);
  });

  test("are enough where all other places are taken", () => {
    const { host } = withOthers(limits.instruments - size);
    expect(refusalOf(host.ask("round_start", { format: "walk", auto: false }))).toBe("taken");
  });

  test("are too few where one place is missing", () => {
    const { host } = withOthers(limits.instruments - size + 1);
    expect(refusalOf(host.ask("round_start", { format: "walk" }))).toContain("settle some of");
  });
});

test("where places are short, settled instruments of the host's give way to a round", () => {
  const { host, seats } = seated(3);
  for (let at = 1; at <= limits.instruments; at++)
    host.ask("add_instrument", { symbol: `S${at}`, type: "SCALAR", tick_size: 1 });
  const refused = () => refusalOf(host.ask("round_start", { format: "dice", auto: false }));
  expect(refused()).toMatch(/^BAD_REQUEST: The round has 3 instruments, .* settle some of yours/);
  for (const inst of [1, 2]) host.ask("settle", { inst, value: 1 });
  expect(refused()).toContain("settle some of yours");
  expect(seats[0]!.all("instrument_retired")).toEqual([]);
  host.ask("settle", { inst: 9, value: 1 });
  expect(refused()).toBe("taken");
  expect(seats[0]!.all("instrument_retired").map(({ inst }) => inst)).toEqual([1, 2, 9]);
  // Settled instruments that are not needed stay.
  host.ask("settle", { inst: 10, value: 1 });
  host.ask("round_step", { action: "abort" });
  expect(refused()).toBe("taken");
  expect(seats[0]!.all("instrument_retired").map(({ inst }) => inst)).not.toContain(10);
  expect(host.last("round").instruments).toEqual([68, 69, 70]);
});
