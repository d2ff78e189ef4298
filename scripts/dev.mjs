/** `npm run dev`: the Worker under `wrangler dev`, with the archive's tables in place. Arguments are wrangler's. */

import { spawnSync } from "node:child_process";
import { quietEnv, root } from "./build.mjs";

for (const args of [
  ["d1", "migrations", "apply", "DB", "--local"],
  ["dev", ...process.argv.slice(2)],
]) {
  // With CI set, applying migrations asks no question.
  const env = args[0] === "d1" ? { ...quietEnv, CI: "true" } : quietEnv;
  const { status } = spawnSync("wrangler", args, { cwd: root, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
