/** The launcher's beats, from which the server's clock runs. Neither counted nor logged: two come every second. */

import { Hono } from "hono";
import * as v from "valibot";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { notFound } from "./errors.ts";
import { isBearer } from "./operations.ts";
import { askRoom } from "./room-stub.ts";

const whole = v.pipe(v.number(), v.safeInteger());
const beatSchema = v.object({ runMs: whole, wallMs: whole });

export const clockRoutes = new Hono<{ Bindings: Env }>();

// POST /api/clock: the launcher's, with its key. Without one it does not exist.
clockRoutes.post("/clock", async (context) => {
  const { DRAIN_KEY } = context.env;
  const key = context.req.header("authorization");
  if (DRAIN_KEY === undefined || !(await isBearer(key, DRAIN_KEY))) return notFound();
  const beat = v.safeParse(beatSchema, await context.req.json().catch(() => null));
  if (!beat.success) return notFound();
  const hasSteppedBack = serverClock.beat(beat.output);
  // The platform would ring for the ends of these sessions by the wall, too late.
  const rooms = hasSteppedBack ? serverClock.awaited() : [];
  await Promise.allSettled(
    rooms.map((room) => askRoom(context.env, room, "/rearm", { method: "POST" })),
  );
  return context.body(null, 204);
});
