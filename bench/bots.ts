/**
 * Measures what bots cost: twelve in each of twenty rooms, each with one person who looks on, while they trade freely and
 * while they play a round with cards; and the same rooms once nobody is connected. The share is of one core, of the time
 * that the server's processes together were given one, so that other work on the machine matters little.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BotKind } from "#protocol";
import { RoomClient } from "../client/room-client.ts";
import { WireRoom } from "../e2e/support/wire-room.ts";
import { cpuOf } from "./processor.ts";
import { startGame } from "./room.ts";
import { table } from "./statistics.ts";

const rooms = 20;
/** Twelve: each kind, and those again that are seen most. */
const crew = { maker: 2, noise: 3, momentum: 2, informed: 2, sleeper: 1, parity: 1, bluffer: 1 };
const botsARoom = Object.values(crew).reduce((sum, count) => sum + count);
const seconds = 20;
/** Time after which a room without people is to cost nothing. */
const quietMs = 10_000;
/** Shares of a core: what bots may cost, and what is no more than nothing beside a server without rooms. */
const mostOfBots = 0.15;
const nothing = 0.005;

export async function benchBots(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "game-bots-"));
  const game = await startGame(dataDir);
  try {
    const shares = new Map<string, number>();
    const measure = async (name: string) => {
      shares.set(name, await shareOf(game.pid));
      return shares.get(name) ?? 0;
    };
    const idle = await measure("no rooms");
    const traders = await many(async () => list(await openRoom(game.url)));
    const alone = await measure("a person in each, no bots");
    for (const host of traders) await addBots(host);
    const free = await measure(`${botsARoom} bots in each, free trading`);
    for (const host of traders) host.leave();
    const players = await many(async () => deal(await addBots(await openRoom(game.url))));
    const dealt = await measure(`${botsARoom} bots in each, a round with cards`);
    for (const host of players) host.leave();
    await pass(quietMs);
    const left = await measure(`nobody connected, after ${quietMs / 1_000} s`);
    const rows = [...shares].map(([name, share]) => [name, percent(share)]);
    console.log(table([[`${rooms} rooms`, "of a core"], ...rows]));
    verdict("Bots in free trading", free - alone, mostOfBots);
    verdict("Bots in a round", dealt - alone, mostOfBots);
    verdict("Bots with nobody connected", left - idle, nothing);
  } finally {
    await game.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function verdict(what: string, share: number, most: number): void {
  const isWithin = share <= most;
  if (!isWithin) process.exitCode = 1;
  console.log(`${what}: ${percent(share)}, ${isWithin ? "within" : "OVER"} ${percent(most)}`);
}

async function many<T>(make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < rooms) made.push(await make());
  return made;
}

async function openRoom(url: string): Promise<RoomClient> {
  const { room, hostToken } = await WireRoom.make(url);
  const host = new RoomClient({ url, room, name: "Exchange", role: "exchange", hostToken });
  const joined = await host.join();
  if (!joined.ok) throw new Error(joined.message);
  return host;
}

/** Lists an index with three calls and puts. */
async function list(host: RoomClient): Promise<RoomClient> {
  const bounds = { min_price: 0, max_price: 200, tick_size: 1 };
  await host.ask("add_instrument", { symbol: "INDEX", type: "SCALAR", ...bounds });
  for (const strike of [90, 100, 110])
    for (const type of ["CALL", "PUT"] as const)
      await host.ask("add_instrument", {
        ...{ symbol: `${strike}${type}`, type, strike, reference_id: 1, tick_size: 0.5 },
      });
  return host;
}

async function addBots(host: RoomClient): Promise<RoomClient> {
  for (const [kind, count] of Object.entries(crew))
    await host.ask("bot_add", { kind: kind as BotKind, count });
  return host;
}

/** Starts a round, and leads it to its trading. */
async function deal(host: RoomClient): Promise<RoomClient> {
  await host.ask("round_start", { format: "card_sum", auto: false });
  for (const _before of ["brief", "deal"]) await host.ask("round_step", { action: "next" });
  return host;
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Share of a core that a process and its children take over some seconds. */
async function shareOf(pid: number): Promise<number> {
  const before = cpuOf(pid);
  await pass(seconds * 1_000);
  return (cpuOf(pid) - before) / seconds;
}
