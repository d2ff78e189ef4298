/** Route that lists the games. */

import { Hono } from "hono";
import { describeFormats } from "#game/formats/describe.ts";
import type { FormatDescription } from "#protocol";
import type { Env } from "../env.ts";

export const formatRoutes = new Hono<{ Bindings: Env }>();

let described: readonly FormatDescription[] | null = null;

// GET /api/formats: the same for everybody until the next build.
formatRoutes.get("/formats", (context) => {
  described ??= describeFormats();
  return context.json(described, 200, { "Cache-Control": "public, max-age=300" });
});
