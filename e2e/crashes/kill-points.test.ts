/**
 * The server is killed at the k-th sync and the k-th write of a room's files, before and after the call, with traders
 * under way: no acknowledged request is lost, and none is done twice. `POINTS` says how many such points
 * (`npm run chaos`: 200), `SEED` repeats the traders' requests.
 */

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { seeded } from "../../game/testing/table.ts";
import { openBotRoom, settled } from "../support/bot-room.ts";
import { FaultyDisk } from "../support/faults/faulty-disk.ts";
import { LineBot } from "../support/line-bot.ts";
import { expectExecutedOnce, expectSameAsAfresh } from "../support/line-checks.ts";
import { manyConnects, ownFolder, ownServer } from "../support/own-server.ts";

const points = Number(process.env["POINTS"] ?? 6);
const seed = Number(process.env["SEED"] ?? 1);
const bots = 4;
const stepMs = 10;
const hitMs = 10_000;

const folder = ownFolder();
const disk = new FaultyDisk(folder);
const settings = { ...manyConnects, ...disk.settings };
const server = await ownServer(settings, path.join(folder, "data"));
afterAll(() => disk.mend());

/** Kill at the 1st to the 50th call from now: one request makes one sync and several writes. */
function pointOf(index: number): string {
  const call = index % 2 === 0 ? "fsync" : "write";
  const when = (index >> 1) % 2 === 0 ? "before" : "after";
  return `${call} ${when} ${1 + Math.floor(((index >> 2) * 50) / Math.ceil(points / 4))}`;
}

async function step(all: LineBot[]): Promise<void> {
  for (const bot of all) bot.act();
  await sleep(stepMs);
}

/** All trade until the server has reached the point and is gone. */
async function tradeUntilHit(all: LineBot[], point: string): Promise<void> {
  for (let steps = 0; steps < 10; steps++) await step(all);
  disk.break(`kill ${point}`);
  const start = performance.now();
  while (!disk.wasHit) {
    if (performance.now() - start > hitMs) throw new Error(`never came to ${point}`);
    await step(all);
  }
  // The launcher is killed as well: it would start no other server.
  await server.kill();
  disk.mend();
}

test(
  `killed at ${points} points of its writing the server loses nothing (seed ${seed})`,
  { timeout: 60_000 + points * 10_000 },
  async () => {
    const room = await openBotRoom(server.url);
    const all = [...Array(bots).keys()].map(
      (index) => new LineBot(room.address, `bot${index}`, seeded(1_000 * seed + index)),
    );
    for (const bot of all) bot.connect();
    await settled(all);
    for (let index = 0; index < points; index++) {
      await tradeUntilHit(all, pointOf(index));
      await server.start();
      // Each trader is answered between two points.
      await settled(all);
    }
    for (const bot of all) expect(bot.faults).toEqual([]);
    await expectExecutedOnce(room, all);
    await expectSameAsAfresh(room, all);
    const requests = all.reduce((sum, bot) => sum + bot.sent.size, 0);
    console.log(`${points} points, ${requests} requests`);
  },
);
