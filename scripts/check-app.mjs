/** Type-checks the app: Kit writes its types first, then svelte-check reads them. */

import { spawnSync } from "node:child_process";
import { root } from "./build.mjs";

for (const [tool, ...args] of [
  ["svelte-kit", "sync"],
  ["svelte-check", "--workspace", "app", "--tsconfig", "./tsconfig.json", "--fail-on-warnings"],
]) {
  const { status } = spawnSync(tool, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
