/** A session's files: from the archive once it is there, from the room until then. */

import { Hono } from "hono";
import { exportFiles, normalizeRoomCode } from "#protocol";
import { fileResponse } from "../archive/files.ts";
import { sourceForUser } from "../archive/filter.ts";
import { isArchived, sourceOfArchive } from "../archive/read.ts";
import type { ExportSource } from "../archive/session.ts";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import type { Viewer } from "../room/secrets.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { counted } from "../metrics.ts";
import { clientAddress } from "./client-address.ts";
import { httpError, noSuchRoom, notFound, tooMany } from "./errors.ts";
import { openRoomSource, withEnd } from "./room-source.ts";
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
  const address = clientAddress(context.req.raw, context.env);
  const waitMs = limitsOf(context.env).files.take(address, serverClock.now());
  if (waitMs > 0) {
    counted.limited.add("files");
    return tooMany(waitMs);
  }
  const ticket = context.req.query("ticket");
  const query = ticket === undefined ? "" : `?ticket=${encodeURIComponent(ticket)}`;
  const authorization = context.req.header("authorization");
  const asked = await reachRoom(context.env, address, room, `/viewer/${file}${query}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  if (asked.status === 401)
    return httpError(
      401,
      "BAD_TOKEN",
      "Send the host's or your resume token as a bearer token, or a fresh ticket.",
    );
  if (!asked.ok) return asked;
  const { viewer, sessionId } = await asked.json<{ viewer: Viewer; sessionId: string }>();
  const user = viewer.role === "exchange" ? "host" : viewer.userId;
  const ownWaitMs = limitsOf(context.env).filesOfUser.take(`${room} ${user}`, serverClock.now());
  if (ownWaitMs > 0) {
    counted.limited.add("files");
    return tooMany(ownWaitMs);
  }
  const answer = (all: ExportSource) =>
    fileResponse(room, file, viewer.role === "exchange" ? all : sourceForUser(all, viewer.userId));
  const { DB } = context.env;
  if (await isArchived(DB, sessionId)) return answer(sourceOfArchive(DB, sessionId)) ?? notFound();
  const rows = await openRoomSource(context.env, room);
  if (rows instanceof Response) return rows;
  try {
    const response = answer(rows.source) ?? notFound();
    return withEnd(response, rows.close);
  } catch (fault) {
    await rows.close();
    throw fault;
  }
});
