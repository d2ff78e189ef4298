/**
 * Measures how long a room with a long journal takes to answer its first message after the server was killed: from the
 * socket's opening to `join_ack`, from its last snapshot, and by replaying the whole journal.
 */

import { globSync, mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "../scripts/build.mjs";
import { freePort, ServerProcess } from "../e2e/support/server-process.ts";
import { WireClient } from "../e2e/support/wire-client.ts";
import { table } from "./statistics.ts";

const commands = 100_000;
const traders = 20;
/** Requests that a trader has in flight at a time. */
const window = 40;
const wakes = 3;

export async function benchWake(): Promise<void> {
  build();
  const dataDir = mkdtempSync(path.join(tmpdir(), "game-wake-"));
  const server = new ServerProcess(await freePort(), dataDir);
  await server.start();
  try {
    const room = await fill(server.url);
    const rows: (string | number)[][] = [["first answer of a room", "entries", "ms"]];
    for (const [name, prepare] of [
      ["from its last snapshot", () => {}],
      ["by its whole journal", () => dropSnapshots(dataDir)],
    ] as const)
      for (let round = 0; round < wakes; round++) {
        await server.kill();
        prepare();
        await server.start();
        await fetch(`${server.url}/api/health`);
        rows.push([name, commands, await firstAnswerMs(server.url, room)]);
      }
    console.log(table(rows));
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Makes a room with a journal of `commands` orders and cancels. @returns its code */
async function fill(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/rooms`, { method: "POST", body: "{}" });
  const { room, host_token } = (await answer.json()) as { room: string; host_token: string };
  const address = `${url.replace("http", "ws")}/ws/${room}`;
  const host = await WireClient.open(address);
  await host.join("Exchange", "exchange", { host_token });
  for (let n = 1; n <= 10; n++)
    await host.ask("add_instrument", { symbol: `X${n}`, type: "SCALAR", tick_size: 1 });
  await host.ask("set_limits", { orders_per_sec: 1_000, max_position: 1_000_000 });
  await Promise.all(Array.from({ length: traders }, (_, index) => trade(address, index)));
  host.close();
  return room;
}

async function trade(address: string, index: number): Promise<void> {
  const trader = await WireClient.open(address);
  await trader.join(`t${index}`);
  trader.keep = false;
  let sent = 0;
  const next = () => {
    const n = sent++;
    const side = (n + index) % 2 === 0 ? "buy" : "sell";
    const price = 100 + (side === "buy" ? -1 : 1) * ((n % 9) - 3);
    const order = { inst: 1 + (n % 10), side, price, qty: 1 + (n % 5), cid: `${n}` };
    trader.send({ op: "order_new", ...order, tif: n % 4 === 0 ? "GFD" : "IOC" });
  };
  const total = commands / traders;
  let answered = 0;
  await new Promise<void>((resolve) => {
    trader.onMessage = (message) => {
      if (!("cid" in message) || message.cid === undefined) return;
      answered++;
      if (sent < total) next();
      else if (answered === total) resolve();
    };
    for (let n = 0; n < window; n++) next();
  });
  trader.close();
}

async function firstAnswerMs(url: string, room: string): Promise<number> {
  const start = performance.now();
  const watcher = await WireClient.open(`${url.replace("http", "ws")}/ws/${room}`);
  await watcher.join(`w${Math.trunc(start)}`, "spectator");
  const took = performance.now() - start;
  watcher.close();
  return took;
}

function dropSnapshots(dataDir: string): void {
  for (const file of globSync("**/*.sqlite", { cwd: dataDir })) {
    const db = new DatabaseSync(path.join(dataDir, file));
    const [found] = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'snapshot'").all();
    if (found !== undefined) db.exec("DELETE FROM snapshot");
    db.close();
  }
}
