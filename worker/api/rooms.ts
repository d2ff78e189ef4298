/** Routes that make a room and look one up. */

import { Hono, type Context } from "hono";
import * as v from "valibot";
import { plannedOf } from "#game/formats/planned.ts";
import {
  createRoomBodySchema,
  fieldFault,
  jsonFault,
  limits,
  setupBodySchema,
  type ChosenFormat,
  type RoomCreated,
} from "#protocol";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { counted } from "../metrics.ts";
import { requestAddress } from "./request-address.ts";
import { httpError, tooMany } from "./errors.ts";
import { publicOrigin } from "./origin.ts";
import { askRoom, createRoomObject, reachRoom } from "./room-stub.ts";

export const roomRoutes = new Hono<{ Bindings: Env }>();

// POST /api/rooms: make a room.
roomRoutes.post("/", async (context) => {
  const body = readBody(createRoomBodySchema, await context.req.text(), limits.frameBytes);
  if (typeof body === "string") return httpError(400, "BAD_REQUEST", body);
  const fault = body.format === undefined ? null : formatFault(body.format);
  if (fault !== null) return httpError(400, "BAD_REQUEST", fault);
  const address = requestAddress(context.req.raw, context.env);
  const waitMs = limitsOf(context.env).rooms.take(address, serverClock.now());
  if (waitMs > 0) {
    counted.limited.add("rooms");
    return tooMany(waitMs);
  }
  const { room, hostToken } = await createRoomObject(context.env, address, body, false);
  if (body.format !== undefined) {
    const kept = await askRoom(context.env, room, "/setup", setupRequest(hostToken, body.format));
    if (!kept.ok) throw new Error(`room object answered ${kept.status} to its first set-up`);
  }
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
  if (answer.status === 401) return notTheHost();
  if (!answer.ok) return answer;
  return context.json(await answer.json(), 200, { "Cache-Control": "no-store" });
});

// POST /api/rooms/{room}/setup: Authorization: Bearer <host token>. Keeps a game with its parameters for `round_start`.
roomRoutes.post("/:room/setup", async (context) => {
  const body = readBody(setupBodySchema, await context.req.text(), limits.setupLength);
  if (typeof body === "string") return httpError(400, "BAD_REQUEST", body);
  const fault = formatFault(body.format);
  if (fault !== null) return httpError(400, "BAD_REQUEST", fault);
  return ofSetups(context, setupRequest(bearerOf(context.req.raw), body.format));
});

// GET /api/rooms/{room}/setup: Authorization: Bearer <host token>. The set-up that came last.
roomRoutes.get("/:room/setup", (context) =>
  ofSetups(context, { headers: { authorization: `Bearer ${bearerOf(context.req.raw)}` } }),
);

async function ofSetups(
  { env, req }: Context<{ Bindings: Env }, "/:room/setup">,
  init: RequestInit,
): Promise<Response> {
  const address = requestAddress(req.raw, env);
  const answer = await reachRoom(env, address, req.param("room"), "/setup", init);
  if (answer.status === 401) return notTheHost();
  if (!answer.ok) return answer;
  return Response.json(await answer.json(), { headers: { "Cache-Control": "no-store" } });
}

const bearerOf = ({ headers }: Request) =>
  headers.get("authorization")?.match(/^Bearer (.+)$/i)?.[1] ?? "";

function setupRequest(hostToken: string, format: ChosenFormat): RequestInit {
  const headers = { authorization: `Bearer ${hostToken}` };
  return { method: "POST", headers, body: JSON.stringify(format) };
}

/** A sentence on what is wrong with a game or its parameters; null: it can be planned. */
function formatFault(format: ChosenFormat): string | null {
  const planned = plannedOf(format);
  return typeof planned === "string" ? planned : null;
}

const notTheHost = () => httpError(401, "BAD_TOKEN", "Send the host's token as a bearer token.");
const notAsInDocs = "The body must be a JSON object as in docs/api.md.";

/**
 * Reads the body of a POST. Fields that are null count as absent, as in a frame; an empty body asks for the defaults.
 * @param most characters
 * @returns the body, or a sentence that names its fault
 */
function readBody<S extends v.GenericSchema<unknown, object>>(
  schema: S,
  text: string,
  most: number,
): v.InferOutput<S> | string {
  if (text.length > most) return notAsInDocs;
  let raw: unknown;
  try {
    raw = text.trim() === "" ? {} : JSON.parse(text, (_key, value: unknown) => value ?? undefined);
  } catch {
    return notAsInDocs;
  }
  if (typeof raw !== "object" || Array.isArray(raw)) return notAsInDocs;
  const result = v.safeParse(schema, raw);
  if (!result.success) return fieldFault(result.issues[0]);
  // Texts deep in the parameters of a game have no schema that looks at them.
  const wrong = text.trim() === "" ? null : jsonFault(text);
  return wrong === null ? result.output : `The body is wrong: ${wrong}.`;
}
