/**
 * Measures fifty rooms of twenty traders, minute after minute: time from order to acknowledgement, memory, and bytes on the
 * disk. None may drift, apart from the journals, which keep every order.
 */

import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runLoad, type LoadClient } from "./load.ts";
import { memoryOf, openGame, startGame } from "./room.ts";
import { summarize, table } from "./statistics.ts";

const rooms = 50;
const traders = 20;
const rate = 0.5;

export async function soak(minutes: number): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "game-soak-"));
  const game = await startGame(dataDir);
  try {
    const clients: LoadClient[] = [];
    for (let room = 0; room < rooms; room++) clients.push(...(await openGame(game.url, traders)));
    const rows: (string | number)[][] = [
      ["minute", "p50, ms", "p99", "unanswered", "memory, MiB", "disk, MiB", "largest log, MiB"],
    ];
    for (let minute = 1; minute <= minutes; minute++) {
      const load = { clients: clients.length, rate, seconds: 59, warmupSeconds: 0 };
      const result = await runLoad(clients, { ...load, cids: `${minute}/` });
      const { p50, p99 } = summarize(result.latenciesMs);
      const files = sizesOf(dataDir);
      const all = files.reduce((sum, [, size]) => sum + size, 0);
      const logs = files.filter(([name]) => name.endsWith("-wal")).map(([, size]) => size);
      const disk = [all, Math.max(...logs)].map((bytes) => bytes / 2 ** 20);
      rows.push([String(minute), p50, p99, result.unanswered, memoryOf(game.pid), ...disk]);
    }
    console.log(table(rows));
    for (const { socket } of clients) socket.close();
  } finally {
    await game.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function sizesOf(folder: string): [name: string, bytes: number][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, statSync(path.join(entry.parentPath, entry.name)).size]);
}
