/** The launcher's beats, from which the server's clock runs. Neither counted nor logged: two come every second. */

import { Hono } from "hono";
import * as v from "valibot";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { liveRooms } from "../metrics.ts";
import { notFound } from "./errors.ts";
import { isBearer } from "./operations.ts";
import { askRoom } from "./room-stub.ts";

const whole = v.pipe(v.number(), v.safeInteger());
const beatSchema = v.object({ runMs: whole, wallMs: whole });

export const clockRoutes = new Hono<{ Bindings: Env }>();

// POST /api/clock: the launcher's, with its key. Without one it does not exist.
clockRoutes.post("/clock", async (context) => {
  const { LAUNCHER_KEY } = context.env;
  const key = context.req.header("authorization");
  if (LAUNCHER_KEY === undefined || !(await isBearer(key, LAUNCHER_KEY))) return notFound();
  const beat = v.safeParse(beatSchema, await context.req.json().catch(() => null));
  if (!beat.success) return notFound();
  if (serverClock.beat(beat.output)) await renewRooms(context.env);
  return context.body(null, 204);
});

/** Whoever is in a room, or waits for its end, gets an object whose timers run: see RoomClock.isStuck. */
async function renewRooms(env: Env): Promise<void> {
  const rooms = new Set([...liveRooms(), ...serverClock.awaited()]);
  log("info", "clock.set_back", { rooms: rooms.size });
  await Promise.all(
    [...rooms].map(async (room) => {
      // The object goes, and its answer with it.
      await askRoom(env, room, "/renew", { method: "POST" }).catch(() => {});
      // The next one sets its alarm by the wall as it is now.
      await askRoom(env, room, "/summary").catch((fault: unknown) =>
        log("error", "clock.renew", { room, fault }),
      );
    }),
  );
}
