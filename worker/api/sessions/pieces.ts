/** The debrief and the log of a session, piece by piece, from the archive or from the room that makes them. */

import { debriefPieces, logPieces } from "../../archive/debrief.ts";
import { isArchived } from "../../archive/read.ts";
import { serverClock } from "../../clock.ts";
import type { Env } from "../../env.ts";
import { readingOf } from "../../limits/archive-reading.ts";
import { noSuchSession, tooBusy } from "../errors.ts";
import { askRoom } from "../room-stub.ts";
import type { FoundSession } from "./lookup.ts";

export type PieceTable = "session_debrief" | "session_log";

/** Time for which a request waits for the room to make the debrief. */
const patienceMs = 90_000;

interface Piece {
  key: number;
  content: string;
}

/**
 * Opens the pieces, when they are all there.
 * @param bearer the key that has opened the session
 * @returns the pieces, or a refusal: they are not made yet, or the session was deleted
 */
export async function openPieces(
  env: Env,
  { summary, isInArchive }: FoundSession,
  bearer: string,
): Promise<((table: PieceTable) => AsyncIterable<string>) | Response> {
  const { session_id: id, room } = summary;
  if (isInArchive) return (table) => piecesOfArchive(env, id, table, null);
  const init = { headers: { authorization: `Bearer ${bearer}` } };
  const untilMs = serverClock.now() + patienceMs;
  for (let isReady = false; !isReady;) {
    const answer = await askRoom(env, room, `/session/${id}/debrief`, { ...init, method: "POST" });
    if (answer.status === 404) return noSuchSession();
    if (!answer.ok)
      throw new Error(`the room answered ${answer.status} to who waits for a debrief`);
    ({ ready: isReady } = await answer.json<{ ready: boolean }>());
    if (!isReady && serverClock.now() >= untilMs)
      return tooBusy("The debrief is not ready yet: try again.", 5);
  }
  return (table) => piecesOfRoom(env, { id, room }, table, init);
}

function piecesOfArchive(env: Env, id: string, table: PieceTable, after: number | null) {
  const readPieces = { session_log: logPieces, session_debrief: debriefPieces };
  return readPieces[table](env.DB, id, readingOf(env), after);
}

/** The room's pieces; once the archive has the session, the room lets go of them, and the rest comes from there. */
async function* piecesOfRoom(
  env: Env,
  { id, room }: { id: string; room: string },
  table: PieceTable,
  init: RequestInit,
): AsyncGenerator<string> {
  const path = `/session/${id}/pieces/${table}`;
  for (let after: number | null = null; ;) {
    const answer = await askRoom(env, room, after === null ? path : `${path}?after=${after}`, init);
    if (answer.status === 409 && (await isArchived(env.DB, id)))
      return yield* piecesOfArchive(env, id, table, after);
    if (!answer.ok) throw new Error(`the room answered ${answer.status} to a reader of ${path}`);
    const pieces: Piece[] = await answer.json();
    for (const { content } of pieces) yield content;
    const last = pieces.at(-1);
    if (last === undefined) return;
    after = last.key;
  }
}

/** The debrief as one JSON text: the room's part has no word of the viewer. */
export async function* debriefJson(
  { summary }: FoundSession,
  pieces: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield `{"session":${JSON.stringify(summary)},`;
  let isFirst = true;
  for await (const piece of pieces) {
    yield isFirst ? piece.slice(1) : piece;
    isFirst = false;
  }
}

export async function* encoded(
  texts: AsyncIterable<string>,
): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}
