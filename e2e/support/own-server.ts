/** A server and a folder that belong to one file of tests: both are gone after its last test. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { freePort, ServerProcess } from "./server-process.ts";

/** The settings of a server to which one address connects often. */
export const manyConnects = { CONNECTS_PER_MINUTE: "1000000" };

/** @returns the path of an empty folder */
export function ownFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "game-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Starts a server before the first test of the file, and stops it after the last one.
 *
 * @param settings environment variables
 * @param dataDir a folder that belongs to the tests
 */
export async function ownServer(
  settings: Record<string, string> = {},
  dataDir = path.join(ownFolder(), "data"),
): Promise<ServerProcess> {
  const server = new ServerProcess(await freePort(), dataDir, settings);
  beforeAll(() => server.start());
  afterAll(async () => {
    await server.stop();
  });
  return server;
}
