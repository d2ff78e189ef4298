/**
 * Restarts with SIGTERM under a flow of orders: every client is told to come back (1012), the server ends by itself,
 * and no acknowledged request is lost or done twice. `RESTARTS` says how often.
 */

import { expect, test } from "vitest";
import { closeCode, type Message } from "#protocol";
import { expectEachOnce, resendLast } from "../support/faults/acked-flow.ts";
import { ownServer } from "../support/own-server.ts";
import { WireClient } from "../support/wire-client.ts";
import { WireRoom, type WayIn } from "../support/wire-room.ts";

const restarts = Number(process.env["RESTARTS"] ?? 2);
const server = await ownServer();

/** A room with a host and two traders: a restart must reach every room. */
async function table(name: string, seed: number, way: WayIn) {
  // Orders go when a connection drops: a restart must not count as that.
  const room = await WireRoom.make(server.url, { settings: { on_disconnect: "cancel" } }, way);
  const host = await room.hostWith("X");
  const flows = [await room.flow(`${name} ana`, seed), await room.flow(`${name} bo`, seed + 1)];
  return { room, host, flows };
}

test(
  `${restarts} restarts under flow lose nothing`,
  { timeout: 60_000 + restarts * 10_000 },
  async () => {
    const tables = [await table("one", 3, "/ws/{room}"), await table("two", 5, "/ws")];
    for (let round = 0; round < restarts; round++) {
      let isFlowing = true;
      const flowing = (async () => {
        while (isFlowing) {
          for (const { flows } of tables) for (const flow of flows) flow.step();
          await new Promise((resolve) => setTimeout(resolve, 40));
        }
      })();
      const undecided = await WireClient.open(`${server.url.replace("http", "ws")}/ws`);
      await undecided.ask("ping", {});
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await server.stop()).toBe(0);
      isFlowing = false;
      await flowing;
      const inRooms = tables.flatMap(({ host, flows }) => [
        host,
        ...flows.map((one) => one.client),
      ]);
      const clients = [undecided, ...inRooms];
      for (const client of clients)
        expect((await client.whenClosed()).code).toBe(closeCode.serviceRestart);

      await server.start();
      for (const one of tables) {
        const { room, flows } = one;
        for (const flow of flows) {
          flow.collect();
          const before = flow.client.inbox;
          await room.resume(flow);
          const { orders } = (await flow.client.ask("get_orders", {})) as Message<"orders">;
          expectStillOpen(before, orders);
        }
        one.host = await room.host();
        for (const flow of flows) await resendLast(flow, 100);
      }
    }
    for (const { room, flows } of tables) {
      expect(flows.every(({ acked }) => acked.size > restarts)).toBe(true);
      await expectEachOnce(room, flows);
    }
  },
);

/** Expects the orders last told as resting to rest: nobody has traded since. A repeated ack is out of date. */
function expectStillOpen(told: Message[], orders: { order_id: number }[]): void {
  const open = new Set(orders.map(({ order_id }) => order_id));
  const leaves = new Map<number, number>();
  for (const message of told) {
    const isWord =
      (message.type === "order_ack" && message.duplicate !== true) ||
      message.type === "order" ||
      message.type === "fill";
    if (isWord) leaves.set(message.order_id, message.leaves);
  }
  const resting = [...leaves].filter(([, left]) => left > 0).map(([orderId]) => orderId);
  expect(resting.filter((orderId) => !open.has(orderId))).toEqual([]);
}
