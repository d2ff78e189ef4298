/**
 * The debrief of a long session: the time from its close until everybody can read it, from there until the archive has it,
 * and until its files are read; the time that another room's orders take meanwhile, against a quiet server in the same run,
 * and the longest pieces of work on the thread that they share; sizes; and the times that its page takes in a browser.
 * `TMPDIR=/dev/shm npm run bench:debrief` takes the stalls of a shared disk out of it; seconds without a core tell how
 * much others had of the machine.
 */

import { execFile } from "node:child_process";
import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { countingMs, sessionsInArchive } from "../e2e/support/archive-reader.ts";
import { makeLongSession } from "../e2e/support/long-session.ts";
import { freePort, ServerProcess } from "../e2e/support/server-process.ts";
import { WireClient } from "../e2e/support/wire-client.ts";
import { build } from "../scripts/build.mjs";
import { runLoad } from "./load.ts";
import { cpuOf } from "./processor.ts";
import { pageTimes, type PageTimes } from "./page-open.ts";
import { openGame } from "./room.ts";
import { runtimeOf, SliceWatch, waitedForCore } from "./slices.ts";
import { summarize, table } from "./statistics.ts";

const requests = Number(process.env["N"] ?? 105_000);
/** Bytes of a phase, and the number of times that its work was done. */
interface Work {
  bytes?: number;
  times?: number;
}

/** Time for which a file is read. */
const readSeconds = 12;
/** Orders a second in the other room. */
const load = { clients: 4, rate: 25, warmupSeconds: 0 };

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
    const runtime = runtimeOf(server.pid);
    const watch = new SliceWatch(runtime);
    const rows: (string | number)[][] = [
      [
        "",
        "seconds",
        "of a core",
        "without one",
        "MB",
        "another room: p50, ms",
        "p99",
        "of quiet",
        "max",
      ],
    ];
    rows[0]?.push("longest pieces of work, ms");
    let quietP99 = Number.NaN;
    let slices = 0;
    const measure = async (name: string, work: () => Promise<Work>) => {
      const latencies: number[] = [];
      let isDone = false;
      await watch.take();
      const loaded = (async () => {
        while (!isDone) {
          const cids = `m${slices++}`;
          latencies.push(...(await runLoad(clients, { ...load, seconds: 1, cids })).latenciesMs);
        }
      })();
      const [start, before] = [performance.now(), cpuOf(server.pid)];
      const waitedBefore = waitedForCore(runtime);
      const { bytes, times: repeated = 1 } = await work();
      const seconds = (performance.now() - start) / 1_000;
      const cpu = cpuOf(server.pid) - before;
      const waited = waitedForCore(runtime) - waitedBefore;
      isDone = true;
      await loaded;
      const { p50, p99, max } = summarize(latencies);
      if (Number.isNaN(quietP99)) quietP99 = p99;
      const size = bytes === undefined ? "" : (bytes / 1e6).toFixed(2);
      const pieces = (await watch.take()).map((ms) => ms.toFixed(0)).join(" ");
      const times = [seconds, cpu, waited].map((value) => (value / repeated).toFixed(1));
      rows.push([name, ...times, size, p50, p99, p99 / quietP99, max, pieces]);
    };
    await measure("quiet", async () => {
      await sleep(15_000);
      return {};
    });
    const closed = (await host.ask("session", { state: "closed" })) as { debrief_url?: string };
    const [page = "", key = ""] = (closed.debrief_url ?? "").split("#");
    const read = (what: string, bearer = key, seconds = readSeconds) =>
      fetchedBytes(`${server.url}/api/sessions/${page.slice(3)}${what}`, bearer, seconds);
    await measure("closed to debrief ready", () => read("/debrief", key, 0));
    await measure("log, from the room", () => read("/log"));
    await measure("archived", async () => {
      while (sessionsInArchive(dataDir) === 0) await sleep(250);
      return { bytes: sizeOf(dataDir, "d1") };
    });
    await measure("debrief, from the archive", () => read("/debrief"));
    await measure("log, from the archive", () => read("/log"));
    await measure("session.zip for the class", () => read("/files/session.zip"));
    await measure("session.zip for the host", () => read("/files/session.zip", hostToken));
    await watch.stop();
    for (const { socket } of clients) socket.close();
    console.log(table(rows));
    const pages = await pageTimes(`${server.url}${closed.debrief_url ?? ""}`, 5);
    const shown = (key: keyof PageTimes) => pages.map((one) => Math.round(one[key])).join(", ");
    console.log(`the page, from the navigation to the class view drawn: ${shown("openMs")} ms`);
    console.log(`from the log's last byte to the verdict: ${shown("verifyMs")} ms`);
    console.log(`counting all rows of the archive: ${countingMs(dataDir).toFixed(0)} ms`);
    console.log(`files of rooms: ${(sizeOf(dataDir, "do") / 1e6).toFixed(1)} MB`);
  } catch (fault) {
    console.log(server.output.slice(-6_000));
    throw fault;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Fetches by another process, so that its work does not hold up the load, again and again for some seconds: a p99 needs many
 * orders. @returns the number of bytes of one, and of times
 */
async function fetchedBytes(url: string, bearer: string, seconds: number): Promise<Work> {
  const program = `
    const [url, bearer, seconds] = process.argv.slice(1);
    require("node:os").setPriority(19);
    const untilMs = performance.now() + 1_000 * seconds;
    let [bytes, times] = [0, 0];
    (async () => {
      for (; times === 0 || performance.now() < untilMs; times++) {
        const answer = await fetch(url, { headers: { authorization: "Bearer " + bearer } });
        // So many may be asked for in a minute.
        if (answer.status === 429 && times > 0) break;
        if (!answer.ok) throw new Error(url + " answers " + answer.status);
        bytes = 0;
        for await (const chunk of answer.body) bytes += chunk.length;
      }
      console.log(JSON.stringify({ bytes, times }));
    })();`;
  const words = ["-e", program, "--", url, bearer, String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout) as Work;
}

function sizeOf(dataDir: string, part: string): number {
  const files = globSync(`${part}/**/*.sqlite*`, { cwd: dataDir });
  return files.reduce((sum, name) => sum + statSync(path.join(dataDir, name)).size, 0);
}
