import { getTableColumns } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { expect, test } from "vitest";
import { exportTables, tableNames, type ColumnKind } from "#protocol";
import journal from "../../migrations/meta/_journal.json" with { type: "json" };
import * as schema from "./schema.ts";

const { archiveTables } = schema;

const sqlTypes: Record<ColumnKind, string> = {
  int: "integer",
  number: "real",
  text: "text",
  time: "integer",
  bool: "integer",
};

/** The values of a row as drizzle reads it. */
const valueTypes: Record<ColumnKind, string> = {
  int: "number",
  number: "number",
  text: "string",
  time: "number",
  bool: "boolean",
};

test("each export table has its archive table, with the same columns in the same order", () => {
  expect(Object.keys(archiveTables)).toEqual(tableNames);
  for (const table of tableNames) {
    const columns = Object.entries(getTableColumns(archiveTables[table]));
    const expected = Object.entries<ColumnKind>(exportTables[table]);
    const read = columns.map(([key, column]) => [
      ...[key, column.name, column.getSQLType(), column.dataType],
    ]);
    expect(read).toEqual([
      ["session_id", "session_id", "text", "string"],
      ...expected.map(([name, kind]) => [name, name, sqlTypes[kind], valueTypes[kind]]),
    ]);
    expect(getTableConfig(archiveTables[table]).name).toBe(table);
  }
});

test("every key begins with the session, and only keys and booleans must be there", () => {
  for (const table of tableNames) {
    const { primaryKeys, columns } = getTableConfig(archiveTables[table]);
    const key = primaryKeys.flatMap((primary) => primary.columns.map(({ name }) => name));
    expect(key[0]).toBe("session_id");
    expect(key.length).toBeGreaterThan(1);
    const required = columns.filter((column) => column.notNull && column.dataType !== "boolean");
    expect(required.map(({ name }) => name).sort()).toEqual([...key].sort());
  }
});

test("the migrations are those of the schema; else run `npx drizzle-kit generate`", async () => {
  const last = journal.entries.at(-1)!.idx.toString().padStart(4, "0");
  const { default: snapshot } = await import(`../../migrations/meta/${last}_snapshot.json`);
  const current = await generateSQLiteDrizzleJson({ ...schema });
  expect(await generateSQLiteMigration(snapshot, current)).toEqual([]);
});
