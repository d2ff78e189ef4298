import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { exportTables, tableNames, type ExportData } from "#protocol";
import { isoTime } from "./csv.ts";
import { fileResponse, sqliteStream } from "./files.ts";
import { sampleData } from "./testing/sample.ts";
import { filterForUser, sourceOf } from "./testing/whole.ts";
import type { ExportSource } from "./session.ts";

const fileOf = (source: ExportSource) => new Response(sqliteStream(source)).bytes();

/** Rows of a query on the file, once SQLite has found nothing wrong with it. */
function query(file: Uint8Array, statement: string): unknown[][] {
  const db = new DatabaseSync(":memory:");
  try {
    db.deserialize(file);
    expect(db.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    const prepared = db.prepare(statement);
    prepared.setReturnArrays(true);
    return prepared.all() as unknown as unknown[][];
  } finally {
    db.close();
  }
}

/** The rows of a table as the file should have them. */
function cellsOf(data: ExportData, table: keyof ExportData): unknown[][] {
  return data[table].map((row) =>
    Object.entries(exportTables[table]).map(([name, kind]) => {
      const value = (row as Record<string, unknown>)[name];
      if (kind === "time") return value === null ? null : isoTime(value as number);
      return kind === "bool" ? Number(value) : value;
    }),
  );
}

test("the SQLite file holds every table with the cells as typed values", async () => {
  const data = sampleData(2_500);
  const file = await fileOf(sourceOf(data));
  expect(new TextDecoder().decode(file.slice(0, 15))).toBe("SQLite format 3");
  data.pnl.sort((a, b) => a.user_id! - b.user_id!);
  for (const table of tableNames) {
    expect(query(file, `SELECT * FROM ${table} ORDER BY rowid`)).toEqual(cellsOf(data, table));
    const columns = query(file, `SELECT name FROM pragma_table_info('${table}')`);
    expect(columns.flat()).toEqual(Object.keys(exportTables[table]));
  }
  expect(query(file, "SELECT DISTINCT typeof(price) FROM trades")).toEqual([["real"]]);
  expect(query(file, "SELECT DISTINCT typeof(qty) FROM trades")).toEqual([["integer"]]);
  expect(query(file, "SELECT symbol FROM trades WHERE trade_id = 2000")).toEqual([["@RAIN"]]);
});

test("a player's file holds what the filter left", async () => {
  const own = filterForUser(sampleData(), 2);
  const response = fileResponse("ACDEFG", "session.sqlite", sourceOf(own));
  expect(response?.headers.get("content-type")).toBe("application/vnd.sqlite3");
  const file = await response!.bytes();
  expect(query(file, "SELECT DISTINCT user_id FROM orders")).toEqual([[2]]);
  expect(query(file, "SELECT count(*) FROM trades WHERE seller_id IS NULL")).toEqual([[2]]);
});

test("files that are made at once do not mix", async () => {
  const files = await Promise.all([1, 2, 3].map((count) => fileOf(sourceOf(sampleData(count)))));
  const counts = files.map((file) => query(file, "SELECT count(*) FROM trades"));
  expect(counts).toEqual([[[1]], [[2]], [[3]]]);
});

test("an empty session is an empty file of all tables", async () => {
  const file = await fileOf(
    sourceOf(Object.fromEntries(tableNames.map((name) => [name, []])) as unknown as ExportData),
  );
  const names = query(file, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  expect(names.flat()).toEqual(tableNames);
  for (const table of tableNames) expect(query(file, `SELECT * FROM ${table}`)).toEqual([]);
});

test("numbers that no cell may hold, keys out of order and rows that change break the download", async () => {
  const nan = sampleData();
  nan.pnl[0]!.pnl = Number.NaN;
  await expect(fileOf(sourceOf(nan))).rejects.toMatchObject({ cause: expect.any(RangeError) });
  const disordered = sampleData();
  disordered.events.reverse();
  await expect(fileOf(sourceOf(disordered))).rejects.toThrow("the rows of events cannot");
  const keyless = sampleData();
  keyless.orders[0]!.order_id = null;
  keyless.orders[1]!.order_id = null;
  await expect(fileOf(sourceOf(keyless))).rejects.toThrow("the rows of orders cannot");
  let readings = 0;
  const growing: ExportSource = async function* (table) {
    yield table === "trades" ? sampleData(++readings)[table] : sampleData()[table];
  };
  await expect(fileOf(growing)).rejects.toThrow("the rows of trades changed");
});

test("a source that fails in the middle breaks the download and does not end it", async () => {
  const source: ExportSource = async function* (table) {
    yield sampleData()[table];
    if (table === "events") throw new Error("D1 is away");
  };
  const failure = await fileOf(source).catch((fault: unknown) => fault);
  expect(String((failure as Error).cause)).toContain("D1 is away");
});
