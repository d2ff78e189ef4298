/**
 * R16: closed rooms cost no memory. As many rooms are played and closed twice; afterwards the server takes as much as
 * after the first half, but for noise. `ROOMS` says how many a half has.
 */

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { manyConnects, ownServer } from "./support/own-server.ts";
import { residentBytes } from "./support/server-memory.ts";
import { WireRoom } from "./support/wire-room.ts";

const rooms = Number(process.env["ROOMS"] ?? 24);
const atOnce = 4;
const isLong = rooms > 100;
/** workerd evicts unused objects every 70 seconds. In a short run all of both halves are still in memory. */
const evictedMs = isLong ? 80_000 : 2_000;
const mib = 2 ** 20;
/** Growth between two measurements: remaining garbage, or, in a short run, the second half's rooms, 1.5 MiB each. */
const noiseBytes = (isLong ? 48 : 1.5 * rooms) * mib;

const server = await ownServer({ ROOMS_PER_HOUR: "1000000", ...manyConnects });

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
