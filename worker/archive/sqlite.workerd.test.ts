import initSqlJs from "sql.js/dist/sql-wasm-browser.js";
import { expect, test } from "vitest";
import { exportTables, tableNames } from "#protocol";
import { isoTime } from "./csv.ts";
import { fileResponse } from "./files.ts";
import { filterForUser } from "./filter.ts";
import { sampleData } from "./sample.ts";
import { sourceOf } from "./session.ts";
import { renderSqlite } from "./sqlite.ts";

/** What a query on the file gives, opened anew. sql.js has started by then and ignores the settings. */
async function query(file: Uint8Array, statement: string): Promise<unknown[][]> {
  const { Database } = await initSqlJs({ instantiateWasm: () => ({}) });
  const db = new Database(file);
  try {
    return db.exec(statement)[0]?.values ?? [];
  } finally {
    db.close();
  }
}

test("the SQLite file holds every table with the cells as typed values", async () => {
  const data = sampleData(2_500);
  const file = await renderSqlite(data);
  expect(new TextDecoder().decode(file.slice(0, 15))).toBe("SQLite format 3");
  expect(await query(file, "PRAGMA integrity_check")).toEqual([["ok"]]);
  for (const table of tableNames) {
    const kinds = Object.entries(exportTables[table]);
    const rows = await query(file, `SELECT * FROM ${table} ORDER BY rowid`);
    const expected = data[table].map((row) =>
      kinds.map(([name, kind]) => {
        const value = (row as Record<string, unknown>)[name];
        if (kind === "time") return isoTime(value as number);
        return kind === "bool" ? Number(value) : value;
      }),
    );
    const byText = (list: unknown[][]) => list.map((row) => JSON.stringify(row)).sort();
    expect(byText(rows)).toEqual(byText(expected));
    const columns = await query(file, `SELECT name, type FROM pragma_table_info('${table}')`);
    expect(columns.map(([name]) => name)).toEqual(Object.keys(exportTables[table]));
  }
  expect(await query(file, "SELECT DISTINCT typeof(price) FROM trades")).toEqual([["real"]]);
  expect(await query(file, "SELECT DISTINCT typeof(qty) FROM trades")).toEqual([["integer"]]);
});

test("a player's file holds what the filter left", async () => {
  const own = filterForUser(sampleData(), 2);
  const response = await fileResponse("ACDEFG", "session.sqlite", sourceOf(own));
  const file = new Uint8Array(await response!.arrayBuffer());
  expect(await query(file, "SELECT DISTINCT user_id FROM orders")).toEqual([[2]]);
  expect(await query(file, "SELECT count(*) FROM trades WHERE seller_id IS NULL")).toEqual([[2]]);
});

test("files one after the other and at once do not mix", async () => {
  const files = await Promise.all([1, 2, 3].map((count) => renderSqlite(sampleData(count))));
  const counts = await Promise.all(files.map((file) => query(file, "SELECT count(*) FROM trades")));
  expect(counts).toEqual([[[1]], [[2]], [[3]]]);
});

test("an empty session is an empty file of all tables", async () => {
  const file = await renderSqlite({
    ...{ trades: [], orders: [], positions: [] },
    ...{ pnl: [], instruments: [], events: [] },
  });
  const names = await query(file, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  expect(names.flat().sort()).toEqual([...tableNames].sort());
});
