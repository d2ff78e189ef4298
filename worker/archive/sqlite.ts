/** A session as one SQLite file: the export's tables with typed columns. Knows no pages. */

import {
  exportKeys,
  exportTables,
  tableNames,
  type ColumnKind,
  type ExportRow,
  type TableName,
} from "#protocol";
import { isoTime } from "./csv.ts";
import type { ExportSource } from "./session.ts";
import { sqliteFile, type SqlTable } from "./sqlite-file/file.ts";
import type { SqlRow, SqlRows } from "./sqlite-file/leaves.ts";
import type { SqlCell } from "./sqlite-file/record.ts";

const sqlTypes: Record<ColumnKind, string> = {
  int: "INTEGER",
  number: "REAL",
  text: "TEXT",
  time: "TEXT",
  bool: "INTEGER",
};

/** The column that is the table's rowid, so that it needs no index; null where the key is not one column. */
function rowidColumn(table: TableName): string | null {
  const [column = null, ...more] = exportKeys[table];
  return more.length === 0 ? column : null;
}

/** The file of all tables, made as fast as it is read. Each table of the source is read twice. */
export function sqliteBytes(source: ExportSource): AsyncGenerator<Uint8Array, undefined> {
  return sqliteFile(tableNames.map((table) => sqlTable(source, table)));
}

function sqlTable<T extends TableName>(source: ExportSource, name: T): SqlTable {
  const columns: [string, ColumnKind][] = Object.entries(exportTables[name]);
  const key = rowidColumn(name);
  const definitions = columns.map(([column, kind]) => `"${column}" ${sqlTypes[kind]}`);
  if (key !== null) definitions.push(`PRIMARY KEY ("${key}")`);
  const ordered: () => AsyncIterable<ExportRow<T>[]> =
    name === "pnl" && key !== null ? () => sorted(source(name), key) : () => source(name);
  return {
    name,
    sql: `CREATE TABLE ${name} (${definitions.join(", ")})`,
    rows: () => sqlRows(ordered(), columns, key),
  };
}

/** The rows of `pnl` come by rank. A room's people fit into memory. */
async function* sorted<Row extends object>(
  pages: AsyncIterable<Row[]>,
  key: string,
): AsyncGenerator<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) for (const row of page) rows.push(row);
  yield rows.sort((a, b) => Number(cellOf(a, key)) - Number(cellOf(b, key)));
}

async function* sqlRows(
  pages: AsyncIterable<object[]>,
  columns: [string, ColumnKind][],
  key: string | null,
): SqlRows {
  let count = 0;
  // One at a time: a page can be all rows that a room has in memory.
  function* each(page: object[]): Generator<SqlRow> {
    for (const row of page)
      yield {
        rowid: key === null ? ++count : Number(cellOf(row, key)),
        cells: columns.map(([name, kind]) =>
          name === key ? null : sqlCell(kind, cellOf(row, name)),
        ),
      };
  }
  for await (const page of pages) yield each(page);
}

type Cell = string | number | boolean | null;

function cellOf(row: object, column: string): Cell {
  return (row as Record<string, Cell>)[column] ?? null;
}

function sqlCell(kind: ColumnKind, value: Cell): SqlCell {
  if (value === null) return null;
  if (kind === "time") return isoTime(Number(value));
  return typeof value === "boolean" ? Number(value) : value;
}
