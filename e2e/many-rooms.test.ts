/**
 * R16: closed rooms cost no memory. As many rooms are played and closed twice; afterwards the server takes as much as
 * after the first half, but for noise. `ROOMS` says how many a half has.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { residentBytes } from "./support/server-memory.ts";
import { freePort, ServerProcess } from "./support/server-process.ts";
import { WireRoom } from "./support/wire-room.ts";

const rooms = Number(process.env["ROOMS"] ?? 24);
const atOnce = 4;
const isLong = rooms > 100;
/** workerd evicts unused objects every 70 seconds. In a short run all of both halves are still in memory. */
const evictedMs = isLong ? 80_000 : 2_000;
const mib = 2 ** 20;
/** Growth between two measurements: remaining garbage, or, in a short run, the second half's rooms, 1.5 MiB each. */
const noiseBytes = (isLong ? 48 : 1.5 * rooms) * mib;

const dataDir = mkdtempSync(path.join(tmpdir(), "game-many-rooms-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir, {
    ...{ ROOMS_PER_HOUR: "1000000", CONNECTS_PER_MINUTE: "1000000" },
  });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Plays a short game to its end: the session is closed, and soon archived. */
async function play(): Promise<void> {
  const room = await WireRoom.make(server.url);
  const host = await room.hostWith("X");
  const alice = await room.trader("alice");
  const bob = await room.trader("bob");
  for (let n = 0; n < 10; n++) {
    const order = { inst: 1, qty: 1, price: 100 + n } as const;
    expect((await alice.ask("order_new", { ...order, side: "sell" })).type).toBe("order_ack");
    expect(await bob.ask("order_new", { ...order, side: "buy" })).toMatchObject({ filled: 1 });
  }
  const start = host.inbox.length;
  await host.ask("settle", { inst: 1, value: 105 });
  await host.ask("session", { state: "closed" });
  await host.nextOf("session", start);
  for (const client of [host, alice, bob]) client.close();
}

/** @returns the least of some measurements, once the rooms are gone */
async function memoryAfter(count: number): Promise<number> {
  let left = count;
  const one = async () => {
    while (left-- > 0) await play();
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await pause(evictedMs);
  let least = Infinity;
  for (let n = 0; n < 10; n++) {
    least = Math.min(least, residentBytes(server.pid));
    await pause(200);
  }
  return least;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test(
  `${rooms} rooms played and closed, twice: the second time costs no memory`,
  { timeout: 120_000 + rooms * 2_000 },
  async () => {
    const first = await memoryAfter(rooms);
    const second = await memoryAfter(rooms);
    console.log(
      `${rooms} rooms: ${(first / mib).toFixed(1)} MiB, again: ${(second / mib).toFixed(1)} MiB`,
    );
    expect(second - first).toBeLessThan(noiseBytes);
  },
);
