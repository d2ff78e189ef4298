/** Routes for operating the server: its health, its numbers, and the order to disconnect everybody before it stops. */

import { Hono } from "hono";
import { serverClock } from "../clock.ts";
import { isDraining, startDraining } from "../draining.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { liveRooms, readMetrics } from "../metrics.ts";
import { reachable } from "../reachable.ts";
import { sha256Hex } from "../room/secrets.ts";
import { httpError, notFound, tooBusy } from "./errors.ts";
import { prometheusText, prometheusType } from "./prometheus.ts";
import { isLoopback, isOwnName, requestAddress } from "./request-address.ts";
import { askRoom } from "./room-stub.ts";

export const operationsRoutes = new Hono<{ Bindings: Env }>();

const unstored = { "Cache-Control": "no-store" };

// GET /api/health: 200 while the server takes people in.
operationsRoutes.get("/health", (context) =>
  isDraining() ? tooBusy("The server restarts.", 1) : context.json({ ok: true }),
);

// GET /api/addresses: where others reach the server, for the page of the host who sits at it.
operationsRoutes.get("/addresses", (context) => {
  const { env, req } = context;
  const configured = env.PUBLIC_ORIGIN === undefined ? null : [env.PUBLIC_ORIGIN];
  const isOwn = isLoopback(requestAddress(req.raw, env)) && isOwnName(new URL(req.url).hostname);
  const origins = configured ?? (isOwn ? reachable() : []);
  return context.json({ origins }, 200, unstored);
});

// GET /api/stats: the counters as JSON. They are this isolate's own: no room is asked.
operationsRoutes.get("/stats", async (context) => {
  if (!(await mayRead(context.env, context.req.header("authorization")))) return denied();
  return context.json(readMetrics(serverClock.now()), 200, unstored);
});

// GET /api/metrics: the same for Prometheus.
operationsRoutes.get("/metrics", async (context) => {
  if (!(await mayRead(context.env, context.req.header("authorization")))) return denied();
  const text = prometheusText(readMetrics(serverClock.now()));
  return context.body(text, 200, { ...unstored, "Content-Type": prometheusType });
});

// POST /api/drain: for the launcher, with its key. Where no key is configured the route does not exist.
operationsRoutes.post("/drain", async (context) => {
  const { LAUNCHER_KEY } = context.env;
  const key = context.req.header("authorization");
  if (LAUNCHER_KEY === undefined || !(await isBearer(key, LAUNCHER_KEY))) return notFound();
  startDraining();
  const rooms = liveRooms();
  const asked = await Promise.allSettled(
    rooms.map((room) => askRoom(context.env, room, "/drain", { method: "POST" })),
  );
  const failed = asked.filter(({ status }) => status === "rejected").length;
  log("info", "server.drained", { rooms: rooms.length, failed });
  return context.json({ rooms: rooms.length, failed });
});

/** Shows the numbers to everybody unless a token is configured: they name nobody. */
async function mayRead(env: Env, authorization: string | undefined): Promise<boolean> {
  return env.METRICS_TOKEN === undefined || isBearer(authorization, env.METRICS_TOKEN);
}

function denied(): Response {
  return httpError(401, "BAD_TOKEN", "Send the operator's token as a bearer token.");
}

/** Compares hashes, so that the time it takes tells nothing. */
export async function isBearer(
  authorization: string | undefined,
  secret: string,
): Promise<boolean> {
  const given = authorization?.match(/^Bearer (.+)$/i)?.[1];
  return given !== undefined && (await sha256Hex(given)) === (await sha256Hex(secret));
}
