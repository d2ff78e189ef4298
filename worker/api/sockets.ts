/** The two WebSocket addresses: `/ws/{room}` straight to the room, `/ws` for clients of the original API. */

import { Hono } from "hono";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { counted } from "../metrics.ts";
import { clientAddress } from "./client-address.ts";
import { httpError, tooMany } from "./errors.ts";
import { publicOrigin } from "./origin.ts";
import { LegacyRelay } from "./relay.ts";
import { reachRoom } from "./room-stub.ts";

export const socketRoutes = new Hono<{ Bindings: Env }>();

// Both: sockets only, and not too many from one address.
socketRoutes.use("/ws/*", async ({ req, env }, next) => {
  if (req.header("upgrade")?.toLowerCase() !== "websocket")
    return httpError(426, "BAD_REQUEST", "This address takes WebSockets only.");
  const waitMs = limitsOf(env).connects.take(clientAddress(req.raw, env), serverClock.now());
  if (waitMs === 0) return next();
  counted.limited.add("connects");
  return tooMany(waitMs);
});

// GET /ws/{room}: the room's object answers the upgrade itself, so that its sockets can hibernate.
socketRoutes.get("/ws/:room", async (context) => {
  const { env, req } = context;
  const address = clientAddress(req.raw, env);
  return reachRoom(env, address, req.param("room"), "/ws", {
    headers: {
      upgrade: "websocket",
      "x-origin": publicOrigin(req.raw, env),
      "x-client": address,
    },
  });
});

// GET /ws: the first message makes or names the room.
socketRoutes.get("/ws", (context) => {
  const { env, req } = context;
  const { 0: client, 1: server } = new WebSocketPair();
  new LegacyRelay(server, env, publicOrigin(req.raw, env), clientAddress(req.raw, env));
  return new Response(null, { status: 101, webSocket: client });
});
