/**
 * S13, R11: sockets that are never read, on both addresses, are cut, and neither the room's trading nor the server's
 * memory suffers.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { closeCode, limits } from "#protocol";
import { RawSocket } from "../support/hostile/raw-socket.ts";
import { ownServer } from "../support/own-server.ts";
import { residentBytes } from "../support/server-memory.ts";
import type { WireClient } from "../support/wire-client.ts";
import { ways, WireRoom, type WayIn } from "../support/wire-room.ts";

const deaf = 20;
const server = await ownServer();

/** Number of sockets that the server has closed as too slow readers. */
async function cut(): Promise<number> {
  const stats = (await (await fetch(`${server.url}/api/stats`)).json()) as {
    closes: Record<string, number>;
  };
  return stats.closes[closeCode.slowConsumer] ?? 0;
}

/** A room of twenty deaf sockets, and of three people who go on. */
interface Table {
  people: WireClient[];
  trade: () => Promise<void>;
  sockets: RawSocket[];
}

async function table(way: WayIn): Promise<Table> {
  const room = await WireRoom.make(server.url, {}, way);
  const host = await room.hostWith("X");
  const alice = await room.trader("alice");
  const bob = await room.trader("bob");
  const trade = async () => {
    const order = { inst: 1, qty: 1, price: 100 } as const;
    expect((await alice.ask("order_new", { ...order, side: "sell" })).type).toBe("order_ack");
    expect((await bob.ask("order_new", { ...order, side: "buy" })).type).toBe("order_ack");
  };
  const sockets = await Promise.all(
    Array.from({ length: deaf }, async (_, n) => {
      const raw = await RawSocket.open(server.url, room.path);
      raw.text({ op: "join", ...room.named, name: `deaf ${n}`, role: "trader" });
      await expect.poll(() => raw.received.includes("join_ack")).toBe(true);
      for (let order = 0; order < 150; order++)
        raw.text({ op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 + (order % 40) });
      return raw;
    }),
  );
  return { people: [host, alice, bob], trade, sockets };
}

// Both at once: most of the time passes until a trader's rate of bytes has filled the buffers of the system.
test(`${deaf} sockets on each address that are never read are cut, others trade`, async () => {
  const tables = await Promise.all(ways.map(table));
  const sockets = tables.flatMap((one) => one.sockets);
  // Each request is answered with some 30 KiB.
  const askAll = () => {
    for (const raw of sockets)
      for (let n = 0; n < 8; n++) if (!raw.isClosed) raw.text({ op: "get_orders" });
  };
  const trade = () => Promise.all(tables.map((one) => one.trade()));
  // Once before, so that the memory for making answers is there.
  askAll();
  await trade();
  const before = residentBytes(server.pid);
  for (const { line } of sockets) line.pause();
  const deadline = Date.now() + 60_000;
  let peak = before;
  while ((await cut()) < sockets.length && Date.now() < deadline) {
    askAll();
    await trade();
    // The server answers each trader with some 200 KiB a second, that is a list every 150 ms.
    await sleep(500);
    peak = Math.max(peak, residentBytes(server.pid));
  }
  expect(await cut()).toBe(sockets.length);
  // Unread bytes, and as many again of garbage from making the answers.
  expect(peak - before).toBeLessThan(2 * sockets.length * limits.backlogBytesMost);
  for (const { people } of tables) for (const client of people) expect(client.closed).toBeNull();
  for (const raw of sockets) raw.end();
});
