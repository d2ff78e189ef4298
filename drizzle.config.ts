/** Paths of drizzle-kit: the schema, and the D1 migrations that `npx drizzle-kit generate` writes. */

import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./worker/archive/schema.ts",
  out: "./migrations",
});
