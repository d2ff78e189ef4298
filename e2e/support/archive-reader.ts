/** The archive of a server on this machine, read from its file. */

import { globSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import path from "node:path";
import { tableNames } from "#protocol";

/** Waits while the server writes. */
const open = { readOnly: true, timeout: 10_000 };

/** Number of rows of each table, over all sessions. */
export function countsInArchive(dataDir: string): Record<string, number> {
  return rowsIn(dataDir, [...tableNames, "sessions"]);
}

/** Number of whole sessions: quickly, where to count all rows would hold up a measurement. */
export function sessionsInArchive(dataDir: string): number {
  return rowsIn(dataDir, ["sessions"])["sessions"] ?? 0;
}

/** Time of the statement that counts a session's rows, of the fastest of five, ms. */
export function countingMs(dataDir: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    countsInArchive(dataDir);
    return performance.now() - start;
  });
  return Math.min(...times);
}

function rowsIn(dataDir: string, tables: readonly string[]): Record<string, number> {
  for (const name of globSync("d1/**/*.sqlite", { cwd: dataDir })) {
    const db = new DatabaseSync(path.join(dataDir, name), open);
    try {
      if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").get() === undefined)
        continue;
      return Object.fromEntries(
        tables.map((table) => [
          table,
          Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]),
        ]),
      );
    } finally {
      db.close();
    }
  }
  throw new Error("there is no archive");
}

/** Number of archived trades of each session of a room. */
export function tradesInArchive(dataDir: string, room: string): number[] {
  return globSync("d1/**/*.sqlite", { cwd: dataDir }).flatMap((name) => {
    const db = new DatabaseSync(path.join(dataDir, name), open);
    try {
      return db
        .prepare(
          "SELECT (SELECT COUNT(*) FROM trades t WHERE t.session_id = s.session_id) AS n FROM sessions s WHERE room = ?",
        )
        .all(room)
        .map((row) => Number(row["n"]));
    } catch {
      // Has no sessions: another database, or one that is being written.
      return [];
    } finally {
      db.close();
    }
  });
}
