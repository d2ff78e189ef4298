/**
 * A session as one SQLite file, by sql.js in WebAssembly. Load this module by dynamic import: who
 * never asks for the file never starts it.
 */

import initSqlJs, { type Database, type SqlValue } from "sql.js/dist/sql-wasm-browser.js";
import wasm from "sql.js/dist/sql-wasm-browser.wasm";
import {
  exportTables,
  tableNames,
  type ColumnKind,
  type ExportData,
  type TableName,
} from "#protocol";
import { isoTime } from "./csv.ts";
import { sourceOf, type ExportSource } from "./session.ts";

const sqlTypes: Record<ColumnKind, string> = {
  int: "INTEGER",
  number: "REAL",
  text: "TEXT",
  time: "TEXT",
  bool: "INTEGER",
};

const primaryKeys: Record<TableName, string[]> = {
  trades: ["trade_id"],
  orders: ["order_id"],
  positions: ["user_id", "inst"],
  pnl: ["user_id"],
  instruments: ["inst"],
  events: ["seq"],
};

/** All tables as an SQLite database: the cells of the CSV files as typed values, text as it is. */
export function renderSqlite(data: ExportData): Promise<Uint8Array<ArrayBuffer>> {
  return sqliteOf(sourceOf(data));
}

/** The same from any source; holds one page of rows and the file itself in memory. */
export async function sqliteOf(source: ExportSource): Promise<Uint8Array<ArrayBuffer>> {
  const { Database } = await startSqlJs();
  const db = new Database();
  try {
    // The file is in memory: nothing to journal, nothing to sync.
    db.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    for (const table of tableNames) await copyTable(db, source, table);
    db.run("COMMIT");
    return db.export();
  } finally {
    db.close();
  }
}

async function copyTable(db: Database, source: ExportSource, table: TableName): Promise<void> {
  const columns: [string, ColumnKind][] = Object.entries(exportTables[table]);
  const definitions = columns.map(([name, kind]) => `"${name}" ${sqlTypes[kind]}`);
  db.run(
    `CREATE TABLE ${table} (${definitions.join(", ")}, PRIMARY KEY (${primaryKeys[table].join(", ")}))`,
  );
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => "?").join(", ")})`);
  try {
    for await (const rows of source(table))
      for (const row of rows) {
        const cells = row as Record<string, string | number | boolean | null>;
        insert.run(columns.map(([name, kind]) => sqlCell(kind, cells[name] ?? null)));
      }
  } finally {
    insert.free();
  }
}

function sqlCell(kind: ColumnKind, value: string | number | boolean | null): SqlValue {
  if (value === null) return null;
  if (kind === "time") return isoTime(Number(value));
  return typeof value === "boolean" ? Number(value) : value;
}

/** sql.js keeps its one instance for itself after the first call. */
function startSqlJs() {
  // It takes every worker for a browser's and at once reads `self.location.href`, which workerd lacks.
  const scope = globalThis as { location?: { href: string } };
  const missing = scope.location === undefined;
  if (missing) scope.location = { href: "" };
  try {
    return initSqlJs({
      instantiateWasm(imports, receive) {
        const instance = new WebAssembly.Instance(wasm, imports);
        receive(instance);
        return instance.exports;
      },
    });
  } finally {
    if (missing) delete scope.location;
  }
}
