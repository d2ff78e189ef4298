/** HTTP routes of the room object. Only the Worker calls them, after it has checked origin and room code. */

import { error, json, Router, type IRequest, type RouterType } from "itty-router";
import type { CreateInput } from "#game/journal/entry.ts";
import type { Room } from "#game/room.ts";
import { seated } from "#game/people/entering.ts";
import { readNote, switchboardHeader } from "../../edge/switchboard.ts";
import { limits, type ChosenFormat, type RoomSummary } from "#protocol";
import { log } from "../log.ts";
import { recordTables } from "./record/statements.ts";
import type { Cells } from "./record/pages.ts";
import { addDebriefRoutes } from "./debrief/routes.ts";
import type { RoomService } from "./room-service.ts";

export function objectRoutes(service: RoomService) {
  const router = Router<IRequest>({ finally: [(response?: Response) => response ?? error(404)] });
  addRoomRoutes(router, service);
  addDebriefRoutes(router, service, bearerOf);
  return router;
}

function addRoomRoutes(router: RouterType<IRequest>, service: RoomService): void {
  const isHost = async (headers: Headers) => {
    const viewer = await service.viewer("", { bearer: bearerOf(headers), ticket: null });
    return viewer?.role === "exchange";
  };
  void router
    // Makes the room: 201, or 409 if the code is taken.
    .post("/create", async (request) => {
      const made = service.create((await request.json()) as CreateInput);
      return made ? new Response(null, { status: 201 }) : error(409);
    })
    // Disconnects everybody: the server is about to stop.
    .post("/drain", async () => {
      await service.drain();
      return new Response(null, { status: 204 });
    })
    // Answers 404 where there is no room: all routes below need one.
    .all("*", () => (service.room() === null && !service.isUntrusted ? error(404) : undefined))
    // Ends the object: the machine's clock was set back.
    .post("/renew", () => service.renew())
    // Opens a socket, also to a room that cannot be trusted: it says so.
    .get("/ws", ({ headers }) =>
      service.upgrade(
        headers.get("x-origin") ?? "",
        headers.get("x-client") ?? "",
        readNote(headers.get(switchboardHeader) ?? ""),
      ),
    )
    // Says whether a socket would be taken.
    .get("/vacancy", () => new Response(null, { status: service.isFull ? 429 : 204 }))
    .all("*", () => (service.isUntrusted ? error(503) : undefined))
    // Gives the public summary.
    .get("/summary", () => {
      const room = service.room();
      return room === null ? error(404) : json(summary(room, service.now()));
    })
    // Gives the viewer of a token or ticket, for one file.
    .get("/viewer/:file", async ({ params, query, headers }) => {
      const bearer = bearerOf(headers);
      const ticket = typeof query["ticket"] === "string" ? query["ticket"] : null;
      const viewer = await service.viewer(params["file"] ?? "", { bearer, ticket });
      return viewer === null
        ? error(401)
        : json({ viewer, sessionId: service.room()?.state.sessionId });
    })
    // Gives the room's numbers to its host.
    .get("/stats", async ({ headers }) =>
      (await isHost(headers)) ? json(service.stats()) : error(401),
    )
    // Keeps a set-up of the host, which the Worker has checked.
    .post("/setup", async (request) => {
      if (!(await isHost(request.headers))) return error(401);
      return json(await service.setups.put((await request.json()) as ChosenFormat));
    })
    // Gives the host the set-up that came last.
    .get("/setup", async ({ headers }) =>
      (await isHost(headers)) ? json(service.setups.last) : error(401),
    )
    // Lets a reader of the session's tables come, or ask whether it may read now. 404: there is no room, or no more.
    .post("/record/:reader", async ({ params, query }) => {
      if (service.room() === null) return error(404);
      service.wanted();
      try {
        const ready = await service.record.open(params["reader"] ?? "", query["host"] === "1");
        return ready === null ? error(429) : json({ ready });
      } catch (fault) {
        log("error", "record.failed", { room: service.room()?.state.room, fault });
        return error(500);
      }
    })
    // Gives the next rows of a table, whole: the Worker cuts them down to the viewer. 409: the reader has no view.
    .get("/record/:reader/:table", async ({ params, query }) => {
      const table = recordTables.find((name) => name === params["table"]);
      if (table === undefined) return error(404);
      const after =
        typeof query["after"] === "string" ? (JSON.parse(query["after"]) as Cells) : null;
      const page = await service.record.page(params["reader"] ?? "", table, after);
      return page === null ? error(409) : json(page);
    })
    // Lets a reader go that is done.
    .delete("/record/:reader", ({ params }) => {
      service.record.close(params["reader"] ?? "");
      return new Response(null, { status: 204 });
    });
}

function bearerOf(headers: Headers): string | null {
  return headers.get("authorization")?.match(/^Bearer (.+)$/i)?.[1] ?? null;
}

function summary({ state }: Room, now: number): RoomSummary {
  return {
    room: state.room,
    name: state.name,
    state: state.session,
    passcode_required: state.passcodeHash !== null,
    traders: seated(state, "trader", now),
    spectators: seated(state, "spectator", now),
    max_traders: limits.traders,
    instruments: state.instruments.length,
    trades: state.trades,
    created_at: state.createdAt,
    session_id: state.sessionId,
  };
}
