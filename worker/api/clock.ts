/** Takes the launcher's beats, from which the server's clock runs. They are not counted or logged: two come every second. */

import { Hono } from "hono";
import * as v from "valibot";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { liveRooms } from "../metrics.ts";
import { noteReachable } from "../reachable.ts";
import { notFound } from "./errors.ts";
import { isBearer } from "./operations.ts";
import { askRoom } from "./room-stub.ts";

const whole = v.pipe(v.number(), v.safeInteger());
const beatSchema = v.object({
  runMs: whole,
  wallMs: whole,
  /** Addresses under which others reach the server. */
  origins: v.optional(v.array(v.string()), []),
});

export const clockRoutes = new Hono<{ Bindings: Env }>();

// POST /api/clock: for the launcher, with its key. Where no key is configured the route does not exist.
clockRoutes.post("/clock", async (context) => {
  const { LAUNCHER_KEY } = context.env;
  const key = context.req.header("authorization");
  if (LAUNCHER_KEY === undefined || !(await isBearer(key, LAUNCHER_KEY))) return notFound();
  const beat = v.safeParse(beatSchema, await context.req.json().catch(() => null));
  if (!beat.success) return notFound();
  noteReachable(beat.output.origins);
  if (serverClock.beat(beat.output)) await renewRooms(context.env);
  return context.body(null, 204);
});

/** Replaces the objects of rooms with people or a running session by objects whose timers run: see RoomClock.isStuck. */
async function renewRooms(env: Env): Promise<void> {
  const rooms = new Set([...liveRooms(), ...serverClock.awaited()]);
  log("info", "clock.set_back", { rooms: rooms.size });
  await Promise.all(
    [...rooms].map(async (room) => {
      // The object ends, so there is no answer.
      await askRoom(env, room, "/renew", { method: "POST" }).catch(() => {});
      // Wakes the next object, which sets its alarm by the present wall clock.
      await askRoom(env, room, "/summary").catch((fault: unknown) =>
        log("error", "clock.renew", { room, fault }),
      );
    }),
  );
}
