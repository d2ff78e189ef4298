/** R15: a backup is taken while traders trade, and another server goes on from it on a machine that had nothing. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../scripts/build.mjs";
import { expectEachOnce, resendAll, type Flow } from "./acked-flow.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireRoom } from "./wire-room.ts";

const folder = mkdtempSync(path.join(tmpdir(), "game-backup-"));
const dataDir = path.join(folder, "data");
const copy = path.join(folder, "copy");
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function backUp(to: string): Promise<number> {
  const child = spawn(process.execPath, ["scripts/backup.mjs", to], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: "ignore",
  });
  const [code] = (await once(child, "exit")) as [number];
  return code;
}

test("a server goes on from a backup that was taken under way", async () => {
  const closed = await WireRoom.make(server.url);
  const closing = await closed.hostWith("Y");
  await closing.ask("session", { state: "closed" });

  const room = await WireRoom.make(server.url);
  await room.hostWith("X");
  const flows: Flow[] = [];
  for (let index = 0; index < 4; index++)
    flows.push(await room.flow(`trader ${index}`, 40 + index));
  const trade = async (steps: number) => {
    for (let step = 0; step < steps; step++) {
      for (const flow of flows) flow.step();
      await sleep(10);
    }
  };
  await trade(50);
  // What was answered before the backup begins is in it.
  for (const flow of flows) flow.collect();
  let isDone = false;
  const backup = backUp(copy).finally(() => (isDone = true));
  while (!isDone) await trade(5);
  expect(await backup).toBe(0);
  const known = flows.map(({ acked }) => acked.size);
  expect(Math.min(...known)).toBeGreaterThan(0);
  expect(await backUp(copy)).toBe(2);

  await server.stop();
  rmSync(dataDir, { recursive: true });
  server = new ServerProcess(await freePort(), copy);
  await server.start();
  room.base = server.url;
  for (const flow of flows) {
    await room.resume(flow);
    await resendAll(flow);
  }
  await expectEachOnce(room, flows);
  const file = await fetch(`${server.url}/api/rooms/${closed.room}/files/instruments.csv`, {
    headers: { authorization: `Bearer ${closed.hostToken}` },
  });
  expect(await file.text()).toContain("Y");
});

test("a backup of nothing, or to nowhere, says what to do", () => {
  const run = (args: string[], from: string) => () =>
    execFileSync(process.execPath, ["scripts/backup.mjs", ...args], {
      cwd: root,
      env: { ...process.env, DATA_DIR: from },
      stdio: "pipe",
    });
  expect(run([], folder)).toThrow("Where to?");
  expect(run([path.join(folder, "new")], path.join(folder, "nothing"))).toThrow("DATA_DIR");
  expect(existsSync(path.join(folder, "new"))).toBe(false);
});
