/**
 * S13, R11: sockets that are never read. Under a runtime that tells what is unread they are cut, and neither the
 * room's trading nor the server's memory suffers from them.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeCode, limits } from "#protocol";
import { RawSocket } from "./raw-socket.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { tellingWorkerd } from "./telling-workerd.ts";
import { WireRoom } from "./wire-room.ts";

const deaf = 50;
const dataDir = mkdtempSync(path.join(tmpdir(), "game-slow-"));
let server: ServerProcess;
let room: WireRoom;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir, { WORKERD: tellingWorkerd() });
  await server.start();
  room = await WireRoom.make(server.url);
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** How many sockets the server has closed as readers too slow. */
async function cut(): Promise<number> {
  const stats = (await (await fetch(`${server.url}/api/stats`)).json()) as {
    closes: Record<string, number>;
  };
  return stats.closes[closeCode.slowConsumer] ?? 0;
}

/** Resident bytes of the runtime: the launcher's only child. */
function resident(): number {
  const statusOf = (pid: string) => readFileSync(`/proc/${pid}/status`, "utf8");
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
    try {
      const status = statusOf(pid);
      if (status.includes(`\nPPid:\t${server.pid}\n`) && status.startsWith("Name:\tworkerd"))
        return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) * 1024;
    } catch {
      // Gone between listing and reading.
    }
  throw new Error("no runtime found");
}

test(`${deaf} sockets that are never read are cut, while the others trade`, async () => {
  const host = await room.hostWith("X");
  const alice = await room.trader("alice");
  const bob = await room.trader("bob");
  const sockets: RawSocket[] = [];
  for (let n = 0; n < deaf; n++) {
    const raw = await RawSocket.open(server.url, `/ws/${room.room}`);
    raw.text({ op: "join", name: `deaf ${n}`, role: "trader" });
    await expect.poll(() => raw.received.includes("join_ack")).toBe(true);
    for (let order = 0; order < 150; order++)
      raw.text({ op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 + (order % 40) });
    sockets.push(raw);
  }
  // Each asks for some 30 KiB.
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
  const before = resident();
  for (const { line } of sockets) line.pause();
  const deadline = Date.now() + 60_000;
  let peak = before;
  while ((await cut()) < deaf && Date.now() < deadline) {
    askAll();
    await trade();
    peak = Math.max(peak, resident());
  }
  expect(await cut()).toBe(deaf);
  // What is unread, once more as garbage of the answers that it was made of.
  expect(peak - before).toBeLessThan(2 * deaf * limits.backlogBytesMost);
  for (const client of [host, alice, bob]) expect(client.closed).toBeNull();
  for (const raw of sockets) raw.end();
});
