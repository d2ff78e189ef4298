import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { tableNames } from "#protocol";
import { renderCsv } from "./csv.ts";
import { debriefPieces, logPieces } from "./debrief.ts";
import { fileResponse } from "./files.ts";
import { isArchived, listTable, readHeader, sourceOfArchive } from "./read.ts";
import { apart, type Reading } from "./reading.ts";
import { pagedOf, sampleSession } from "./testing/sample.ts";
import { readSession } from "./testing/read-session.ts";
import type { ArchivedSession } from "./testing/whole.ts";
import { debriefTables, type SessionPlace } from "./session.ts";
import * as write from "./write.ts";

const db = (env as unknown as { DB: D1Database }).DB;

/** Writes the session from its beginning, or from where an earlier attempt was. */
async function archiveSession(
  to: D1Database,
  session: ArchivedSession,
  from: SessionPlace | null = null,
  onPlace: (place: SessionPlace) => void = () => {},
): Promise<void> {
  for await (const place of write.archiveSession(to, pagedOf(session), from)) onPlace(place);
}

/** A database that takes `allowed` batches (every write is one) and then fails, after a write or before it. */
function failing(allowed: number, written: boolean): D1Database {
  let calls = 0;
  const count = async <R>(run: () => Promise<R>): Promise<R> => {
    if (calls++ < allowed) return run();
    if (written) await run();
    throw new Error("D1_ERROR: the network is gone");
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === "batch") return (list: D1PreparedStatement[]) => count(() => target.batch(list));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function rowCounts(sessionId: string): Promise<number[]> {
  const counts = [...debriefTables, "participants", ...tableNames].map((table) =>
    db.prepare(`SELECT count(*) AS n FROM ${table} WHERE session_id = ?`).bind(sessionId),
  );
  return (await db.batch<{ n: number }>(counts)).map(({ results }) => results[0]!.n);
}

/** A session of several pages and batches. */
function large(sessionId: string): ArchivedSession {
  const session = sampleSession(sessionId, 5_000);
  const [, news] = session.data.events;
  session.data.events = Array.from({ length: 3_000 }, (_, index) => ({
    ...news!,
    seq: index * 2 + 1,
    detail: JSON.stringify({ text: `${index} "é🐙" `.repeat(40) }),
  }));
  return session;
}

describe("a session in the archive", () => {
  test("is read as it was written", async () => {
    const session = sampleSession("round-trip");
    expect(await readSession(db, "round-trip")).toBeNull();
    await archiveSession(db, session);
    expect(await readSession(db, "round-trip")).toEqual(session);
    expect(await readHeader(db, "round-trip")).toMatchObject({ room: "ACDEFG" });
  });

  test("is the same however often it is written, and whatever comes later", async () => {
    const session = sampleSession("twice");
    await archiveSession(db, session);
    const counts = await rowCounts("twice");
    await archiveSession(db, session);
    await archiveSession(db, { ...session, name: "another", data: sampleSession("", 1).data });
    expect(await readSession(db, "twice")).toEqual(session);
    expect(await rowCounts("twice")).toEqual(counts);
  });

  test("is whole after any number of writers at once", async () => {
    const session = large("at-once");
    await Promise.all(Array.from({ length: 4 }, () => archiveSession(db, session)));
    expect(await readSession(db, "at-once")).toEqual(session);
  });

  test("is kept apart from other sessions", async () => {
    await archiveSession(db, sampleSession("one", 5));
    await archiveSession(db, sampleSession("other", 7));
    expect((await readSession(db, "one"))?.data.trades).toHaveLength(5);
    expect((await readSession(db, "other"))?.data.trades).toHaveLength(7);
    for (const id of ["", "on", "one%", "one' OR 1=1 --", "../one"])
      expect(await readSession(db, id)).toBeNull();
  });

  test("may be empty", async () => {
    const session = sampleSession("empty", 0);
    session.participants = [];
    for (const table of tableNames) session.data[table] = [];
    await archiveSession(db, session);
    expect(await readSession(db, "empty")).toEqual(session);
  });

  test("keeps numbers exactly and text as far as it is Unicode", async () => {
    const session = sampleSession("exact");
    const [trade] = session.data.trades;
    let seed = 1;
    const random = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    session.data.trades = Array.from({ length: 3_000 }, (_, index) => ({
      ...trade!,
      trade_id: index,
      price: (random() - 0.5) * 10 ** ((index % 30) - 8),
      qty: Number.MAX_SAFE_INTEGER - index,
      symbol: index % 2 ? "\u0000é\ud83d\udc19\u2028'\"\\" : "x",
    }));
    session.data.trades.unshift({ ...trade!, trade_id: -1, price: 0.1 + 0.2, symbol: "" });
    await archiveSession(db, session);
    expect(await readSession(db, "exact")).toEqual(session);
    const broken = sampleSession("surrogate");
    broken.data.instruments[0]!.symbol = "a\ud800b";
    await archiveSession(db, broken);
    const read = await readSession(db, "surrogate");
    expect(read?.data.instruments[0]?.symbol).toBe("a\ufffdb");
  });
});

describe("a writer that is stopped", () => {
  for (const written of [false, true])
    test(`${written ? "after" : "before"} any of its writes leaves nothing to be seen, and the next completes it`, async () => {
      const session = large(`stopped-${written}`);
      let stops = 0;
      for (; stops < 50; stops++) {
        const attempt = archiveSession(failing(stops, written), session);
        const failed = await attempt.then(
          () => false,
          () => true,
        );
        if (!failed) break;
        const seen = await readSession(db, session.sessionId);
        // Only the answer of the last write may have been lost.
        if (seen === null) continue;
        expect(written).toBe(true);
        expect(seen).toEqual(session);
      }
      expect(stops).toBeGreaterThan(3);
      expect(await readSession(db, session.sessionId)).toEqual(session);
    });

  test("and goes on from where it was writes no page twice, whichever was the last", async () => {
    const session = large("resumed");
    let place: SessionPlace | null = null;
    let writes = 0;
    const counting = new Proxy(db, {
      get(target, name) {
        if (name === "batch") writes++;
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const pages = write.archiveSession(counting, pagedOf(session), null);
    while (!(await pages.next()).done);
    const atOnce = writes;
    await db.prepare("DELETE FROM sessions WHERE session_id = 'resumed'").run();
    writes = 0;
    for (let steps = 0; ; steps++) {
      expect(steps).toBeLessThan(50);
      // A page, and then the writer is gone.
      const { done, value } = await write.archiveSession(counting, pagedOf(session), place).next();
      if (done) break;
      place = value;
    }
    expect(place).not.toBeNull();
    expect(writes).toBe(atOnce);
    expect(await readSession(db, "resumed")).toEqual(session);
  });

  test("whose rows were others is cleared, and the session then written", async () => {
    const session = sampleSession("cleared", 2);
    // Up to the trades, which are nine instead of two.
    await archiveSession(failing(5, false), sampleSession("cleared", 9)).catch(() => {});
    await expect(archiveSession(db, session)).rejects.toThrow("do not add up");
    expect(await readSession(db, "cleared")).toBeNull();
    await archiveSession(db, session);
    expect(await readSession(db, "cleared")).toEqual(session);
  });

  test("on two rows of one key or on NaN never shows a session", async () => {
    const doubled = sampleSession("doubled");
    doubled.data.events.push({ ...doubled.data.events[0]! });
    await expect(archiveSession(db, doubled)).rejects.toThrow("do not add up");
    const nan = sampleSession("nan");
    nan.data.pnl[0]!.pnl = Number.NaN;
    await expect(archiveSession(db, nan)).rejects.toThrow(RangeError);
    expect(await isArchived(db, "doubled")).toBe(false);
    expect(await isArchived(db, "nan")).toBe(false);
    expect(await rowCounts("doubled")).toEqual(Array(4 + tableNames.length).fill(0));
  });
});

test("a file is served table by table, in the order of the keys", async () => {
  const session = large("paged");
  session.data.trades.reverse();
  await archiveSession(db, session);
  session.data.trades.reverse();
  const pages = [];
  for await (const page of listTable(db, "paged", "trades")) pages.push(page.length);
  expect(pages).toEqual([2_000, 2_000, 1_000]);
  for (const table of tableNames) {
    const response = fileResponse("ACDEFG", `${table}.csv`, sourceOfArchive(db, "paged"));
    expect(await response!.text()).toBe(renderCsv(table, session.data[table]));
  }
});

test("is read the same in pages of any size, each when its turn has come", async () => {
  const session = sampleSession("small-pages", 7);
  await archiveSession(db, session);
  let turns = 0;
  const page = <T>(read: () => Promise<T>) => {
    turns++;
    return read();
  };
  for (const rows of [1, 2, 3]) {
    turns = 0;
    const source = sourceOfArchive(db, "small-pages", { rows, pieces: 1, page });
    for (const table of tableNames)
      expect((await allOf(source(table))).flat()).toEqual(session.data[table]);
    expect(turns).toBeGreaterThan(7 / rows);
  }
});

test("debrief and log are read the same in pages of any size", async () => {
  const pieces = Array.from({ length: 5 }, (_, n) => [n + 1, `piece ${n}\n`] as const);
  await archiveSession(db, sampleSession("pieces", 1));
  const statements = ["session_debrief", "session_log"].flatMap((table) => [
    db.prepare(`DELETE FROM ${table} WHERE session_id = 'pieces'`),
    ...pieces.map((piece) =>
      db.prepare(`INSERT INTO ${table} VALUES ('pieces', ?, ?)`).bind(...piece),
    ),
  ]);
  await db.batch(statements);
  const whole = pieces.map(([, content]) => content);
  for (const size of [1, 2, 5, 6]) {
    const reading: Reading = { ...apart, pieces: size };
    expect(await allOf(debriefPieces(db, "pieces", reading))).toEqual(whole);
    expect(await allOf(logPieces(db, "pieces", reading))).toEqual(whole);
  }
});

test("whoever reads while the session is deleted never takes a part for the whole", async () => {
  const readers: [string, () => AsyncIterable<unknown>][] = [
    ["trades", () => listTable(db, "read", "trades", { ...apart, rows: 2 })],
    ["log", () => logPieces(db, "read", { ...apart, pieces: 1 })],
    ["debrief", () => debriefPieces(db, "read", { ...apart, pieces: 1 })],
  ];
  for (const [name, read] of readers) {
    await archiveSession(db, sampleSession("read", 7));
    const pages = read()[Symbol.asyncIterator]();
    expect((await pages.next()).done, name).toBe(false);
    await write.removeSession(db, "read");
    const rest = (async () => {
      while ((await pages.next()).done !== true);
    })();
    await expect(rest, name).rejects.toThrow("deleted meanwhile");
  }
});

test("is deleted in pages of any size, and no other session with it", async () => {
  const kept = sampleSession("kept", 5);
  await archiveSession(db, kept);
  for (const rows of [1, 3, 1_000]) {
    await archiveSession(db, sampleSession("deleted", 7));
    let turns = 0;
    const page = <T>(work: () => Promise<T>) => {
      turns++;
      return work();
    };
    await write.removeSession(db, "deleted", { rows, pieces: 1, page });
    expect(await rowCounts("deleted")).toEqual(Array(4 + tableNames.length).fill(0));
    expect(turns).toBeGreaterThanOrEqual(7 / rows);
  }
  expect(await readSession(db, "kept")).toEqual(kept);
});
