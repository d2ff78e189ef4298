/** A session's files as HTTP responses. Who may have them is decided elsewhere. */

import { exportFiles, normalizeRoomCode, tableNames, type TableName } from "#protocol";
import { csvChunks, csvHeader, type SpreadsheetStyle } from "./csv.ts";
import type { ExportSource } from "./session.ts";
import { sqliteBytes } from "./sqlite.ts";

/** The one table of a CSV file, or `sqlite` for the file of all. */
export type FileKind = { table: TableName } | "sqlite";

/** The table and format of a file name; null if there is no such file. */
export function fileKind(file: string): FileKind | null {
  if (!exportFiles.includes(file)) return null;
  const table = tableNames.find((name) => file === `${name}.csv`);
  return table === undefined ? "sqlite" : { table };
}

/** Headers of a file; null unless room code and file name are of the known forms, so that neither can forge one. */
export function fileHeaders(room: string, file: string): Headers | null {
  const code = normalizeRoomCode(room);
  const kind = fileKind(file);
  if (code === null || kind === null) return null;
  return new Headers({
    "Content-Type": kind === "sqlite" ? "application/vnd.sqlite3" : "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${code}-${file}"`,
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
  });
}

/**
 * The file of these rows as a stream; null if there is no such file.
 * @param style of a CSV file for a spreadsheet; null: for programs
 */
export function fileResponse(
  room: string,
  file: string,
  source: ExportSource,
  style: SpreadsheetStyle | null = null,
): Response | null {
  const headers = fileHeaders(room, file);
  const kind = fileKind(file);
  if (headers === null || kind === null) return null;
  const body = kind === "sqlite" ? sqliteStream(source) : csvStream(kind.table, source, style);
  return new Response(body, { headers });
}

/** A table's CSV in UTF-8. */
export function csvStream(
  table: TableName,
  source: ExportSource,
  style: SpreadsheetStyle | null = null,
): ReadableStream<Uint8Array> {
  return streamOf(csvBytes(table, source, style));
}

/** The SQLite file of all tables. */
export function sqliteStream(source: ExportSource): ReadableStream<Uint8Array> {
  return streamOf(sqliteBytes(source));
}

async function* csvBytes(
  table: TableName,
  source: ExportSource,
  style: SpreadsheetStyle | null,
): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  yield encoder.encode(csvHeader(table, style));
  for await (const rows of source(table))
    for (const chunk of csvChunks(table, rows, style)) yield encoder.encode(chunk);
}

/** Made as fast as it is read. A fault breaks it; a reader that stops ends it. */
export function streamOf(
  chunks: AsyncGenerator<Uint8Array, undefined>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
