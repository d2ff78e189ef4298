/** Routes of a session: its summary, debrief, log and files for who has a key, and its deletion by the host. */

import { Hono, type Context } from "hono";
import { exportFiles, tableNames, type NamesSetting, type TableName } from "#protocol";
import { csvStream, fileKind, fileResponse, streamOf } from "../../archive/files.ts";
import { classTables, sourceForClass, sourceForUser } from "../../archive/filter.ts";
import { sqliteBytes } from "../../archive/sqlite.ts";
import type { ExportSource } from "../../archive/session.ts";
import { removeSession } from "../../archive/write.ts";
import { zipBytes, type ZippedFile } from "../../archive/zip.ts";
import { serverClock } from "../../clock.ts";
import type { Env } from "../../env.ts";
import { readingOf } from "../../limits/archive-reading.ts";
import { filesInFlightOf, limitsOf } from "../../limits/server-limits.ts";
import { log } from "../../log.ts";
import { httpError, notFound, tooBusy } from "../errors.ts";
import { inFlightWaitMs, refused, styleOf, watched } from "../files.ts";
import { requestAddress } from "../request-address.ts";
import { withEnd } from "../room-source.ts";
import { reachRoom } from "../room-stub.ts";
import { openRows } from "../rows.ts";
import { findSession, stillRuns, type FoundSession } from "./lookup.ts";
import { debriefJson, encoded, openPieces, type PieceTable } from "./pieces.ts";

type SessionContext = Context<{ Bindings: Env }, "/:session/*">;

export const sessionRoutes = new Hono<{ Bindings: Env }>();

const unstored = { "Cache-Control": "private, no-store" };
const zipFile = "session.zip";

/** Finds the session of a request, and counts the request. */
async function opened(context: SessionContext): Promise<FoundSession | Response> {
  const { env, req } = context;
  const address = requestAddress(req.raw, env);
  const limits = limitsOf(env);
  const waitMs = limits.sessions.take(address, serverClock.now());
  if (waitMs > 0) return refused(waitMs);
  const found = await findSession(env, address, req.param("session"), bearerOf(context));
  if (found instanceof Response || found.viewer.role === "class") return found;
  const ownWaitMs = limits.filesOfUser.take(userOf(found), serverClock.now());
  return ownWaitMs > 0 ? refused(ownWaitMs) : found;
}

function bearerOf({ req }: SessionContext): string | null {
  return req.header("authorization")?.match(/^Bearer (.+)$/i)?.[1] ?? null;
}

/** The name under which a viewer's requests are counted. A class shares its key: its addresses are counted. */
function userOf({ summary, viewer }: FoundSession): string {
  return `${summary.room} ${viewer.user_id ?? viewer.role}`;
}

// GET /api/sessions/{session}: the summary.
sessionRoutes.get("/:session", async (context) => {
  const found = await opened(context as SessionContext);
  return found instanceof Response ? found : context.json(found.summary, 200, unstored);
});

// GET /api/sessions/{session}/debrief: where the P&L came from.
sessionRoutes.get("/:session/debrief", (context) =>
  piecesResponse(context as SessionContext, "session_debrief", "application/json"),
);

// GET /api/sessions/{session}/log: every input, as JSON Lines.
sessionRoutes.get("/:session/log", (context) =>
  piecesResponse(context as SessionContext, "session_log", "application/x-ndjson; charset=utf-8"),
);

async function piecesResponse(
  context: SessionContext,
  table: PieceTable,
  type: string,
): Promise<Response> {
  const found = await opened(context);
  if (found instanceof Response) return found;
  return inFlight(context, found, async (end) => {
    const pieces = await openPieces(context.env, found, bearerOf(context) ?? "");
    if (pieces instanceof Response) {
      await end();
      return pieces;
    }
    const texts = table === "session_debrief" ? debriefJson(found, pieces(table)) : pieces(table);
    const headers = { ...unstored, "Content-Type": type, "X-Content-Type-Options": "nosniff" };
    return withEnd(new Response(streamOf(encoded(texts)), { headers }), end);
  });
}

// GET /api/sessions/{session}/files/{file}
sessionRoutes.get("/:session/files/:file", async (context) => {
  const file = context.req.param("file");
  const found = await opened(context as unknown as SessionContext);
  if (found instanceof Response) return found;
  if (file !== zipFile && !exportFiles.includes(file)) return noSuchFile();
  const style = styleOf(context.req.query("for"), context.req.query("sep"));
  if (style === undefined)
    return httpError(
      400,
      "BAD_REQUEST",
      "`for` may be `excel`, with `sep` a comma or a semicolon.",
    );
  const { viewer, summary } = found;
  if (summary.closed_at === null && viewer.role !== "host") return stillRuns();
  if (file !== zipFile && !mayHave(found, file))
    return httpError(
      403,
      "FORBIDDEN",
      "This file needs the host's token, or your own resume token.",
    );
  const session = context as unknown as SessionContext;
  return inFlight(session, found, async (end, note) => {
    const { session_id: sessionId, room, names } = summary;
    const isHost = viewer.role === "host";
    const rows = await openRows(context.env, { sessionId, room }, isHost, note);
    if (rows instanceof Response) {
      await end();
      return rows;
    }
    const endAll = async () => {
      await rows.close();
      await end();
    };
    const source = cutFor(found, watched(rows.source, note), names);
    if (file !== zipFile)
      return withEnd(fileResponse(room, file, source, style) ?? notFound(), endAll);
    const bytes = zipBytes(zipped(session, found, source), summary.closed_at ?? summary.created_at);
    const headers = {
      ...unstored,
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${room}-${zipFile}"`,
      "X-Content-Type-Options": "nosniff",
    };
    return withEnd(new Response(streamOf(bytes), { headers }), endAll);
  });
});

// DELETE /api/sessions/{session}: for good, with everything of it.
sessionRoutes.delete("/:session", async (context) => {
  const found = await opened(context as unknown as SessionContext);
  if (found instanceof Response) return found;
  const { summary, viewer } = found;
  if (viewer.role !== "host")
    return httpError(403, "FORBIDDEN", "Only the host can delete the session.");
  if (summary.closed_at === null)
    return httpError(409, "BAD_REQUEST", "The session still runs: close it first.");
  const { env, req } = context;
  const id = summary.session_id;
  const answer = await reachRoom(
    env,
    requestAddress(req.raw, env),
    summary.room,
    `/session/${id}`,
    {
      method: "DELETE",
      headers: { authorization: req.header("authorization") ?? "" },
    },
  );
  if (!answer.ok && answer.status !== 404) return answer;
  try {
    await removeSession(env.DB, id, readingOf(env));
  } catch (fault) {
    log("error", "archive.remove_failed", { room: summary.room, fault });
    return tooBusy("The session was not deleted whole: try again.", 10);
  }
  return context.body(null, 204);
});

/** Answers as one of the few that a user may have under way. */
async function inFlight(
  { env }: SessionContext,
  found: FoundSession,
  answer: (end: () => Promise<void>, note: () => void) => Promise<Response>,
): Promise<Response> {
  const isOfMany = found.viewer.role !== "trader";
  const most = filesInFlightOf[isOfMany ? "host" : "player"];
  const running = limitsOf(env).filesInFlight.begin(userOf(found), most, serverClock.now());
  // A class of two hundred opens the page at once with one key.
  if (running === null && found.viewer.role !== "class") return refused(inFlightWaitMs);
  const end = () => Promise.resolve(running?.end());
  try {
    return await answer(end, () => running?.renew(serverClock.now()));
  } catch (fault) {
    await end();
    throw fault;
  }
}

function mayHave({ viewer }: FoundSession, file: string): boolean {
  if (viewer.role !== "class") return true;
  const kind = fileKind(file);
  return kind !== null && kind !== "sqlite" && classTables.has(kind.table);
}

function cutFor({ viewer }: FoundSession, source: ExportSource, names: NamesSetting): ExportSource {
  if (viewer.role === "host") return source;
  return viewer.user_id === null
    ? sourceForClass(source, names)
    : sourceForUser(source, viewer.user_id);
}

/** All files that the viewer may have, one after the other. */
async function* zipped(
  context: SessionContext,
  found: FoundSession,
  source: ExportSource,
): AsyncGenerator<ZippedFile> {
  const { viewer } = found;
  const isClass = viewer.role === "class";
  const tables: TableName[] = isClass
    ? tableNames.filter((table) => classTables.has(table))
    : tableNames;
  for (const table of tables)
    yield { name: `${table}.csv`, chunks: csvStream(table, source) as AsyncIterable<Uint8Array> };
  if (!isClass) yield { name: "session.sqlite", chunks: sqliteBytes(source) };
  const pieces = await openPieces(context.env, found, bearerOf(context) ?? "");
  if (pieces instanceof Response) throw new Error("the debrief is not ready");
  yield { name: "log.jsonl", chunks: encoded(pieces("session_log")) };
  yield {
    name: "debrief.json",
    chunks: encoded(debriefJson(found, pieces("session_debrief"))),
  };
}

function noSuchFile(): Response {
  const files = [...exportFiles, zipFile].join(", ");
  return httpError(404, "NOT_FOUND", `There is no such file: there are ${files}.`);
}
