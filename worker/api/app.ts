/** The Worker's routes. */

import { Hono } from "hono";
import { errorText, type ErrorCode } from "#protocol";
import { serverClock } from "../clock.ts";
import { isDraining } from "../draining.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { counted, noteRequest } from "../metrics.ts";
import { clockRoutes } from "./clock.ts";
import { httpError, notFound, tooBusy } from "./errors.ts";
import { exportRoutes } from "./files.ts";
import { formatRoutes } from "./formats.ts";
import { isFromGuard } from "./guarded.ts";
import { securityHeaders } from "./headers.ts";
import { operationsRoutes } from "./operations.ts";
import { originAllowed } from "./origin.ts";
import { page } from "./page.ts";
import { roomRoutes } from "./rooms.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { socketRoutes } from "./sockets.ts";

export const app = new Hono<{ Bindings: Env }>();

app.use((_context, next) => {
  noteRequest(serverClock.now());
  return next();
});
// Comes before everything that counts and refuses: the clock goes on while the server is being emptied.
app.route("/api", clockRoutes);
app.use(async (context, next) => {
  await next();
  counted.http.add(context.res.status);
});
app.use(securityHeaders);

// Refuses unread a request for an address that is not ours, or one that went around the guard.
app.use(async ({ req, env }, next) => {
  const path = URL.parse(req.url)?.pathname;
  if (path === undefined || path.startsWith("//"))
    return httpError(400, "BAD_REQUEST", "The address of the request is not valid.");
  if (!isFromGuard(req.raw, env) && path !== "/api/drain")
    return httpError(403, "FORBIDDEN", "This way in is the launcher's.");
  return next();
});

// Keeps foreign pages from posting and opening sockets, and everybody out while the server is being emptied.
app.use(async (context, next) => {
  const { method, path } = context.req;
  const changes = method !== "GET" || context.req.header("upgrade") !== undefined;
  if (changes && !originAllowed(context.req.raw, context.env))
    return httpError(403, "FORBIDDEN", "This address may not be used from another site.");
  if (changes && isDraining() && path !== "/api/drain") return tooBusy("The server restarts.", 1);
  return next();
});

app.route("/api", operationsRoutes);
app.route("/api", formatRoutes);
app.route("/api/rooms", roomRoutes);
app.route("/api/rooms", exportRoutes);
app.route("/api/sessions", sessionRoutes);
app.route("/", socketRoutes);
// GET /api: the page that describes the API.
app.get("/api", page);
app.all("/api/*", notFound);
app.get("*", page);

app.onError((fault) => {
  log("error", "worker.fault", { fault });
  return httpError(500, "INTERNAL" satisfies ErrorCode, errorText.INTERNAL);
});
