/** Reads a session that is not in the archive yet: asks its room for the rows page by page, when the reader's turn comes. */

import { exportTables, type ColumnKind, type ExportRow, type TableName } from "#protocol";
import type { ExportSource } from "../archive/session.ts";
import type { Env } from "../env.ts";
import { noSuchSession, tooBusy } from "./errors.ts";
import { askRoom } from "./room-stub.ts";

export interface RoomSource {
  /** Gives the same rows each time it is called. */
  source: ExportSource;
  /** Gives the turn to the next reader. Must be called once, also after a failure. */
  close(): Promise<void>;
}

/** The room's answer to a reader who asks for a page. */
interface Page {
  rows: (string | number | null)[][];
  after: unknown;
}

/**
 * @param isHost the host is let in however many others read
 * @param note is called again and again while the room is waited for
 * @returns the rows, or a refusal: too many wait already, or the session was deleted
 */
export async function openRoomSource(
  env: Env,
  room: string,
  isHost: boolean,
  note: () => void = () => {},
): Promise<RoomSource | Response> {
  const reader = `/record/${crypto.randomUUID()}`;
  let isReady = false;
  let isClosed = false;
  const ask = async (): Promise<Response | null> => {
    note();
    const path = isHost ? `${reader}?host=1` : reader;
    const answer = await askRoom(env, room, path, { method: "POST" });
    if (answer.status === 404) return noSuchSession();
    if (answer.status === 429)
      return tooBusy("Too many files of this room are asked for: try again.", 10);
    if (!answer.ok) throw new Error(`the room answered ${answer.status} to a reader`);
    isReady = (await answer.json<{ ready: boolean }>()).ready;
    return null;
  };
  const refusal = await ask();
  if (refusal !== null) return refusal;
  // Bringing a long session's tables up to date takes many turns, whether or not the client reads meanwhile.
  const turns = (async () => {
    while (!isReady && !isClosed)
      if ((await ask()) !== null) throw new Error("the reader has lost its place");
  })();
  turns.catch(() => {});
  return {
    source: async function* (table) {
      await turns;
      yield* pagesOf(env, room, reader, table);
    },
    close: async () => {
      isClosed = true;
      // If this does not reach the room, it ends the silent reader by itself.
      await askRoom(env, room, reader, { method: "DELETE" }).catch(() => {});
    },
  };
}

async function* pagesOf<T extends TableName>(
  env: Env,
  room: string,
  reader: string,
  table: T,
): AsyncGenerator<ExportRow<T>[]> {
  for (let after: unknown = null; ;) {
    const query = after === null ? "" : `?after=${encodeURIComponent(JSON.stringify(after))}`;
    const answer = await askRoom(env, room, `${reader}/${table}${query}`);
    if (!answer.ok) throw new Error(`the room answered ${answer.status} to a reader of ${table}`);
    const page = await answer.json<Page>();
    if (page.rows.length > 0) yield rowsOf(table, page.rows);
    if (page.after === null) return;
    after = page.after;
  }
}

/** Cells by the names of their columns. */
function rowsOf<T extends TableName>(table: T, rows: Page["rows"]): ExportRow<T>[] {
  const columns: [string, ColumnKind][] = Object.entries(exportTables[table]);
  return rows.map((cells) => {
    const row: Record<string, unknown> = {};
    for (const [index, [name, kind]] of columns.entries()) {
      const cell = cells[index] ?? null;
      row[name] = kind === "bool" ? cell === 1 : cell;
    }
    return row as ExportRow<T>;
  });
}

/** Time after which a file that nobody reads is cut off. */
const unreadMs = 20_000;

/**
 * Makes the same answer, cut off if nobody reads it.
 * @param end is called when the body has been read, or is not wanted any more
 */
export function withEnd(response: Response, end: () => Promise<void>): Response {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let unread: ReturnType<typeof setTimeout> | null = null;
  const cut = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const reason = new Error("The file was not read.");
    controller.error(reason);
    await reader.cancel(reason).catch(() => {});
    await end();
  };
  const wait = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    clearTimeout(unread);
    unread = setTimeout(() => void cut(controller), unreadMs);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: wait,
      async pull(controller) {
        clearTimeout(unread);
        try {
          const { done, value } = await reader.read();
          if (!done) {
            // Set before the chunk is there: the platform may ask for the next one while it is handed over.
            wait(controller);
            return controller.enqueue(value);
          }
          await end();
          controller.close();
        } catch (fault) {
          await end();
          throw fault;
        }
      },
      async cancel(reason) {
        clearTimeout(unread);
        await reader.cancel(reason);
        await end();
      },
    },
    // Called for the next chunk only after the last one was taken.
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
