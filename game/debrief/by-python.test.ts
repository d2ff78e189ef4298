/**
 * Tests the debrief against docs/analysis.md: the programs of that page work every figure out anew, from the files and the
 * log alone, without the game and its engine.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { tableNames, type FreeMoney, type TableName } from "#protocol";
import { renderCsv } from "../../worker/archive/csv.ts";
import { sqliteBytes } from "../../worker/archive/sqlite.ts";
import { debriefed, rowOf, type Debriefed } from "../testing/debrief.ts";
import { playRandomGame } from "../testing/random-game.ts";
import { recordSession } from "../testing/record.ts";
import { newEngine, TestRoom } from "../testing/room.ts";

const page = readFileSync(new URL("../../docs/analysis.md", import.meta.url), "utf8");

/** The programs of the page, by the name of their file. */
const programs = new Map(
  [...page.matchAll(/```\w+ file=(\S+)\n(.*?)```/gs)].map(([, name = "", text = ""]) => [
    name,
    text,
  ]),
);

interface Figures {
  traders: Record<string, Record<string, unknown>>;
  curves: Record<string, [number, number][]>;
  matrix: [number, number, number, number][];
  instruments: Record<string, { path: [number, number][]; error_s: number | null }>;
  quoting: [number, number, number | null, number | null, number | null][];
}

async function workedOut(room: TestRoom, told: Debriefed) {
  const folder = mkdtempSync(path.join(tmpdir(), "game-analysis-"));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
  try {
    for (const [name, text] of programs) writeFileSync(path.join(folder, name), text);
    const { data } = recordSession(newEngine(), room.journal.entries);
    for (const table of tableNames)
      writeFileSync(path.join(folder, `${table}.csv`), renderCsv(table, data[table]));
    const bytes: Uint8Array[] = [];
    async function* source<T extends TableName>(table: T) {
      yield await Promise.resolve(data[table]);
    }
    for await (const chunk of sqliteBytes(source)) bytes.push(chunk);
    writeFileSync(path.join(folder, "session.sqlite"), Buffer.concat(bytes));
    writeFileSync(path.join(folder, "log.jsonl"), told.lines.join("\n") + "\n");
    writeFileSync(path.join(folder, "debrief.json"), JSON.stringify(told));
    const printed = run("python3", "figures.py");
    writeFileSync(path.join(folder, "figures.json"), printed);
    const figures = JSON.parse(printed) as Figures;
    const freeMoney = JSON.parse(run("python3", "free_money.py")) as FreeMoney[];
    const awards = JSON.parse(run("python3", "awards.py")) as [string, number][];
    const last = run("python3", "chain.py").trim();
    run("sqlite3", "session.sqlite", ".mode csv", ".import marks.csv marks", ".read fills.sql");
    const query = (file: string) => {
      const rows = run("sqlite3", "-json", "session.sqlite", `.read ${file}`);
      return JSON.parse(rows === "" ? "[]" : rows) as Record<string, number>[];
    };
    const sql = { parts: query("parts.sql"), matrix: query("matrix.sql"), best: query("best.sql") };
    return { figures, freeMoney, awards, last, sql };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));

/** A calm game with known times: two makers, two takers, options, a correction, an aborted round. */
function calmGame(): TestRoom {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const [ann, bob, cid, dan] = ["Ann", "Bob", "Cid", "Dan"].map((name) => room.join(name));
  host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 0.5, tick_value: 2.5 });
  for (const [type, strike] of [
    ["CALL", 100],
    ["PUT", 100],
    ["CALL", 110],
  ] as const)
    host.ask("add_instrument", {
      ...{ symbol: `X-${type}-${strike}`, type, strike, reference_id: 1 },
      ...{ tick_size: 0.25, tick_value: 2.5 },
    });
  const quote = (user: typeof ann, inst: number, bid: number, ask: number) =>
    user!.ask("quote", { inst, bid, ask, bid_qty: 5, ask_qty: 5 });
  for (let step = 0; step < 40; step++) {
    const middle = 100 + (step % 7) - 3;
    quote(ann, 1, middle - 1, middle + 1);
    quote(bob, 1, middle - 1.5, middle + 0.5);
    if (step % 3 === 0) quote(bob, 2, 2, 3 + (step % 2));
    // The call at 110 is sometimes dearer than that at 100.
    if (step % 6 === 1) quote(dan, 4, step % 12 === 1 ? 4 : 1, 5);
    room.now += 400 * (step % 5);
    cid!.ask("order_new", { inst: 1, side: step % 2 ? "buy" : "sell", qty: 3, type: "market" });
    if (step % 4 === 0) dan!.ask("order_new", { inst: 2, side: "buy", qty: 1, price: 4 });
    if (step % 9 === 0) host.ask("halt", { inst: 2, on: step % 2 === 0 });
    room.now += 1_700;
  }
  host.ask("round_start", { format: "dice", params: {}, auto: false });
  host.ask("round_step", { action: "abort" });
  host.ask("settle", { inst: 1, value: 104 });
  room.now += 2_000;
  host.ask("resettle", { inst: 1, value: 98.5 });
  return room;
}

/** The instruments of a template, a round, and one more instrument after it: ids that no line of the log says. */
function gameOfTemplate(): TestRoom {
  const room = new TestRoom({ template: "options" });
  const host = room.join("Exchange", "exchange");
  const [ann, bob, cid] = ["Ann", "Bob", "Cid"].map((name) => room.join(name));
  host.ask("round_start", { format: "dice", params: {}, auto: false });
  for (let round = host.last("round"); round.state !== "done"; round = host.last("round"))
    host.ask("round_step", { action: "next" });
  host.ask("add_instrument", { symbol: "LATE", type: "SCALAR", tick_size: 1 });
  const late = room.room.state.instruments.length;
  for (let step = 0; step < 24; step++) {
    const middle = 100 + (step % 5) - 2;
    for (const inst of [1, 2, late]) {
      ann!.ask("quote", { inst, bid: middle - 1, bid_qty: 5, ask: middle + 1, ask_qty: 5 });
      bob!.ask("quote", { inst, bid: middle - 2, bid_qty: 5, ask: middle + 2, ask_qty: 5 });
      room.now += 700;
      const side = (step + inst) % 2 === 0 ? "buy" : "sell";
      cid!.ask("order_new", { inst, side, qty: 1 + (step % 3), type: "market" });
    }
    if (step % 7 === 3) host.ask("halt", { on: step % 2 === 0 });
    room.now += 1_300;
  }
  host.ask("halt", { on: false });
  host.ask("settle", { inst: 1, value: 104 });
  host.ask("settle", { inst: late, value: 97 });
  return room;
}

/** Closes a game as its host, after a while. */
function closed(room: TestRoom): TestRoom {
  room.now += 40_000;
  const [host] = room.users;
  host?.ask("session", { state: "closed" });
  return room;
}

describe.each([
  ["a calm game", () => closed(calmGame())],
  ["a game of a template", () => closed(gameOfTemplate())],
  ["a wild game", () => closed(playRandomGame(21, 1_200).room)],
  ["another wild game", () => closed(playRandomGame(22, 1_200).room)],
])("the figures of %s", (name, play) => {
  const room = play();
  const told = debriefed(room);
  const answer = workedOut(room, told);

  test("of each trader are those of the page's program, and of its SQL", async () => {
    const { figures, sql } = await answer;
    const traded = told.traders.filter(({ trades }) => trades > 0);
    expect(traded.length).toBeGreaterThan(2);
    expect(Object.keys(figures.traders).map(Number).sort()).toEqual(
      traded.map(({ user_id: id }) => id).sort(),
    );
    const parts = ["spread", "selection", "drift"] as const;
    for (const row of traded) {
      const { maker, taker, markouts } = row;
      const partsOf = (some: Pick<typeof row, (typeof parts)[number]>) =>
        Object.fromEntries(parts.map((part) => [part, near(some[part])]));
      expect(figures.traders[row.user_id]).toEqual({
        ...{ pnl: near(row.pnl), ...partsOf(row) },
        maker: { ...partsOf(maker), trades: maker.trades },
        taker: { ...partsOf(taker), trades: taker.trades },
        markouts: { 1: near(markouts[1]), 5: near(markouts[5]), 30: near(markouts[30]) },
        ...{ trades: row.trades, volume: row.volume, maker_share: near(row.maker_share) },
        max_abs_position: row.max_abs_position,
        ...{ best: row.best, worst: row.worst },
      });
      expect(sql.parts.find(({ user_id: id }) => id === row.user_id)).toMatchObject({
        ...{ pnl: near(row.pnl), spread: near(row.spread), selection: near(row.selection) },
        ...{ drift: near(row.drift), maker_spread: near(maker.spread), volume: row.volume },
        ...{ markout_5: near(markouts[5]), maker_share: near(row.maker_share) },
      });
      expect(sql.best.find(({ user_id: id }) => id === row.user_id)?.["trade_id"]).toBe(row.best);
    }
  });

  test("of who traded with whom as well", async () => {
    const { figures, sql } = await answer;
    const cells = told.matrix.map(({ buyer_id: buyer, seller_id: seller, qty, buyer_pnl: pnl }) => [
      ...[buyer, seller, qty, near(pnl)],
    ]);
    expect(figures.matrix).toEqual(cells);
    expect(sql.matrix).toHaveLength(cells.length);
  });

  test("of quoting and price discovery as well", async () => {
    const { figures } = await answer;
    for (const [userId, inst, twoSided, width, atBest] of figures.quoting)
      expect(rowOf(told, userId).quoting.find((one) => one.inst === inst)).toEqual({
        ...{ inst, two_sided: near(twoSided), width: near(width), at_best: near(atBest) },
      });
    for (const { inst, error_s: errorS, path: points } of told.instruments) {
      const worked = figures.instruments[inst]!;
      expect([inst, worked.error_s]).toEqual([inst, near(errorS)]);
      // The debrief tells some points of a long path.
      const all = new Map(worked.path);
      for (const [ts, m] of points) expect([inst, ts, all.get(ts)]).toEqual([inst, ts, near(m)]);
    }
  });

  test("of everybody's P&L over time as well", async () => {
    const { figures } = await answer;
    const all = new Map(
      Object.entries(figures.curves).map(([userId, points]) => [Number(userId), new Map(points)]),
    );
    for (const { user_id: userId, curve, pnl } of told.traders) {
      // It ends with the P&L of the close.
      expect(curve.at(-1)?.[1]).toBe(pnl);
      for (const [ts, worth] of curve.slice(0, -1))
        expect([userId, ts, all.get(userId)?.get(ts)]).toEqual([userId, ts, near(worth)]);
    }
  });

  test("of free money and of awards as well", async () => {
    const { freeMoney, awards } = await answer;
    const sorted = (found: readonly FreeMoney[]) =>
      found
        .map(({ ts, until, kind, legs, gain }) => [ts, until, kind, JSON.stringify(legs), gain])
        .sort((a, b) => (String(a.slice(0, 4)) < String(b.slice(0, 4)) ? -1 : 1));
    expect(sorted(freeMoney)).toEqual(
      sorted(told.free_money).map((row) => [...row.slice(0, 4), near(row[4] as number)]),
    );
    if (name === "a calm game") expect(freeMoney.length).toBeGreaterThan(1);
    expect(awards).toEqual(told.awards.map(({ title, user_id: id }) => [title, id]));
  });

  test("and the chain of the log ends in the hash that was told at the close", async () => {
    const { last } = await answer;
    expect(last).toBe(room.users[0]!.last("session").log_hash);
  });
});
