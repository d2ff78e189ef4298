/** Bytes of any length in a table of parts: a value of SQLite may have 2 MB at most. Does not know their meaning. */

const partBytes = 1_000_000;

/** Stores the bytes in place of the table's content. @param table with `part` and `bytes` */
export function storeParts(sql: SqlStorage, table: string, bytes: Uint8Array): void {
  sql.exec(`DELETE FROM ${table}`);
  for (let at = 0; at < bytes.length; at += partBytes)
    sql.exec(`INSERT INTO ${table} VALUES (?, ?)`, at / partBytes, bytes.slice(at, at + partBytes));
}

/** Reads the table's content; null: it is empty. */
export function storedParts(sql: SqlStorage, table: string): Uint8Array | null {
  const parts = sql
    .exec<{ bytes: ArrayBuffer }>(`SELECT bytes FROM ${table} ORDER BY part`)
    .toArray()
    .map(({ bytes }) => new Uint8Array(bytes));
  if (parts.length === 0) return null;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
