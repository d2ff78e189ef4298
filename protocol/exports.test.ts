import { expect, test } from "vitest";
import { exportTables, personColumns } from "./exports.ts";

/** Columns of text that name nobody. */
const nobodys = new Set([
  ...["symbol", "reference", "type", "side", "tif", "status", "aggressor", "description"],
  ...["op", "detail", "error", "cid", "bot", "format", "params", "seed", "commit", "state"],
  ...["card", "label", "place"],
]);

test.each(Object.entries(exportTables))(
  "in %s each column of text is known to name a person or nobody, and a name has its id beside it",
  (_, columns) => {
    for (const [column, kind] of Object.entries(columns))
      if (kind === "text" && !nobodys.has(column)) {
        const id = personColumns[column];
        expect(id, `${column} names a person: add it to personColumns`).toBeDefined();
        expect(columns).toHaveProperty(id ?? "", "int");
      }
  },
);
