/** SQLite itself is the judge: it opens each file, checks it and must give back every cell. */

import { DatabaseSync } from "node:sqlite";
import { describe, expect, test, vi } from "vitest";
import { sqliteFile } from "./file.ts";
import type { SqlRow } from "./leaves.ts";
import { pageNumber } from "./pages.ts";
import type { SqlCell } from "./record.ts";
import { planTable, type SqlTable } from "./table.ts";

vi.setConfig({ testTimeout: 60_000 });

function tableOf(rows: SqlRow[], name = "t"): SqlTable {
  return {
    name,
    sql: `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, a TEXT, b REAL, c INTEGER)`,
    rows: async function* () {
      for (let at = 0; at < rows.length; at += 100) yield rows.slice(at, at + 100);
    },
  };
}

const row = (rowid: number, a: SqlCell, b: SqlCell = null, c: SqlCell = null): SqlRow => ({
  rowid,
  cells: [null, a, b, c],
});

async function fileOf(tables: SqlTable[], pageSize?: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of sqliteFile(tables, pageSize)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function open(file: Uint8Array): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  db.deserialize(file);
  expect(db.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(db.prepare("PRAGMA freelist_count").get()).toEqual({ freelist_count: 0 });
  return db;
}

/** The file of these rows has these rows, read in order and found one by one. */
async function expectBack(rows: SqlRow[], pageSize?: number): Promise<void> {
  const db = open(await fileOf([tableOf(rows)], pageSize));
  const all = db.prepare("SELECT * FROM t");
  all.setReturnArrays(true);
  const expected = rows.map(({ rowid, cells }) => [rowid, ...cells.slice(1)]);
  expect(all.all()).toEqual(expected);
  const one = db.prepare("SELECT * FROM t WHERE id = ?");
  one.setReturnArrays(true);
  for (let at = 0; at < rows.length; at += 1 + Math.floor(rows.length / 500))
    expect(one.get(rows[at]!.rowid)).toEqual(expected[at]);
  db.close();
}

/** Levels of the table's tree, as SQLite sees them. */
function depthOf(file: Uint8Array, root: number, pageSize: number): number {
  const page = Buffer.from(file).subarray((root - 1) * pageSize, root * pageSize);
  return page[0] === 0x05 ? 1 + depthOf(file, page.readUInt32BE(8), pageSize) : 1;
}

/** Mulberry32: the same numbers from the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

test("every kind of value comes back as it was", async () => {
  const whole = [0, 1, 2, 7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 52].flatMap((bits) =>
    [-2, -1, 0, 1].flatMap((off) => [2 ** bits + off, -(2 ** bits) + off]),
  );
  const edges = [...whole, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  const fractions = [0.1, -0.1, 1 / 3, 1e300, -1e-300, 5e-324, 12_345_678_901.25, 2 ** 53, 1e22];
  await expectBack([
    ...edges.map((value, index) => row(index, null, value, value)),
    ...fractions.map((value, index) => row(1_000 + index, null, value, null)),
    ...[
      "",
      "it's",
      '"quoted"',
      "línea\r\nbreak",
      "🐙",
      "\u0301",
      "\u007f\u0080\u07ff\u0800\uffff",
    ].map((text, index) => row(2_000 + index, text)),
    row(Number.MAX_SAFE_INTEGER, "the last key"),
  ]);
});

test("what the wire refuses does not corrupt the file", async () => {
  const db = open(await fileOf([tableOf([row(1, "a\0b"), row(2, "\ud800x\udc00"), row(3, "c")])]));
  expect(db.prepare("SELECT hex(a) AS bytes FROM t").all()).toEqual([
    { bytes: "610062" },
    { bytes: "EFBFBD78EFBFBD" },
    { bytes: "63" },
  ]);
  db.close();
});

describe.each([512, 1_024, 4_096, 8_192])("with pages of %i bytes", (pageSize) => {
  test("no rows and one row", async () => {
    await expectBack([], pageSize);
    await expectBack([row(1, "one", 0.5, -3)], pageSize);
  });

  test("texts of every length about what a leaf holds, and far beyond", async () => {
    const lengths = [pageSize / 2, pageSize, 2 * pageSize, 3 * pageSize]
      .flatMap((around) => Array.from({ length: 90 }, (_, index) => around - 60 + index))
      .concat(20_000);
    await expectBack(
      lengths.map((length, index) => row(index + 1, "x".repeat(length), index)),
      pageSize,
    );
    await expectBack(
      lengths.map((length, index) => row(3 * index, "é€🐙".repeat(length / 9), null, index)),
      pageSize,
    );
  });
});

test("texts of every length up to a page and a half, and many up to 20,000", async () => {
  const lengths = Array.from({ length: 6_000 }, (_, length) => length).concat(
    Array.from({ length: 100 }, (_, index) => 20_000 - 139 * index),
  );
  const text = "abcdé".repeat(4_000);
  await expectBack(lengths.map((length, index) => row(index, text.slice(0, length))));
});

test.each([
  [1, 5],
  [2, 200],
  [3, 6_000],
  [4, 60_000],
])("a tree of depth %i", async (depth, count) => {
  const rows = Array.from({ length: count }, (_, index) =>
    row(7 * index, `row ${index}`, index / 4),
  );
  await expectBack(rows, 512);
  expect(depthOf(await fileOf([tableOf(rows)], 512), 2, 512)).toBe(depth);
});

test("each number of leaves about a full interior page", async () => {
  const text = "x".repeat(400);
  for (let count = 60; count <= 140; count++)
    await expectBack(
      Array.from({ length: count }, (_, index) => row(index + 1, text)),
      512,
    );
});

test("random tables in one file", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomFrom(seed);
    const pageSize = 512 << random(4);
    const tables = ["t", "u", "v"].map((name) => {
      let rowid = 0;
      const rows = Array.from({ length: random(seed % 4 ? 300 : 3_000) }, () => {
        const text = [null, "x", "ünï", "🐙 ", "long text "][random(5)]!;
        return row(
          (rowid += 1 + random(seed % 3 ? 3 : 100_000)),
          text?.repeat(random(random(10) ? 20 : 2_000)) ?? null,
          random(3) ? (random(2 ** 31) - 2 ** 30) / 64 : null,
          random(2) ? (random(2 ** 31) - 2 ** 30) * 2 ** random(22) : null,
        );
      });
      return { name, rows };
    });
    const db = open(
      await fileOf(
        tables.map(({ name, rows }) => tableOf(rows, name)),
        pageSize,
      ),
    );
    for (const { name, rows } of tables) {
      const all = db.prepare(`SELECT * FROM ${name}`);
      all.setReturnArrays(true);
      const expected = rows.map(({ rowid, cells }) => [rowid, ...cells.slice(1)]);
      expect(all.all(), `seed ${seed}, ${name}`).toEqual(expected);
    }
    // SQLite goes on with the file as with one of its own.
    db.exec("DELETE FROM t WHERE id % 2; INSERT INTO u (a) VALUES (hex(zeroblob(5000))); VACUUM");
    expect(db.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    db.close();
  }
});

test("the page that SQLite locks is left out", () => {
  expect(pageNumber(262_144, 4_096)).toBe(262_144);
  expect(pageNumber(262_145, 4_096)).toBe(262_146);
});

test("of 300,000 rows a few numbers a leaf are kept, and a chunk of bytes", async () => {
  const count = 300_000;
  const some = 1_000;
  const table: SqlTable = {
    ...tableOf([]),
    rows: async function* () {
      for (let at = 0; at < count; at += some)
        yield (function* () {
          for (let index = at; index < at + some; index++)
            yield row(
              index,
              `{"inst":1,"side":"buy","qty":${index},"price":99.5}`,
              index / 4,
              index,
            );
        })();
    },
  };
  const plan = await planTable(table, 4_096);
  const kept = Object.values(plan).reduce((sum, numbers) => sum + numbers.length, 0);
  expect(kept).toBeLessThan(count / 10);
  let bytes = 0;
  for await (const chunk of sqliteFile([table])) {
    expect(chunk.length).toBeLessThan(100_000);
    bytes += chunk.length;
  }
  expect(bytes).toBeGreaterThan(count * 50);
});

describe("nothing is written that is wrong", () => {
  test.each([
    ["twice the same", [1, 1]],
    ["descending", [2, 1]],
    ["negative", [-1]],
    ["no whole number", [1.5]],
  ])("keys that are %s", async (_, keys) => {
    const table = tableOf(keys.map((key) => row(key, "x")));
    await expect(fileOf([table])).rejects.toMatchObject({
      message: "the rows of t cannot be written to an SQLite file",
      cause: expect.any(RangeError),
    });
  });

  const first = Array.from({ length: 200 }, (_, index) => row(index, "x"));
  test.each([
    ["more", [...first, row(200, "x")]],
    ["fewer", first.slice(0, 150)],
    ["none", []],
    ["longer", first.with(70, row(70, "xx"))],
    ["much longer", first.with(70, row(70, "x".repeat(3_000)))],
    ["other keys", [...first.slice(0, 199), row(300, "x")]],
  ])("rows that are %s at the second reading", async (_, second) => {
    let readings = 0;
    const table: SqlTable = {
      ...tableOf([]),
      rows: async function* () {
        yield readings++ === 0 ? first : second;
      },
    };
    await expect(fileOf([table], 512)).rejects.toThrow("the rows of t changed");
  });

  test("a schema beyond the first page", async () => {
    const tables = Array.from({ length: 9 }, (_, index) => tableOf([], `table_${index}`));
    await expect(fileOf(tables, 512)).rejects.toThrow(RangeError);
  });
});
