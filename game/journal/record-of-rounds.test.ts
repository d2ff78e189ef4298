/** Rounds in the session's files: deals, scores and the round of each trade, and nothing of a round that still runs. */

import { expect, test } from "vitest";
import { exportTables, type Message } from "#protocol";
import { recordInSlices, recordSession } from "../testing/record.ts";
import { newEngine, nodeEngines, TestRoom, type TestUser } from "../testing/room.ts";
import { SessionRecord } from "./record.ts";

const next = (host: TestUser) => host.ask("round_step", { action: "next" });

/** A trade outside of rounds, a round of numbers, an aborted one, and one whose settlement is corrected. */
function played() {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const [alice, bob] = [room.join("alice"), room.join("bob")];
  const trade = (inst: number, price: number) => {
    alice.ask("order_new", { inst, side: "buy", qty: 2, price });
    bob.ask("order_new", { inst, side: "sell", qty: 2, price });
  };
  const to = (kind: string): Message<"round"> => {
    while (host.last("round").step.kind !== kind) next(host);
    return host.last("round");
  };
  host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  trade(1, 100);
  host.ask("round_start", { format: "numbers", auto: false });
  to("ask");
  alice.ask("round_answer", { value: 17 });
  trade(to("trade").instruments[0]!, 12);
  const told = () => shownEvents(room);
  const shownWhileItRan = told();
  to("settle");
  const shownAtTheResult = told();
  next(host);
  next(host);
  host.ask("round_start", { format: "dice", auto: false });
  trade(to("trade").instruments[0]!, 8);
  host.ask("round_step", { action: "abort" });
  host.ask("round_start", { format: "seventeen", auto: false });
  const [sum] = to("trade").instruments as [number];
  trade(sum, 30);
  to("settle");
  host.ask("resettle", { inst: sum, value: 50 });
  return { room, host, alice, bob, shownWhileItRan, shownAtTheResult };
}

/** The events file as it would be now. */
function shownEvents({ journal }: TestRoom): string {
  const record = new SessionRecord(newEngine());
  const changes = record.changes();
  for (const entry of journal.entries) record.take(entry, changes);
  const last = changes.shownEvents ?? Infinity;
  return JSON.stringify(changes.events.filter(({ seq }) => seq! <= last));
}

const { room, host, alice, bob, shownWhileItRan, shownAtTheResult } = played();
const { data } = recordSession(newEngine(), room.journal.entries);

test("the round of each trade, order, position and instrument is in their last column", () => {
  for (const name of ["trades", "orders", "positions", "instruments"] as const)
    expect(Object.keys(exportTables[name]).at(-1)).toBe("round");
  expect(data.trades.map(({ round }) => round)).toEqual([null, 1, 2, 3]);
  expect(data.orders.map(({ round }) => round)).toEqual([null, null, 1, 1, 2, 2, 3, 3]);
  const rounds = new Map(data.instruments.map(({ inst, round }) => [inst, round]));
  expect(rounds.get(1)).toBeNull();
  for (const { inst, round } of [...data.trades, ...data.positions])
    expect(rounds.get(inst!)).toBe(round);
});

test("rounds: commit and seed, when they began and ended, and how", () => {
  expect(data.rounds.map(({ round, format, state }) => [round, format, state])).toEqual([
    [1, "numbers", "done"],
    [2, "dice", "aborted"],
    [3, "seventeen", "running"],
  ]);
  const told = host.all("round");
  for (const { round, commit, seed, params, started_ts, ended_ts, state } of data.rounds) {
    expect(commit).toBe(told.find((one) => one.round === round)!.commit);
    expect(seed).toBe(room.seed);
    expect(JSON.parse(params!)).toHaveProperty("trade_seconds");
    expect(started_ts).toBe(room.now);
    expect(ended_ts).toBe(state === "running" ? null : room.now);
  }
});

test("hands and scores are those of the results, corrected ones too", () => {
  const last = new Map(host.all("round_result").map((result) => [result.round, result]));
  for (const [round, { hands, table, deck, rows }] of last) {
    const cards = data.hands.filter((row) => row.round === round);
    const held = (userId: number | null, place: string) =>
      cards
        .filter((row) => row.user_id === userId && row.place === place)
        .map(({ card, label, value }) => ({ id: card, label, value }));
    const shown = (some: readonly { id: number; label: string; value: number }[]) =>
      some.map(({ id, label, value }) => ({ id, label, value })).sort((a, b) => a.id - b.id);
    for (const { user_id, cards: own } of hands) expect(held(user_id, "hand")).toEqual(shown(own));
    expect(held(null, "table")).toEqual(shown(table));
    expect(held(null, "deck")).toEqual(shown(deck));
    const scores = data.scores.filter((row) => row.round === round);
    expect(scores.map(({ user_id, pnl, score }) => [user_id, pnl, score])).toEqual(
      rows
        .toSorted((a, b) => a.user_id - b.user_id)
        .map((row) => [row.user_id, row.pnl, row.score]),
    );
  }
  expect(data.hands.find(({ round, value }) => round === 1 && value === 17)).toMatchObject({
    ...{ user_id: alice.userId, name: "alice", place: "hand" },
  });
  expect(
    data.scores.find(({ round, user_id }) => round === 3 && user_id === bob.userId),
  ).toMatchObject({
    ...{ name: "bob", pnl: -2 * (50 - 30) },
  });
});

test("events of a running round are told with its result", () => {
  expect(shownWhileItRan).toContain('"op":"order_new"');
  expect(shownWhileItRan).not.toMatch(/round_start|round_answer/);
  expect(shownAtTheResult).toContain('"op":"round_start"');
  expect(shownAtTheResult).toContain("round_answer");
});

test.each([1, 5])("made in slices of %i entries it is the same", (entries) => {
  const { participants: _, ...sliced } = recordInSlices(room.journal.entries, nodeEngines, entries);
  expect(sliced).toEqual(data);
});
