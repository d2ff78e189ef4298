/**
 * `kill -9` at random moments under twenty traders: acknowledged requests are kept once, and unacknowledged ones are
 * done once when they are sent again. `KILLS` says how often (`npm run chaos`: 200), `SEED` repeats the moments.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { expectEachOnce, resendLast, type Flow } from "../support/faults/acked-flow.ts";
import { processesOf } from "../support/server-memory.ts";
import { ownServer } from "../support/own-server.ts";
import { WireRoom } from "../support/wire-room.ts";

const kills = Number(process.env["KILLS"] ?? 6);
const seed = Number(process.env["SEED"] ?? 1);
const bots = 20;
const stepMs = 20;

const server = await ownServer();

async function openRoom(): Promise<{ room: WireRoom; flows: Flow[] }> {
  const room = await WireRoom.make(server.url);
  await room.hostWith("X");
  const flows: Flow[] = [];
  for (let index = 0; index < bots; index++)
    flows.push(await room.flow(`bot ${index}`, 100 * seed + index));
  return { room, flows };
}

/** All traders send until the server is gone. */
async function flowUntilKilled(flows: Flow[], afterMs: number): Promise<void> {
  const killed = sleep(afterMs).then(() => server.kill());
  let isOver = false;
  void killed.then(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const flow of flows) flow.step();
    await sleep(stepMs);
  }
  for (const flow of flows) {
    await flow.client.whenClosed();
    flow.collect();
  }
}

/** Resumes by token, and expects the trader's orders as last told. */
async function comeBack(flow: Flow, room: WireRoom): Promise<void> {
  const told = flow.client.all("order_ack");
  await room.resume(flow);
  const { orders } = (await flow.client.ask("get_orders", {})) as Message<"orders">;
  const left = new Map(orders.map((order) => [order.order_id, order.leaves]));
  for (const { order_id: orderId, leaves, duplicate } of told)
    if (duplicate !== true) expect(left.get(orderId) ?? 0).toBeLessThanOrEqual(leaves);
}

test(
  `${kills} kills under ${bots} traders lose nothing and do nothing twice (seed ${seed})`,
  { timeout: 60_000 + kills * 15_000 },
  async () => {
    const { room, flows } = await openRoom();
    let random = seed;
    const backMs: number[] = [];
    let answered = 0;
    for (let kill = 0; kill < kills; kill++) {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      await flowUntilKilled(flows, 20 + ((random >>> 8) % 200));
      answered = flows.reduce((sum, { acked }) => sum + acked.size, 0);
      await server.start();
      const start = performance.now();
      await Promise.all(flows.map((flow) => comeBack(flow, room)));
      backMs.push(performance.now() - start);
      await Promise.all(flows.map((flow) => resendLast(flow, 10)));
    }
    const host = await room.host();
    const all = (await host.ask("get_positions", {})) as Message<"positions">;
    expect(all.positions.reduce((sum, row) => sum + row.qty, 0)).toBe(0);
    expect(answered).toBeGreaterThan(kills * bots);
    await expectEachOnce(room, flows);
    const slowest = Math.round(Math.max(...backMs));
    const sent = flows.reduce((sum, flow) => sum + flow.sent.size, 0);
    console.log(`${kills} kills, ${sent} orders; all traders back within ${slowest} ms at most`);
  },
);

test("a runtime that is killed alone comes back by itself, every time, with all that was acknowledged", async () => {
  const { room, flows } = await openRoom();
  for (let kill = 0; kill < 2; kill++) {
    for (let step = 0; step < 20; step++) {
      for (const flow of flows) flow.step();
      await sleep(stepMs);
    }
    for (const pid of processesOf(server.pid)) if (pid !== server.pid) process.kill(pid, "SIGKILL");
    for (const flow of flows) {
      await flow.client.whenClosed();
      flow.collect();
    }
    await expect
      .poll(() => fetch(`${server.url}/api/health`).then(({ status }) => status), {
        timeout: 20_000,
      })
      .toBe(200);
    await Promise.all(flows.map((flow) => comeBack(flow, room)));
    await Promise.all(flows.map((flow) => resendLast(flow, 10)));
  }
  await expectEachOnce(room, flows);
  expect(server.isRunning).toBe(true);
});
