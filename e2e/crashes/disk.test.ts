/**
 * The disk fails under a flow of orders, by refusing to sync or to write: only durable orders are acknowledged. When
 * the disk works again the same server goes on; if it was killed meanwhile, the next one does.
 */

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { expectEachOnce, resendAll, type Flow } from "../support/faults/acked-flow.ts";
import { FaultyDisk } from "../support/faults/faulty-disk.ts";
import { ownFolder, ownServer } from "../support/own-server.ts";
import { WireRoom } from "../support/wire-room.ts";

const folder = ownFolder();
const disk = new FaultyDisk(folder);
const server = await ownServer(disk.settings, path.join(folder, "data"));
afterAll(() => disk.mend());

async function table(name: string): Promise<{ room: WireRoom; flows: Flow[] }> {
  const room = await WireRoom.make(server.url);
  await room.hostWith("X");
  const flows: Flow[] = [];
  for (let index = 0; index < 4; index++) flows.push(await room.flow(`${name}${index}`, 7 + index));
  return { room, flows };
}

async function flow(flows: Flow[], steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    for (const one of flows) one.step();
    await sleep(10);
  }
}

test.each([
  ["fsync", "goes on"],
  ["fsync", "is killed"],
  ["write", "goes on"],
  ["write", "is killed"],
] as const)(
  "%s fails, and the server %s: no order is acknowledged that is not kept",
  { timeout: 60_000 },
  async (fault, then) => {
    const { room, flows } = await table(`${fault}-${then[0]}-`);
    await flow(flows, 20);
    disk.break(fault);
    const before = new Set(flows.flatMap(({ sent }) => [...sent.keys()]));
    await flow(flows, 30);
    for (const one of flows) one.collect();
    const acked = flows.flatMap((one) => [...one.acked.keys()]);
    expect(acked.length).toBeGreaterThan(20);
    // No order sent after the disk had failed is acknowledged.
    expect(acked.filter((cid) => !before.has(cid))).toEqual([]);

    if (then === "is killed") await server.kill();
    disk.mend();
    if (then === "is killed") await server.start();
    for (const one of flows) {
      await one.client.whenClosed();
      one.collect();
      await room.resume(one);
    }
    for (const one of flows) await resendAll(one);
    await flow(flows, 5);
    await sleep(200);
    for (const one of flows) one.collect();
    await expectEachOnce(room, flows);
  },
);
