/**
 * The debrief of a long session: the time from its close until everybody can read it, from there until the archive has it,
 * and the time that another room's orders take meanwhile; sizes of the log, the debrief and the archive.
 */

import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { countsInArchive } from "../e2e/support/archive-reader.ts";
import { makeLongSession } from "../e2e/support/long-session.ts";
import { freePort, ServerProcess } from "../e2e/support/server-process.ts";
import { WireClient } from "../e2e/support/wire-client.ts";
import { build } from "../scripts/build.mjs";
import { runLoad } from "./load.ts";
import { cpuOf } from "./processor.ts";
import { openGame } from "./room.ts";
import { summarize, table } from "./statistics.ts";

const requests = Number(process.env["N"] ?? 105_000);
/** Orders a second in the other room. */
const load = { clients: 4, rate: 25, warmupSeconds: 0 };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function benchDebrief(): Promise<void> {
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "game-debrief-"));
  const dataDir = path.join(folder, "data");
  const server = new ServerProcess(await freePort(), dataDir);
  try {
    await server.start();
    const session = await makeLongSession(server, dataDir, requests);
    const { room, hostToken, address } = session.room;
    console.log(`${requests} requests, ${session.orders} orders, ${session.trades} trades`);
    // The first to ask may be told to try again, while the room still wakes up.
    while (!(await fetch(`${server.url}/api/rooms/${room}`)).ok) await sleep(250);
    const host = await WireClient.open(address);
    await host.join("Exchange", "exchange", { host_token: hostToken });
    const clients = await openGame(server.url, load.clients);
    await runLoad(clients, { ...load, seconds: 5, cids: "warm" });
    const quiet = await runLoad(clients, { ...load, seconds: 15, cids: "quiet" });
    const rows: (string | number)[][] = [
      ["", "seconds", "of a core", "MB", "p99 of another room, ms"],
    ];
    rows.push(["quiet", 15, "", "", summarize(quiet.latenciesMs).p99]);
    let slices = 0;
    const measure = async (name: string, work: () => Promise<number>) => {
      const latencies: number[] = [];
      let isDone = false;
      const loaded = (async () => {
        while (!isDone) {
          const cids = `m${slices++}`;
          latencies.push(...(await runLoad(clients, { ...load, seconds: 1, cids })).latenciesMs);
        }
      })();
      const [start, before] = [performance.now(), cpuOf(server.pid)];
      const bytes = await work();
      const seconds = (performance.now() - start) / 1_000;
      const cpu = cpuOf(server.pid) - before;
      isDone = true;
      await loaded;
      rows.push([
        name,
        seconds.toFixed(1),
        cpu.toFixed(1),
        (bytes / 1e6).toFixed(2),
        summarize(latencies).p99,
      ]);
    };
    const closed = (await host.ask("session", { state: "closed" })) as { debrief_url?: string };
    const [page = "", key = ""] = (closed.debrief_url ?? "").split("#");
    const read = async (what: string) => {
      const answer = await fetch(`${server.url}/api/sessions/${page.slice(3)}${what}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      if (!answer.ok) throw new Error(`${what} of ${room} answers ${answer.status}`);
      return (await answer.arrayBuffer()).byteLength;
    };
    await measure("closed to debrief ready", () => read("/debrief"));
    await measure("log, from the room", () => read("/log"));
    await measure("archived", async () => {
      while (countsInArchive(dataDir)["sessions"] === 0) await sleep(250);
      return sizeOf(dataDir, "d1");
    });
    await measure("debrief, from the archive", () => read("/debrief"));
    await measure("log, from the archive", () => read("/log"));
    await measure("session.zip for the class", () => read("/files/session.zip"));
    for (const { socket } of clients) socket.close();
    console.log(table(rows));
    console.log(`files of rooms: ${(sizeOf(dataDir, "do") / 1e6).toFixed(1)} MB`);
  } catch (fault) {
    console.log(server.output.slice(-6_000));
    throw fault;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf(dataDir: string, part: string): number {
  const files = globSync(`${part}/**/*.sqlite*`, { cwd: dataDir });
  return files.reduce((sum, name) => sum + statSync(path.join(dataDir, name)).size, 0);
}
