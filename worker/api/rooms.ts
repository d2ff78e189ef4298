/** Routes that make a room and look one up. */

import { Hono } from "hono";
import * as v from "valibot";
import { createRoomBodySchema, fieldFault, limits, type RoomCreated } from "#protocol";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { counted } from "../metrics.ts";
import { requestAddress } from "./request-address.ts";
import { httpError, tooMany } from "./errors.ts";
import { publicOrigin } from "./origin.ts";
import { createRoomObject, reachRoom } from "./room-stub.ts";

export const roomRoutes = new Hono<{ Bindings: Env }>();

// POST /api/rooms: make a room.
roomRoutes.post("/", async (context) => {
  const text = await context.req.text();
  const body = text.length > limits.frameBytes ? notAsInDocs : readBody(text);
  if (typeof body === "string") return httpError(400, "BAD_REQUEST", body);
  const address = requestAddress(context.req.raw, context.env);
  const waitMs = limitsOf(context.env).rooms.take(address, serverClock.now());
  if (waitMs > 0) {
    counted.limited.add("rooms");
    return tooMany(waitMs);
  }
  const { room, hostToken } = await createRoomObject(context.env, body, false);
  const origin = publicOrigin(context.req.raw, context.env);
  const created: RoomCreated = {
    room,
    host_token: hostToken,
    join_url: `${origin}/r/${room}`,
    ws_url: `${origin.replace(/^http/, "ws")}/ws/${room}`,
  };
  return context.json(created, 201);
});

// GET /api/rooms/{room}: the public summary.
roomRoutes.get("/:room", async (context) => {
  const { env, req } = context;
  const answer = await reachRoom(env, requestAddress(req.raw, env), req.param("room"), "/summary");
  if (!answer.ok) return answer;
  return context.json(await answer.json(), 200, { "Cache-Control": "no-store" });
});

// GET /api/rooms/{room}/stats: Authorization: Bearer <host token>. The room's numbers.
roomRoutes.get("/:room/stats", async (context) => {
  const { env, req } = context;
  const authorization = req.header("authorization") ?? "";
  const address = requestAddress(req.raw, env);
  const answer = await reachRoom(env, address, req.param("room"), "/stats", {
    headers: { authorization },
  });
  if (answer.status === 401)
    return httpError(401, "BAD_TOKEN", "Send the host's token as a bearer token.");
  if (!answer.ok) return answer;
  return context.json(await answer.json(), 200, { "Cache-Control": "no-store" });
});

const notAsInDocs = "The body must be a JSON object as in docs/api.md.";

/**
 * Reads the body of a POST. Fields that are null count as absent, as in a frame; an empty body asks for the defaults.
 * @returns the body, or a sentence that names its fault
 */
function readBody(text: string): v.InferOutput<typeof createRoomBodySchema> | string {
  let raw: unknown;
  try {
    raw = text.trim() === "" ? {} : JSON.parse(text, (_key, value: unknown) => value ?? undefined);
  } catch {
    return notAsInDocs;
  }
  if (typeof raw !== "object" || Array.isArray(raw)) return notAsInDocs;
  const result = v.safeParse(createRoomBodySchema, raw);
  return result.success ? result.output : fieldFault(result.issues[0]);
}
