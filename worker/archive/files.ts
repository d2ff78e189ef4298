/** A session's files as HTTP responses. Who may have them is decided elsewhere. */

import { exportFiles, normalizeRoomCode, tableNames, type TableName } from "#protocol";
import { csvChunks, csvHeader } from "./csv.ts";
import type { ExportSource } from "./session.ts";

/** The one table of a CSV file, or `sqlite` for the file of all. */
export type FileKind = { table: TableName } | "sqlite";

/** What a file name asks for; null if there is no such file. */
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

/** The file of these rows, CSV as a stream; null if there is no such file. */
export async function fileResponse(
  room: string,
  file: string,
  source: ExportSource,
): Promise<Response | null> {
  const headers = fileHeaders(room, file);
  const kind = fileKind(file);
  if (headers === null || kind === null) return null;
  if (kind !== "sqlite") return new Response(csvStream(kind.table, source), { headers });
  const { sqliteOf } = await import("./sqlite.ts");
  return new Response(await sqliteOf(source), { headers });
}

/** A table's CSV in UTF-8, made as fast as it is read. */
export function csvStream(table: TableName, source: ExportSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks = csvOf(table, source);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* csvOf(table: TableName, source: ExportSource): AsyncGenerator<string, undefined> {
  yield csvHeader(table);
  for await (const rows of source(table)) yield* csvChunks(table, rows);
}
