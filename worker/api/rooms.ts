/** Making a room and looking one up. */

import { Hono } from "hono";
import * as v from "valibot";
import {
  createRoomBodySchema,
  errorText,
  limits,
  normalizeRoomCode,
  type RoomCreated,
  untrustedText,
} from "#protocol";
import type { Env } from "../env.ts";
import { httpError } from "./errors.ts";
import { publicOrigin } from "./origin.ts";
import { askRoom, createRoom } from "./room-stub.ts";

export const roomRoutes = new Hono<{ Bindings: Env }>();

// POST /api/rooms: make a room.
roomRoutes.post("/", async (context) => {
  const text = await context.req.text();
  const body = text.length > limits.frameBytes ? null : readBody(text);
  if (body === null)
    return httpError(400, "BAD_REQUEST", "The body must be a JSON object as in docs/api.md.");
  const { room, hostToken } = await createRoom(context.env, body, false);
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
  const room = normalizeRoomCode(context.req.param("room"));
  const summary = room === null ? null : await askRoom(context.env, room, "/summary");
  if (summary === null || summary.status === 404)
    return httpError(404, "NO_SUCH_ROOM", errorText.NO_SUCH_ROOM);
  if (!summary.ok) return httpError(503, "INTERNAL", untrustedText);
  return context.json(await summary.json(), 200, { "Cache-Control": "no-store" });
});

/** The body of a POST, null fields left out as in a frame; an empty body asks for the defaults. */
function readBody(text: string): v.InferOutput<typeof createRoomBodySchema> | null {
  try {
    const raw: unknown =
      text.trim() === "" ? {} : JSON.parse(text, (_key, value: unknown) => value ?? undefined);
    if (Array.isArray(raw)) return null;
    if (Array.isArray(raw)) return null;
    const result = v.safeParse(createRoomBodySchema, raw);
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
