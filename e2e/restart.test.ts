/**
 * Restarts with SIGTERM under a flow of orders: every client is told to come back (1012), the server ends by itself,
 * and nothing that was acknowledged is lost or done twice. `RESTARTS` says how often.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeCode, type Message } from "#protocol";
import { expectEachOnce, Flow, resendLast } from "./acked-flow.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireClient } from "./wire-client.ts";

const restarts = Number(process.env["RESTARTS"] ?? 3);
const dataDir = mkdtempSync(path.join(tmpdir(), "game-restart-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const address = (room: string) => `${server.url.replace("http", "ws")}/ws/${room}`;

/** A room of its own, with a host and two traders: a restart must reach every room. */
async function table(name: string, seed: number) {
  const answer = await fetch(`${server.url}/api/rooms`, {
    method: "POST",
    // Whose orders go when the connection drops: a restart must not count as that.
    body: JSON.stringify({ settings: { on_disconnect: "cancel" } }),
  });
  const { room, host_token: hostToken } = (await answer.json()) as Record<string, string>;
  const host = await WireClient.open(address(room!));
  await host.join("Exchange", "exchange", { host_token: hostToken });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  const flows: Flow[] = [];
  for (const who of ["ana", "bo"]) {
    const client = await WireClient.open(address(room!));
    await client.join(who);
    flows.push(new Flow(client, `${name}-${who}`, seed + flows.length));
  }
  return { room: room!, hostToken: hostToken!, host, flows };
}

test(
  `${restarts} restarts under flow lose nothing`,
  { timeout: 60_000 + restarts * 10_000 },
  async () => {
    const tables = [await table("one", 3), await table("two", 5)];
    for (let round = 0; round < restarts; round++) {
      let isFlowing = true;
      const flowing = (async () => {
        while (isFlowing) {
          for (const { flows } of tables) for (const flow of flows) flow.step();
          await new Promise((resolve) => setTimeout(resolve, 40));
        }
      })();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await server.stop()).toBe(0);
      isFlowing = false;
      await flowing;
      const clients = tables.flatMap(({ host, flows }) => [
        host,
        ...flows.map((one) => one.client),
      ]);
      for (const client of clients)
        expect((await client.whenClosed()).code).toBe(closeCode.serviceRestart);

      await server.start();
      for (const one of tables) {
        const { room, hostToken, flows } = one;
        for (const flow of flows) {
          flow.collect();
          const client = await WireClient.open(address(room));
          const token = flow.client.ack?.resume_token ?? "";
          const ack = await client.join("", "trader", { resume_token: token });
          expect(ack.resumed).toBe(true);
          const { orders } = (await client.ask("get_orders", {})) as Message<"orders">;
          expectStillOpen(flow, orders);
          flow.client = client;
        }
        one.host = await WireClient.open(address(room));
        await one.host.join("", "exchange", { host_token: hostToken });
        for (const flow of flows) await resendLast(flow, 100);
      }
    }
    for (const { room, hostToken, flows } of tables) {
      expect(flows.every(({ acked }) => acked.size > restarts)).toBe(true);
      await expectEachOnce(server.url, room, hostToken, flows);
    }
  },
);

/** Nobody traded since: what the last word on an order left resting rests. A repeated ack is an old word. */
function expectStillOpen(flow: Flow, orders: { order_id: number }[]): void {
  const open = new Set(orders.map(({ order_id }) => order_id));
  const leaves = new Map<number, number>();
  for (const message of flow.client.inbox) {
    const isWord =
      (message.type === "order_ack" && message.duplicate !== true) ||
      message.type === "order" ||
      message.type === "fill";
    if (isWord) leaves.set(message.order_id, message.leaves);
  }
  const resting = [...leaves].filter(([, left]) => left > 0).map(([orderId]) => orderId);
  expect(resting.filter((orderId) => !open.has(orderId))).toEqual([]);
}
