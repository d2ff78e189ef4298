/**
 * S13, R11: sockets that are never read, on both addresses, are cut, and neither the room's trading nor the server's
 * memory suffers.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeCode, limits } from "#protocol";
import { RawSocket } from "./support/raw-socket.ts";
import { freePort, ServerProcess } from "./support/server-process.ts";
import { residentBytes } from "./support/server-memory.ts";
import { ways, WireRoom } from "./support/wire-room.ts";

const deaf = 20;
const dataDir = mkdtempSync(path.join(tmpdir(), "game-slow-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Number of sockets that the server has closed as too slow readers. */
async function cut(): Promise<number> {
  const stats = (await (await fetch(`${server.url}/api/stats`)).json()) as {
    closes: Record<string, number>;
  };
  return stats.closes[closeCode.slowConsumer] ?? 0;
}

test.each(ways)(`${deaf} sockets on %s that are never read are cut, others trade`, async (way) => {
  const room = await WireRoom.make(server.url, {}, way);
  const host = await room.hostWith("X");
  const alice = await room.trader("alice");
  const bob = await room.trader("bob");
  const sockets: RawSocket[] = [];
  for (let n = 0; n < deaf; n++) {
    const raw = await RawSocket.open(server.url, room.path);
    raw.text({ op: "join", ...room.named, name: `deaf ${n}`, role: "trader" });
    await expect.poll(() => raw.received.includes("join_ack")).toBe(true);
    for (let order = 0; order < 150; order++)
      raw.text({ op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 + (order % 40) });
    sockets.push(raw);
  }
  // Each request is answered with some 30 KiB.
  const askAll = () => {
    for (const raw of sockets)
      for (let n = 0; n < 8; n++) if (!raw.isClosed) raw.text({ op: "get_orders" });
  };
  const trade = async () => {
    const order = { inst: 1, qty: 1, price: 100 } as const;
    expect((await alice.ask("order_new", { ...order, side: "sell" })).type).toBe("order_ack");
    expect((await bob.ask("order_new", { ...order, side: "buy" })).type).toBe("order_ack");
  };
  for (let round = 0; round < 5; round++) {
    askAll();
    await trade();
  }
  const cutBefore = await cut();
  const before = residentBytes(server.pid);
  for (const { line } of sockets) line.pause();
  const deadline = Date.now() + 60_000;
  let peak = before;
  while ((await cut()) - cutBefore < deaf && Date.now() < deadline) {
    askAll();
    await trade();
    peak = Math.max(peak, residentBytes(server.pid));
  }
  expect((await cut()) - cutBefore).toBe(deaf);
  // Unread bytes, and as many again of garbage from making the answers.
  expect(peak - before).toBeLessThan(2 * deaf * limits.backlogBytesMost);
  for (const client of [host, alice, bob]) expect(client.closed).toBeNull();
  for (const raw of sockets) raw.end();
});
