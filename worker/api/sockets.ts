/**
 * The two WebSocket addresses: `/ws/{room}` straight to the room, `/ws` for clients of the original API, by way of the
 * lobby. On a server of one's own the guard in front holds the line and is the switchboard; elsewhere a relay is.
 */

import { Hono } from "hono";
import { serverClock } from "../clock.ts";
import { lobbyPath, readNote, switchboardHeader, firstNote } from "../../edge/switchboard.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { unjoined } from "../limits/unjoined.ts";
import { counted } from "../metrics.ts";
import { requestAddress } from "./request-address.ts";
import { httpError, tooMany } from "./errors.ts";
import { switchboardNote } from "./guarded.ts";
import { Lobby, type LobbyOptions } from "./lobby.ts";
import { publicOrigin } from "./origin.ts";
import { Relay } from "./relay.ts";
import { reachRoom } from "./room-stub.ts";

export const socketRoutes = new Hono<{ Bindings: Env }>();

/** Time after which a place among the sockets that have not joined is free again, at the latest. */
const retryUnjoinedMs = 2_000;

// Both addresses take sockets only, and not too many from one client. A line that a switchboard moves was counted before.
socketRoutes.use("/ws/*", async ({ req, env }, next) => {
  if (req.header("upgrade")?.toLowerCase() !== "websocket")
    return httpError(426, "BAD_REQUEST", "This address takes WebSockets only.");
  if (readNote(switchboardNote(req.raw, env) ?? firstNote) !== null) return next();
  const address = requestAddress(req.raw, env);
  const now = serverClock.now();
  const { connects, unjoined: most } = limitsOf(env);
  if (unjoined.isFull(address, most, now)) {
    counted.limited.add("unjoined");
    return tooMany(retryUnjoinedMs);
  }
  const waitMs = connects.take(address, now);
  if (waitMs === 0) return next();
  counted.limited.add("connects");
  return tooMany(waitMs);
});

// GET /ws/{room}: the room's object answers the upgrade itself, so that its sockets can hibernate.
socketRoutes.get("/ws/:room", async (context) => {
  const { env, req } = context;
  const options = optionsOf(req.raw, env);
  return openRoom(options, req.param("room"), switchboardNote(req.raw, env));
});

// GET /ws: the first message makes or names the room.
socketRoutes.get("/ws", (context) => {
  const { env, req } = context;
  const options = optionsOf(req.raw, env);
  const { 0: client, 1: server } = new WebSocketPair();
  const note = switchboardNote(req.raw, env);
  if (note !== null) new Lobby(server, { ...options, note: readNote(note) });
  else
    new Relay(server, async (path, lineNote) => {
      if (path !== lobbyPath) {
        const answer = await openRoom(options, path.slice(lobbyPath.length + 1), lineNote);
        return answer.webSocket ?? null;
      }
      const { 0: near, 1: far } = new WebSocketPair();
      new Lobby(far, { ...options, note: readNote(lineNote) });
      return near;
    });
  return new Response(null, { status: 101, webSocket: client });
});

function optionsOf(request: Request, env: Env): Omit<LobbyOptions, "note"> {
  return {
    env,
    origin: publicOrigin(request, env),
    address: requestAddress(request, env),
  };
}

function openRoom(
  { env, origin, address }: Omit<LobbyOptions, "note">,
  room: string,
  note: string | null,
): Promise<Response> {
  return reachRoom(env, address, room, "/ws", {
    headers: {
      upgrade: "websocket",
      "x-origin": origin,
      "x-client": address,
      ...(note === null ? {} : { [switchboardHeader]: note }),
    },
  });
}
