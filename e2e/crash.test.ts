/**
 * `kill -9` at random moments under twenty traders: what was acknowledged is there again, once, and what was not is
 * done once when it is sent again. `KILLS` says how often (`npm run chaos`: 200), `SEED` repeats the moments.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#protocol";
import { expectEachOnce, Flow, resendLast } from "./acked-flow.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireClient } from "./wire-client.ts";

const kills = Number(process.env["KILLS"] ?? 20);
const seed = Number(process.env["SEED"] ?? 1);
const bots = 20;
const stepMs = 20;

const dataDir = mkdtempSync(path.join(tmpdir(), "game-crash-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const open = (room: string) => WireClient.open(`${server.url.replace("http", "ws")}/ws/${room}`);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openRoom(): Promise<{ room: string; hostToken: string; flows: Flow[] }> {
  const answer = await fetch(`${server.url}/api/rooms`, { method: "POST", body: "{}" });
  const { room, host_token: hostToken } = (await answer.json()) as Record<string, string>;
  const host = await open(room!);
  await host.join("Exchange", "exchange", { host_token: hostToken! });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  await host.ask("set_limits", {
    ...{ orders_per_sec: 1_000, max_open_orders: 10_000, max_position: 1_000_000 },
  });
  const flows: Flow[] = [];
  for (let index = 0; index < bots; index++) {
    const client = await open(room!);
    await client.join(`bot ${index}`);
    flows.push(new Flow(client, `b${index}`, 100 * seed + index));
  }
  return { room: room!, hostToken: hostToken!, flows };
}

/** All send until the server is gone. */
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

/** Comes back by token, and finds the own orders as they were told. */
async function comeBack(flow: Flow, room: string): Promise<void> {
  const client = await open(room);
  const ack = await client.join("", "trader", { resume_token: flow.client.ack!.resume_token });
  expect(ack.resumed).toBe(true);
  expect(ack.user_id).toBe(flow.client.userId);
  const { orders } = (await client.ask("get_orders", {})) as Message<"orders">;
  const left = new Map(orders.map((order) => [order.order_id, order.leaves]));
  for (const { order_id: orderId, leaves, duplicate } of flow.client.all("order_ack"))
    if (duplicate !== true) expect(left.get(orderId) ?? 0).toBeLessThanOrEqual(leaves);
  flow.client = client;
}

test(
  `${kills} kills under ${bots} traders lose nothing and do nothing twice (seed ${seed})`,
  { timeout: 60_000 + kills * 15_000 },
  async () => {
    const { room, hostToken, flows } = await openRoom();
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
    const host = await open(room);
    await host.join("", "exchange", { host_token: hostToken });
    const all = (await host.ask("get_positions", {})) as Message<"positions">;
    expect(all.positions.reduce((sum, row) => sum + row.qty, 0)).toBe(0);
    expect(answered).toBeGreaterThan(kills * bots);
    await expectEachOnce(server.url, room, hostToken, flows);
    const slowest = Math.round(Math.max(...backMs));
    const sent = flows.reduce((sum, flow) => sum + flow.sent.size, 0);
    console.log(`${kills} kills, ${sent} orders; all traders back within ${slowest} ms at most`);
  },
);
