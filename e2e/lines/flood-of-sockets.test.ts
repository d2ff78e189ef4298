/**
 * S23: sockets that take memory of the server and do nothing, on both addresses: unfinished messages, endless
 * handshakes, refused lines that are held open. Memory stays below a stated figure, a game beside goes on, and a
 * refused line is gone within a second.
 */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeAll, expect, test } from "vitest";
import { limits } from "#protocol";
import { frameOf, RawSocket } from "../support/hostile/raw-socket.ts";
import { manyConnects, ownServer } from "../support/own-server.ts";
import { residentBytes } from "../support/server-memory.ts";
import type { WireClient } from "../support/wire-client.ts";
import { ways, WireRoom } from "../support/wire-room.ts";

const mib = 2 ** 20;
/** Growth of launcher and runtime under sixty sockets that have sent 30 MiB each. */
const growthMost = 128 * mib;
/** Their growth under two thousand connections of one address. */
const crowdGrowthMost = 200 * mib;

const server = await ownServer(manyConnects);
let host: WireClient;
let alice: WireClient;
let bob: WireClient;
let made: WireRoom;

beforeAll(async () => {
  made = await WireRoom.make(server.url);
  host = await made.hostWith("X");
  alice = await made.trader("alice");
  bob = await made.trader("bob");
});

afterEach(async () => {
  await trade();
  for (const client of [host, alice, bob]) expect(client.closed).toBeNull();
});

async function trade(): Promise<void> {
  const order = { inst: 1, qty: 1, price: 100 } as const;
  expect((await alice.ask("order_new", { ...order, side: "sell" })).type).toBe("order_ack");
  expect((await bob.ask("order_new", { ...order, side: "buy" })).type).toBe("order_ack");
}

const pathOf = (way: string) => way.replace("{room}", made.room);

/** First bytes of a frame with this declared length. */
function headOf(bytes: number): Buffer {
  const head = Buffer.alloc(14);
  head.set([0x81, 0xff]);
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

/** @returns milliseconds until the other side has closed the line */
async function goneWithinMs(line: Socket): Promise<number> {
  const start = performance.now();
  // Nothing is sent from here, so the server ends the line.
  if (!line.destroyed && !line.readableEnded)
    await Promise.race([once(line, "end"), once(line, "close")]);
  return performance.now() - start;
}

test.each(ways)("sixty unfinished messages of 31 MiB on %s", async (way) => {
  const before = residentBytes(server.pid);
  const raws = await Promise.all(
    Array.from({ length: 60 }, () => RawSocket.open(server.url, pathOf(way))),
  );
  const chunk = Buffer.alloc(mib, " ");
  let peak = 0;
  for (const raw of raws) raw.line.write(headOf(31 * mib));
  for (let sent = 0; sent < 30; sent++) {
    for (const raw of raws) if (raw.line.writable) raw.line.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 50));
    peak = Math.max(peak, residentBytes(server.pid));
    if (sent % 10 === 0) await trade();
  }
  // The server refuses in words, then ends the line.
  for (const raw of raws) await expect.poll(() => raw.isClosed, { timeout: 10_000 }).toBe(true);
  expect(raws.filter((raw) => raw.received.includes("A frame may be at most")).length).toBe(60);
  expect(peak - before).toBeLessThan(growthMost);
});

test("sixty lines that stop within a message, half of them on each address, are let go in time", async () => {
  const before = residentBytes(server.pid);
  const raws = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      RawSocket.open(server.url, pathOf(ways[n % ways.length]!)),
    ),
  );
  const opened = performance.now();
  for (const raw of raws) raw.line.write(Buffer.concat([headOf(31 * mib), Buffer.alloc(900_000)]));
  await trade();
  await Promise.all(raws.map(({ line }) => goneWithinMs(line)));
  expect(performance.now() - opened).toBeLessThan(limits.joinDeadlineMs + 1_500);
  expect(residentBytes(server.pid) - before).toBeLessThan(growthMost);
}, 30_000);

test.each(ways)("a line on %s that was refused is gone within a second", async (way) => {
  const malformed = await RawSocket.open(server.url, pathOf(way));
  for (let count = 0; count < limits.malformedFrames; count++) malformed.frame(0x81, "{");
  await expect.poll(() => malformed.received.includes("Too many malformed")).toBe(true);
  expect(await goneWithinMs(malformed.line)).toBeLessThan(1_000);

  const kicked = await RawSocket.open(server.url, pathOf(way));
  kicked.text({ op: "join", room: made.room, name: `kicked ${ways.indexOf(way)}` });
  await expect.poll(() => kicked.received.includes("join_ack")).toBe(true);
  const userId = Number(/"user_id":(\d+)/.exec(kicked.received)![1]);
  await host.ask("kick", { user_id: userId });
  expect(await goneWithinMs(kicked.line)).toBeLessThan(1_000);

  const wrong = await RawSocket.open(server.url, pathOf(way));
  wrong.line.write(frameOf(0xc1, "x"));
  expect(await goneWithinMs(wrong.line)).toBeLessThan(1_000);
});

test("two thousand connections of one address, then it is told to wait, others come in", async () => {
  const { port } = new URL(server.url);
  const before = residentBytes(server.pid);
  const lines: Socket[] = [];
  const answers: string[] = [];
  for (let n = 0; n < 2_100; n++) {
    const line = connect({ port: Number(port), host: "127.0.0.1", localAddress: "127.0.0.2" });
    line.on("error", () => {});
    line.on("data", (chunk) => answers.push(String(chunk)));
    line.write(`GET /ws/${made.room} HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(8_000)}`);
    lines.push(line);
    if (n % 100 === 0) await once(line, "connect");
  }
  await expect.poll(() => answers.length).toBeGreaterThanOrEqual(100);
  expect(new Set(answers.map((one) => one.slice(0, 12)))).toEqual(new Set(["HTTP/1.1 429"]));
  await trade();
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  expect(residentBytes(server.pid) - before).toBeLessThan(crowdGrowthMost);
  for (const line of lines) line.destroy();
});

test.each(["*", "//evil.com/%2e%2e"])(
  "S24: the request target %s is a bad request",
  async (target) => {
    expect(await statusOf(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toBe(400);
  },
);

test("S24: a Host that is none is a bad request, one that nobody gave to this machine is not served", async () => {
  for (const [name, status] of [
    ["a b", 400],
    ["rebound.evil.test", 421],
    ["localhost", 200],
    ["[::1]:8787", 200],
  ] as const)
    expect(await statusOf(`GET /api/health HTTP/1.1\r\nHost: ${name}\r\n\r\n`), name).toBe(status);
  expect(server.output).not.toContain('"level":"error"');
});

/** Status of the answer to a raw request. */
async function statusOf(request: string): Promise<number> {
  const line = connect(server.port, "127.0.0.1");
  line.write(request);
  const [answer] = (await once(line, "data")) as [Buffer];
  line.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(String(answer))?.[1]);
}
