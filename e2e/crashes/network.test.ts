/**
 * Traders on bad lines, and `kill -9` of the server between: every request is executed once at most and answered the
 * same however often it is sent, acknowledged ones are kept, and everybody's stream leads to the room's state.
 * `REQUESTS` says how many each trader sends (`npm run chaos`: 4,000), `SEED` repeats the random choices.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { seeded } from "../../game/testing/table.ts";
import { BadLine, noLineFaults } from "../support/hostile/bad-line.ts";
import { openBotRoom, settled } from "../support/bot-room.ts";
import { LineBot } from "../support/line-bot.ts";
import { expectExecutedOnce, expectSameAsAfresh } from "../support/line-checks.ts";
import { manyConnects, ownServer } from "../support/own-server.ts";

const requests = Number(process.env["REQUESTS"] ?? 150);
const seed = Number(process.env["SEED"] ?? 1);
const bots = 6;
const stepMs = 10;
const kills = Math.max(2, Math.round(requests / 75));

const server = await ownServer(manyConnects);

const address = () => server.url.replace("http", "ws");
/** All trade until each has sent its requests; the server is killed on the way. */
async function trade(all: LineBot[], random: () => number): Promise<void> {
  let killed = 0;
  let next = (requests / (kills + 1)) * (0.5 + random());
  const sent = () => all.reduce((sum, bot) => sum + bot.sent.size, 0) / bots;
  while (all.some((bot) => bot.sent.size < requests)) {
    for (const bot of all) {
      if (bot.sent.size < requests) bot.act();
      if (random() < 0.05) bot.askAgain();
    }
    await sleep(stepMs);
    if (killed === kills || sent() < next) continue;
    killed++;
    next += (requests - next) / (kills - killed + 1);
    await server.kill();
    await server.start();
  }
  expect(killed).toBe(kills);
}

test(
  `${bots} traders on bad lines and ${kills} kills: each request once, nothing lost (seed ${seed})`,
  { timeout: 60_000 + requests * 200 },
  async () => {
    const room = await openBotRoom(server.url);
    const count = noLineFaults();
    const lines: BadLine[] = [];
    const all: LineBot[] = [];
    for (let index = 0; index < bots; index++) {
      const line = await BadLine.open(address(), 1_000 * seed + index, count);
      lines.push(line);
      const random = seeded(2_000 * seed + index);
      all.push(new LineBot(`${line.url}/ws/${room.room}`, `bot${index}`, random));
    }
    for (const bot of all) bot.connect();
    await trade(all, seeded(seed));
    for (const line of lines) line.isBad = false;
    await settled(all);

    for (const bot of all) expect(bot.faults).toEqual([]);
    await expectExecutedOnce(room, all);
    await expectSameAsAfresh(room, all);
    for (const line of lines) line.close();
    expect(Object.entries(count).filter(([, times]) => times === 0)).toEqual([]);
    const reconnects = all.reduce((sum, bot) => sum + bot.client.reconnects, 0);
    console.log(`seed ${seed}, ${reconnects} reconnects, ${JSON.stringify(count)}`);
  },
);
