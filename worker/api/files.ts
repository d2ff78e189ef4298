/** A session's files: from the archive once it is there, from the room until then. */

import { Hono } from "hono";
import { exportFiles, normalizeRoomCode } from "#protocol";
import type { SpreadsheetStyle } from "../archive/csv.ts";
import { fileResponse } from "../archive/files.ts";
import { sourceForUser } from "../archive/filter.ts";
import type { ExportSource } from "../archive/session.ts";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import type { Viewer } from "../room/secrets.ts";
import { filesInFlightOf, limitsOf } from "../limits/server-limits.ts";
import { counted } from "../metrics.ts";
import { requestAddress } from "./request-address.ts";
import { httpError, noSuchRoom, notFound, tooMany } from "./errors.ts";
import { openRows } from "./rows.ts";
import { withEnd } from "./room-source.ts";
import { reachRoom } from "./room-stub.ts";

export const exportRoutes = new Hono<{ Bindings: Env }>();

// GET /api/rooms/{room}/files/{file}: Authorization: Bearer <host or resume token>, or ?ticket=
exportRoutes.get("/:room/files/:file", async (context) => {
  const room = normalizeRoomCode(context.req.param("room"));
  const file = context.req.param("file");
  if (room === null) return noSuchRoom();
  if (!exportFiles.includes(file))
    return httpError(
      404,
      "NOT_FOUND",
      `There is no such file: there are ${exportFiles.join(", ")}.`,
    );
  const style = styleOf(context.req.query("for"), context.req.query("sep"));
  if (style === undefined)
    return httpError(
      400,
      "BAD_REQUEST",
      "`for` may be `excel`, with `sep` a comma or a semicolon: leave both out for plain CSV.",
    );
  const address = requestAddress(context.req.raw, context.env);
  const limits = limitsOf(context.env);
  const addressWaitMs = limits.files.take(address, serverClock.now());
  const ticket = context.req.query("ticket");
  const query = ticket === undefined ? "" : `?ticket=${encodeURIComponent(ticket)}`;
  const authorization = context.req.header("authorization");
  const asked = await reachRoom(context.env, address, room, `/viewer/${file}${query}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const known = asked.ok ? await asked.json<{ viewer: Viewer; sessionId: string }>() : null;
  const isHost = known?.viewer.role === "exchange";
  // Requests of others behind the same address do not hold up the host.
  if (addressWaitMs > 0 && !isHost) return refused(addressWaitMs);
  if (asked.status === 401)
    return httpError(
      401,
      "BAD_TOKEN",
      "Send the host's or your resume token as a bearer token, or a fresh ticket.",
    );
  if (known === null) return asked;
  const { viewer, sessionId } = known;
  const user = `${room} ${viewer.role === "exchange" ? "host" : viewer.userId}`;
  const ownWaitMs = limits.filesOfUser.take(user, serverClock.now());
  if (ownWaitMs > 0) return refused(ownWaitMs);
  const most = filesInFlightOf[isHost ? "host" : "player"];
  const running = limits.filesInFlight.begin(user, most, serverClock.now());
  if (running === null) return refused(inFlightWaitMs);
  const note = () => running.renew(serverClock.now());
  let close = async () => {};
  const end = async () => {
    running.end();
    await close();
  };
  try {
    const opened = await openRows(context.env, { sessionId, room }, isHost, note);
    if (opened instanceof Response) {
      running.end();
      return opened;
    }
    ({ close } = opened);
    const all = watched(opened.source, note);
    const cut = viewer.role === "exchange" ? all : sourceForUser(all, viewer.userId);
    return withEnd(fileResponse(room, file, cut, style) ?? notFound(), end);
  } catch (fault) {
    await end();
    throw fault;
  }
});

/** The style that a query asks for; null: the plain one; undefined: one that there is not. */
export function styleOf(
  purpose: string | undefined,
  separator: string | undefined,
): SpreadsheetStyle | null | undefined {
  if (purpose === undefined) return separator === undefined ? null : undefined;
  if (purpose !== "excel") return undefined;
  return separator === undefined || separator === "," || separator === ";"
    ? { separator: separator ?? "," }
    : undefined;
}

/** Time after which to ask again for a file, if the user is reading too many. */
export const inFlightWaitMs = 5_000;

export function refused(waitMs: number): Response {
  counted.limited.add("files");
  return tooMany(waitMs);
}

/** Passes rows on, and calls back with each page. */
export function watched(source: ExportSource, note: () => void): ExportSource {
  return async function* (table) {
    for await (const rows of source(table)) {
      note();
      yield rows;
    }
  };
}
