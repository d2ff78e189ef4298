/** Brings journals of earlier formats to the present one when the room wakes, in steps. It may be cut off after each. */

import type { Message } from "#protocol";
import type { JournalEntry, JournalInput } from "#game/journal/entry.ts";

/** Format 1 (0.1.0): a row for each entry, input and reply as JSON. */
type Row1 = {
  n: number;
  seq: number;
  ts: number;
  user_id: number;
  body: string;
  reply: string;
  accepted: number;
};

const batchEntries = 64;

/**
 * Begins, or goes on where it was cut off.
 * @param createTables makes the present format's tables
 * @param write puts entries into them
 */
export function* upgradeFrom1(
  sql: SqlStorage,
  createTables: () => void,
  write: (entries: JournalEntry[]) => void,
): Generator<void, void> {
  const begun = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'journal_1'").toArray();
  if (begun.length === 0) {
    sql.exec("ALTER TABLE journal RENAME TO journal_1");
    createTables();
  }
  for (;;) {
    const rows = sql
      .exec<Row1>(
        `SELECT n, seq, ts, user_id, body, reply, accepted FROM journal_1 ORDER BY n LIMIT ?`,
        batchEntries,
      )
      .toArray();
    const last = rows.at(-1);
    if (last === undefined) break;
    write(rows.map(entryOf));
    sql.exec("DELETE FROM journal_1 WHERE n <= ?", last.n);
    yield;
  }
  sql.exec("DROP TABLE journal_1");
}

function entryOf({ n, seq, ts, user_id: userId, body, reply, accepted }: Row1): JournalEntry {
  return {
    n,
    seq,
    ts,
    userId,
    input: JSON.parse(body) as JournalInput,
    reply: reply === "" || reply === "null" ? null : (JSON.parse(reply) as Message),
    accepted: accepted === 1,
  };
}
