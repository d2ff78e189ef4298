/** R15: a backup is taken while traders trade, and another server goes on from it on an empty machine. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { root } from "../../scripts/build.mjs";
import { expectEachOnce, resendAll, type Flow } from "../support/faults/acked-flow.ts";
import { ownFolder, ownServer } from "../support/own-server.ts";
import { freePort, ServerProcess } from "../support/server-process.ts";
import { WireRoom } from "../support/wire-room.ts";

const folder = ownFolder();
const dataDir = path.join(folder, "data");
const copy = path.join(folder, "copy");
const server = await ownServer({}, dataDir);
/** The machine to which the backup is taken. */
const onCopy = new ServerProcess(await freePort(), copy);
afterAll(async () => {
  await onCopy.stop();
});

/** Files of rooms in a data folder, without the platform's own. */
function roomsIn(data: string): string[] {
  const part = path.join(data, "do");
  if (!existsSync(part)) return [];
  return readdirSync(part, { recursive: true, encoding: "utf8" })
    .filter((file) => /[0-9a-f]{64}\.sqlite$/.test(file))
    .map((file) => path.join(part, file));
}

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
  // Everything answered before the backup begins is in it.
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
  await onCopy.start();
  room.base = onCopy.url;
  for (const flow of flows) {
    await room.resume(flow);
    await resendAll(flow);
  }
  await expectEachOnce(room, flows);
  const file = await fetch(`${onCopy.url}/api/rooms/${closed.room}/files/instruments.csv`, {
    headers: { authorization: `Bearer ${closed.hostToken}` },
  });
  expect(await file.text()).toContain("Y");
});

test.each([0, 1, 8, 16, 21])(
  "no server starts from a backup that was killed when %i of its rooms were there",
  async (count) => {
    for (let rooms = roomsIn(copy).length; rooms < 30; rooms++) await WireRoom.make(onCopy.url);
    const cut = path.join(folder, `cut-${count}`);
    const killed = ["--import", "./e2e/support/faults/killed-backup.mjs"];
    const child = spawn(process.execPath, [...killed, "scripts/backup.mjs", cut], {
      cwd: root,
      env: { ...process.env, DATA_DIR: copy, KILLED_AT: String(count) },
      stdio: "ignore",
    });
    expect((await once(child, "exit"))[1], "it was still copying").toBe("SIGKILL");
    expect(roomsIn(cut)).toHaveLength(count);
    const refused = new ServerProcess(await freePort(), cut);
    await expect(refused.start()).rejects.toThrow("is a backup that was not finished");
    // One sentence, and no stack.
    expect(refused.output.trim()).toMatch(/^[^\n]*in an empty folder\.$/);
  },
);

test("a backup that lost a room on its way is refused, and starts once it has it again", async () => {
  const moved = path.join(folder, "moved");
  execFileSync(process.execPath, ["scripts/backup.mjs", moved], {
    cwd: root,
    env: { ...process.env, DATA_DIR: copy },
  });
  const [room] = roomsIn(moved);
  renameSync(room!, path.join(folder, "aside"));
  const restored = new ServerProcess(await freePort(), moved);
  await expect(restored.start()).rejects.toThrow(`${path.basename(room!)} is missing or damaged`);
  renameSync(path.join(folder, "aside"), room!);
  await restored.start();
  await restored.stop();
  await restored.start();
  await restored.stop();
});

test("a backup of nothing, or to nowhere, names the remedy", () => {
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
