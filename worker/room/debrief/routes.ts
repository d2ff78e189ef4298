/**
 * Routes of the object for its session's debrief, before the archive has it. Only the Worker calls them, for a key: the
 * host's and a player's token, or the key of the class.
 */

import { error, json, type IRequest, type RouterType } from "itty-router";
import { serverClock } from "../../clock.ts";
import { paced, paceOfSessions } from "../../limits/heavy-work.ts";
import { log } from "../../log.ts";
import type { RoomService } from "../room-service.ts";
import type { PieceTable } from "./tables.ts";

/** Time that one request may take: the platform counts time by the request. */
const portionMs = 5_000;
/** Pieces of an answer. */
const pieces = 4;

export function addDebriefRoutes(
  router: RouterType<IRequest>,
  service: RoomService,
  bearerOf: (headers: Headers) => string | null,
): void {
  const viewerOf = (request: IRequest) =>
    service.keyHolder(request.params["session"] ?? "", bearerOf(request.headers));
  // Gives the summary, with the viewer of the key. 404: another session; 401: nobody's key; 403: the session runs.
  router.get("/session/:session", async (request) => {
    const viewer = await viewerOf(request);
    return viewer instanceof Response ? viewer : json(service.sessionSummary(viewer));
  });
  // Makes the debrief, or says that it is not there yet.
  router.post("/session/:session/debrief", async (request) => {
    const viewer = await viewerOf(request);
    if (viewer instanceof Response) return viewer;
    try {
      return json({ ready: await service.makeDebrief(serverClock.now() + portionMs) });
    } catch (fault) {
      log("error", "debrief.failed", { room: service.room()?.state.room, fault });
      return error(500);
    }
  });
  // Gives the next pieces of the debrief or the log.
  router.get("/session/:session/pieces/:table", async (request) => {
    const viewer = await viewerOf(request);
    if (viewer instanceof Response) return viewer;
    const table = request.params["table"];
    if (table !== "session_debrief" && table !== "session_log") return error(404);
    const found = await paced(paceOfSessions, () =>
      service.debriefPieces(table satisfies PieceTable, afterOf(request), pieces),
    );
    return found === null ? error(409) : json(found);
  });
  // Deletes the session for good: the room, and what the archive has of it.
  router.delete("/session/:session", async (request) => {
    const viewer = await viewerOf(request);
    if (viewer instanceof Response) return viewer;
    if (viewer.role !== "host") return error(403);
    return (await service.removeSession()) ? new Response(null, { status: 204 }) : error(409);
  });
}

function afterOf({ query }: IRequest): number | null {
  const after = query["after"];
  return typeof after === "string" && after !== "" ? Number(after) : null;
}
