/** The two WebSocket addresses: `/ws/{room}` straight to the room, `/ws` for clients of the original API. */

import { Hono } from "hono";
import { errorText, normalizeRoomCode } from "#protocol";
import type { Env } from "../env.ts";
import { httpError } from "./errors.ts";
import { publicOrigin } from "./origin.ts";
import { LegacyRelay } from "./relay.ts";
import { roomStub } from "./room-stub.ts";

export const socketRoutes = new Hono<{ Bindings: Env }>();

// GET /ws/{room}: the room's object answers the upgrade itself, so that its sockets can hibernate.
socketRoutes.get("/ws/:room", async (context) => {
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket")
    return httpError(426, "BAD_REQUEST", "This address takes WebSockets only.");
  const room = normalizeRoomCode(context.req.param("room"));
  if (room === null) return httpError(404, "NO_SUCH_ROOM", errorText.NO_SUCH_ROOM);
  const origin = publicOrigin(context.req.raw, context.env);
  const answer = await roomStub(context.env, room).fetch("https://room/ws", {
    headers: { upgrade: "websocket", "x-origin": origin },
  });
  return answer.status === 404 ? httpError(404, "NO_SUCH_ROOM", errorText.NO_SUCH_ROOM) : answer;
});

// GET /ws: the first message makes or names the room.
socketRoutes.get("/ws", (context) => {
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket")
    return httpError(426, "BAD_REQUEST", "This address takes WebSockets only.");
  const { 0: client, 1: server } = new WebSocketPair();
  new LegacyRelay(server, context.env, publicOrigin(context.req.raw, context.env));
  return new Response(null, { status: 101, webSocket: client });
});
