/** Serves the built game on a free port for all end-to-end tests: its address is in MMG_URL, its data in MMG_DATA. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "../scripts/build.mjs";
import { startServer } from "../scripts/serving/server.mjs";

export default async function setup() {
  build();
  // All tests come from one address.
  process.env["ROOMS_PER_HOUR"] ??= "100000";
  process.env["CONNECTS_PER_MINUTE"] ??= "100000";
  const dataDir = mkdtempSync(path.join(tmpdir(), "game-e2e-"));
  const { url, stop } = await startServer({ port: 0, host: "127.0.0.1", dataDir });
  process.env["MMG_URL"] = url.origin;
  process.env["MMG_DATA"] = dataDir;
  return async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
