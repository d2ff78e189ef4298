/** Where drizzle-kit finds the schema and writes the D1 migrations: `npx drizzle-kit generate`. */

import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./worker/archive/schema.ts",
  out: "./migrations",
});
