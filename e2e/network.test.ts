/**
 * Traders on bad lines, and `kill -9` of the server between: every request is executed once at most and answered the
 * same however often it is sent, what was acknowledged is kept, and everybody's stream leads to what the room holds.
 * `REQUESTS` says how many each trader sends (`npm run chaos`: 4,000), `SEED` repeats what is drawn.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#protocol";
import { seeded } from "../game/test-table.ts";
import { BadLine, noTrouble } from "./bad-line.ts";
import { csv } from "./files.ts";
import { Follower } from "./follower.ts";
import { LineBot } from "./line-bot.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireClient } from "./wire-client.ts";

const requests = Number(process.env["REQUESTS"] ?? 150);
const seed = Number(process.env["SEED"] ?? 1);
const bots = 6;
const stepMs = 10;
const kills = Math.max(2, Math.round(requests / 75));

const dataDir = mkdtempSync(path.join(tmpdir(), "game-network-"));
const settings = { CONNECTS_PER_MINUTE: "100000" };
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir, settings);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const address = () => server.url.replace("http", "ws");
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openHost(room: string, hostToken: string): Promise<WireClient> {
  const host = await WireClient.open(`${address()}/ws/${room}`);
  await host.join("Exchange", "exchange", { host_token: hostToken });
  return host;
}

async function openRoom(): Promise<{ room: string; hostToken: string }> {
  const answer = await fetch(`${server.url}/api/rooms`, { method: "POST", body: "{}" });
  const made = (await answer.json()) as { room: string; host_token: string };
  const host = await openHost(made.room, made.host_token);
  for (const symbol of ["X", "Y"])
    await host.ask("add_instrument", { symbol, type: "SCALAR", tick_size: 1 });
  const most = { max_open_orders: 10_000, max_position: 1_000_000 };
  await host.ask("set_limits", { orders_per_sec: 1_000, ...most });
  host.close();
  return { room: made.room, hostToken: made.host_token };
}

/** All trade until each has sent what it is to send; the server dies on the way. */
async function trade(all: LineBot[], random: () => number): Promise<void> {
  let killed = 0;
  let next = (requests / (kills + 1)) * (0.5 + random());
  const sent = () => all.reduce((sum, bot) => sum + bot.sent.size, 0) / bots;
  while (all.some((bot) => bot.sent.size < requests)) {
    for (const bot of all) {
      if (bot.sent.size < requests) bot.act();
      if (random() < 0.05) bot.askAgain();
      bot.look();
    }
    await sleep(stepMs);
    if (killed === kills || sent() < next) continue;
    killed++;
    next += (requests - next) / (kills - killed + 1);
    await server.kill();
    await server.start();
  }
  expect(killed).toBe(kills);
}

async function settled(all: LineBot[]): Promise<void> {
  await expect
    .poll(() => {
      for (const bot of all) bot.look();
      return all.filter((bot) => !bot.isSettled).map(({ name }) => name);
    })
    .toEqual([]);
}

/** @returns the cids that were executed, by what their one answer says */
function expectOneAnswerEach({ sent }: LineBot): {
  executed: string[];
  orders: Map<string, number>;
} {
  const executed: string[] = [];
  const orders = new Map<string, number>();
  for (const [cid, { answers, seqBefore }] of sent) {
    const stripped = answers.map((message) => {
      const { duplicate: _, ...first } = message as Message & { duplicate?: boolean };
      return first as Message;
    });
    const fresh = answers.filter((message) => !("duplicate" in message));
    expect(fresh.length, cid).toBeLessThanOrEqual(1);
    const [first] = stripped;
    for (const again of stripped) expect(again).toEqual(first);
    if (first === undefined) throw new Error(`${cid} was never answered`);
    // What was known when it was sent came before it.
    if ("seq" in first) expect(first.seq, cid).toBeGreaterThan(seqBefore);
    if (first.type === "error")
      expect(["RATE_LIMITED", "INTERNAL", "NOT_JOINED"]).not.toContain(first.code);
    else executed.push(cid);
    if (first.type === "order_ack") orders.set(cid, first.order_id);
  }
  return { executed, orders };
}

async function expectExecutedOnce(room: string, hostToken: string, all: LineBot[]): Promise<void> {
  const [events, orders, trades] = await Promise.all(
    ["events.csv", "orders.csv", "trades.csv"].map((file) =>
      csv(server.url, room, hostToken, file),
    ),
  );
  for (const bot of all) {
    const { executed, orders: acked } = expectOneAnswerEach(bot);
    const user = String(bot.userId);
    const inEvents = events!
      .filter((row) => row["user_id"] === user && row["op"] !== "join")
      .map((row) => (JSON.parse(row["detail"]!) as { cid?: string }).cid);
    expect(inEvents.toSorted()).toEqual(executed.toSorted());
    for (const [cid, orderId] of acked) {
      const rows = orders!.filter((row) => row["cid"] === cid);
      expect(rows.map((row) => row["order_id"])).toEqual([String(orderId)]);
    }
    const own = trades!.filter((row) => row["buyer_id"] === user || row["seller_id"] === user);
    expect([...bot.follower.fills.keys()].toSorted((a, b) => a - b)).toEqual(
      own.map((row) => Number(row["trade_id"])),
    );
  }
}

/** What a connection of the same trader is told that knows nothing yet. */
async function afresh(room: string, token: string): Promise<Follower> {
  const follower = new Follower();
  const client = await WireClient.open(`${address()}/ws/${room}`);
  client.onMessage = (message) => follower.apply(message);
  await client.join("", "trader", { resume_token: token });
  await client.ask("get_orders", {});
  await client.ask("get_positions", {});
  client.close();
  return follower;
}

const told = ({ orders, positions, books }: Follower) => ({
  orders: [...orders].toSorted(([a], [b]) => a - b),
  positions,
  books,
});

/** Nobody trades any more: what is still to be told of books and marks comes within a beat. */
async function expectSameAsAfresh(room: string, hostToken: string, all: LineBot[]): Promise<void> {
  const host = await openHost(room, hostToken);
  const { positions } = (await host.ask("get_positions", {})) as Message<"positions">;
  for (const { userId, follower } of all) {
    const own = positions
      .filter((row) => row.user_id === userId)
      .map(({ user_id: _, ...row }) => row);
    await expect.poll(() => follower.positions).toEqual(own);
    for (const book of follower.books) {
      const { bids, asks } = (await host.ask("get_snapshot", { inst: book.inst })) as typeof book &
        Message;
      await expect.poll(() => follower.books[book.inst - 1]).toMatchObject({ bids, asks });
    }
  }
  host.close();
  for (const bot of all) {
    bot.leave();
    expect(told(bot.follower)).toEqual(told(await afresh(room, bot.token)));
  }
  for (const inst of [1, 2]) {
    const rows = positions.filter((row) => row.inst === inst);
    expect(rows.reduce((sum, { qty }) => sum + qty, 0)).toBe(0);
  }
}

test(
  `${bots} traders on bad lines and ${kills} kills: each request once, nothing lost (seed ${seed})`,
  { timeout: 60_000 + requests * 200 },
  async () => {
    const { room, hostToken } = await openRoom();
    const count = noTrouble();
    const lines: BadLine[] = [];
    const all: LineBot[] = [];
    for (let index = 0; index < bots; index++) {
      const line = await BadLine.open(address(), 1_000 * seed + index, count);
      line.isBad = false;
      lines.push(line);
      const random = seeded(2_000 * seed + index);
      all.push(new LineBot(`${line.url}/ws/${room}`, `bot${index}`, random));
    }
    for (const bot of all) bot.connect();
    await settled(all);
    for (const line of lines) line.isBad = true;
    await trade(all, seeded(seed));
    for (const line of lines) line.isBad = false;
    await settled(all);

    for (const bot of all) expect(bot.follower.faults).toEqual([]);
    await expectExecutedOnce(room, hostToken, all);
    await expectSameAsAfresh(room, hostToken, all);
    for (const line of lines) line.close();
    expect(Object.entries(count).filter(([, times]) => times === 0)).toEqual([]);
    const reconnects = all.reduce((sum, bot) => sum + bot.reconnects, 0);
    console.log(`seed ${seed}, ${reconnects} reconnects, ${JSON.stringify(count)}`);
  },
);
