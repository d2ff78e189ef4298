/** Journals of earlier formats, brought to the present one in the turn in which the room wakes. */

import type { Message } from "#protocol";
import type { JournalEntry, JournalInput } from "#game/journal.ts";

/** Format 1 (0.1.0): a row an entry, input and reply as JSON. */
type Row1 = {
  n: number;
  seq: number;
  ts: number;
  user_id: number;
  body: string;
  reply: string;
  accepted: number;
};

const batchEntries = 256;

/**
 * @param createTables makes the present format's tables
 * @param write puts entries into them
 */
export function upgradeFrom1(
  sql: SqlStorage,
  createTables: () => void,
  write: (entries: JournalEntry[]) => void,
): void {
  sql.exec("ALTER TABLE journal RENAME TO journal_1");
  createTables();
  let batch: JournalEntry[] = [];
  const rows = sql.exec<Row1>(
    "SELECT n, seq, ts, user_id, body, reply, accepted FROM journal_1 ORDER BY n",
  );
  for (const row of rows.toArray()) {
    batch.push(entryOf(row));
    if (batch.length < batchEntries) continue;
    write(batch);
    batch = [];
  }
  if (batch.length > 0) write(batch);
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
