/**
 * A long session: its files while it runs, its wake without a snapshot, and its archive although the server is killed
 * meanwhile. `N` requests; `npm run bench:long` measures the cost of a million.
 */

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { countsInArchive } from "./support/archive-reader.ts";
import { csv } from "./support/files.ts";
import { makeLongSession, type LongSession } from "./support/long-session.ts";
import { ownFolder, ownServer } from "./support/own-server.ts";
import { SteppedWall } from "./support/faults/stepped-wall.ts";

const requests = Number(process.env["N"] ?? 12_000);
const folder = ownFolder();
const wall = new SteppedWall(folder);
const dataDir = path.join(folder, "data");
const server = await ownServer(wall.settings, dataDir);
let session: LongSession;

beforeAll(async () => {
  session = await makeLongSession(server, dataDir, requests);
});

const host = () => ({
  base: server.url,
  room: session.room.room,
  hostToken: session.room.hostToken,
});

test("its files have every order, trade and event, also after a kill in the middle of making them", async () => {
  const cut = csv(host(), "trades.csv").catch(() => null);
  await sleep(1_000);
  await server.kill();
  await cut;
  await server.start();
  const { trades, orders, events } = session;
  for (const [file, rows] of Object.entries({ trades, orders, events }))
    expect(await csv(host(), `${file}.csv`), file).toHaveLength(rows);
});

test("it is archived once and whole, though the server is killed meanwhile", async () => {
  const client = await session.room.host();
  await client.ask("session", { state: "closed" });
  client.close();
  await sleep(200);
  await server.kill();
  // An attempt that was cut off is repeated after fifteen seconds, when the room's alarm wakes it: the machine was off
  // for longer.
  wall.set(20);
  await server.start();
  const expected = {
    ...{ trades: session.trades, orders: session.orders, sessions: 1 },
    // Two more events: the host came back and closed the session.
    events: session.events + 2,
  };
  await expect
    .poll(() => countsInArchive(dataDir)["sessions"], { timeout: 60_000, interval: 500 })
    .toBe(1);
  expect(countsInArchive(dataDir)).toMatchObject(expected);
});
