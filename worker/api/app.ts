/** The Worker's routes. */

import { Hono } from "hono";
import { errorText, type ErrorCode } from "#protocol";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { httpError } from "./errors.ts";
import { exportRoutes } from "./files.ts";
import { securityHeaders } from "./headers.ts";
import { originAllowed } from "./origin.ts";
import { page } from "./page.ts";
import { roomRoutes } from "./rooms.ts";
import { socketRoutes } from "./sockets.ts";

export const app = new Hono<{ Bindings: Env }>();

app.use(securityHeaders);

// A foreign page may neither post nor open sockets.
app.use(async (context, next) => {
  const changes = context.req.method !== "GET" || context.req.header("upgrade") !== undefined;
  if (changes && !originAllowed(context.req.raw, context.env))
    return httpError(403, "FORBIDDEN", "This address may not be used from another site.");
  return next();
});

app.get("/api/health", (context) => context.json({ ok: true }));
app.route("/api/rooms", roomRoutes);
app.route("/api/rooms", exportRoutes);
app.route("/", socketRoutes);
app.all("/api/*", () => httpError(404, "NOT_FOUND", "There is no such address: see docs/api.md."));
app.get("*", page);

app.onError((fault) => {
  log("error", "worker.fault", { fault });
  return httpError(500, "INTERNAL" satisfies ErrorCode, errorText.INTERNAL);
});
