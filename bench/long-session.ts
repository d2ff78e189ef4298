/**
 * The cost of a session of `N` requests (a million) to a server on which another room trades: its wake, each of its files, and
 * its archive, killed at `KILLS` (20) points. Memory above idle, and the other room's time from order to
 * acknowledgement, quiet and meanwhile.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { exportFiles } from "#protocol";
import { countsInArchive } from "../e2e/support/archive-reader.ts";
import { freePort, ServerProcess } from "../e2e/support/server-process.ts";
import { makeLongSession, type LongSession } from "../e2e/support/long-session.ts";
import { WireClient } from "../e2e/support/wire-client.ts";
import { build } from "../scripts/build.mjs";
import { runLoad, type LoadClient } from "./load.ts";
import { memoryOf, openGame } from "./room.ts";
import { summarize, table } from "./statistics.ts";

const requests = Number(process.env["N"] ?? 1_000_000);
const kills = Number(process.env["KILLS"] ?? 20);
const quietSeconds = Number(process.env["QUIET"] ?? 20);
/** Orders in a second in the other room. */
const load = { clients: 4, rate: 25, warmupSeconds: 0 };

export async function benchLongSession(): Promise<void> {
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "game-long-"));
  const dataDir = path.join(folder, "data");
  const server = new ServerProcess(await freePort(), dataDir);
  try {
    await server.start();
    const start = performance.now();
    const session = await makeLongSession(server, dataDir, requests);
    console.log(
      `${requests} requests, ${session.orders} orders, ${session.trades} trades: made in ${seconds(start)} s; journal ${mib(dataDir)} MiB`,
    );
    await inAnotherRoom(server, dataDir, session);
    await killedWhileArchiving(server, dataDir, session);
  } catch (fault) {
    console.log(server.output.slice(-6_000));
    throw fault;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures another room while `work` is done in the long one. */
async function inAnotherRoom(
  server: ServerProcess,
  dataDir: string,
  session: LongSession,
): Promise<void> {
  const clients = await openGame(server.url, load.clients);
  await runLoad(clients, { ...load, seconds: 5, cids: "warm" });
  const idleMib = Number(memoryOf(server.pid));
  const head = [
    ...["meanwhile", "seconds", "MiB above idle", "p50, ms", "p99, ms", "max, ms"],
    ...["p99 quiet before", "MB"],
  ];
  const rows: (string | number)[][] = [head];
  let quiets = 0;
  const measure = async (name: string, work: () => Promise<number | string>) => {
    const before: number[] = [];
    const untilMs = performance.now() + quietSeconds * 1_000;
    while (performance.now() < untilMs) before.push(...(await slice(clients, `q${quiets++}.`)));
    const start = performance.now();
    let most = 0;
    let isDone = false;
    const watched = (async () => {
      for (; !isDone; await sleep(100)) most = Math.max(most, Number(memoryOf(server.pid)));
    })();
    const latencies: number[] = [];
    const loaded = (async () => {
      for (let n = 0; !isDone; n++)
        latencies.push(...(await slice(clients, `${rows.length}.${n}.`)));
    })();
    const sent = await work();
    const took = (performance.now() - start) / 1_000;
    isDone = true;
    await Promise.all([watched, loaded]);
    const { p50, p99, max } = summarize(latencies);
    const quiet = summarize(before).p99;
    const row = [name, took, Math.round(most - idleMib), p50, p99, max, quiet, sent];
    rows.push(row);
    console.log(table([head, row]));
  };
  await measure("wake", async () => {
    // The first to ask may be told to try again, while the room still wakes up.
    for (let status = 503; status === 503;) {
      const answer = await fetch(`${server.url}/api/rooms/${session.room.room}`);
      ({ status } = answer);
      if (!answer.ok && status !== 503) throw new Error(`the room answers ${status}`);
      await answer.text();
    }
    return "";
  });
  for (const file of exportFiles.filter(
    (one) => process.env["SQLITE"] !== "0" || one !== "session.sqlite",
  ))
    await measure(file, async () => (await download(server, session, file)) / 1e6);
  await measure("eight files at once", async () => {
    const files = Array.from({ length: 8 }, () => "trades.csv");
    return (await download(server, session, ...files)) / 1e6;
  });
  for (const { socket } of clients) socket.close();
  console.log(table(rows));
  console.log(`the room's files take ${mib(dataDir)} MiB`);
}

async function slice(clients: LoadClient[], cids: string): Promise<number[]> {
  const { latenciesMs, unanswered } = await runLoad(clients, { ...load, seconds: 2, cids });
  if (unanswered > 0) throw new Error(`${unanswered} orders were not answered within a second`);
  return latenciesMs;
}

/** Fetches files by another process, so that its cost is not taken for the server's. @returns the bytes of all */
async function download(
  server: ServerProcess,
  session: LongSession,
  ...files: string[]
): Promise<number> {
  const { room, hostToken } = session.room;
  const program = `
    const [bearer, ...urls] = process.argv.slice(1);
    const lengths = await Promise.all(urls.map(async (url) => {
      let answer = await fetch(url, { headers: { authorization: bearer } });
      // One person may ask for a few files a minute.
      for (; answer.status === 429; answer = await fetch(url, { headers: { authorization: bearer } })) {
        await answer.text();
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      }
      if (!answer.ok) throw new Error("status " + answer.status);
      let [bytes, lines] = [0, 0];
      for await (const chunk of answer.body) {
        bytes += chunk.length;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
      }
      return { bytes, lines };
    }));
    console.log(JSON.stringify(lengths));`;
  const urls = files.map((file) => `${server.url}/api/rooms/${room}/files/${file}`);
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", program, "--", `Bearer ${hostToken}`, ...urls],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout.on("data", (data: Buffer) => (text += String(data)));
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`${files.join()} could not be fetched`);
  const lengths = JSON.parse(text) as { bytes: number; lines: number }[];
  const { trades, orders, events } = session;
  const rows: Record<string, number> = {
    ...{ "trades.csv": trades, "orders.csv": orders, "events.csv": events },
  };
  for (const [index, file] of files.entries()) {
    const lines = (lengths[index]?.lines ?? 0) - 1;
    if (rows[file] !== undefined && lines !== rows[file])
      throw new Error(`${file} has ${lines} rows, and not ${rows[file]}`);
  }
  return lengths.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function killedWhileArchiving(
  server: ServerProcess,
  dataDir: string,
  session: LongSession,
): Promise<void> {
  // Takes less than from nothing: the tables of the files are there already.
  await server.stop();
  const host = await (async () => {
    await server.start();
    const client = await WireClient.open(session.room.address);
    await client.join("Exchange", "exchange", { host_token: session.room.hostToken });
    return client;
  })();
  const start = performance.now();
  await host.ask("session", { state: "closed" });
  host.close();
  let done = 0;
  for (; done < kills && !isArchived(dataDir); done++) {
    await sleep(1_000 + 150 * done);
    await server.kill();
    await server.start();
    await fetch(`${server.url}/api/rooms/${session.room.room}`);
    // Waits: an attempt that was cut off is made again after a while.
    const before = rowsInArchive(dataDir);
    for (let waits = 0; waits < 40 && rowsInArchive(dataDir) === before; waits++) await sleep(500);
  }
  while (!isArchived(dataDir)) await sleep(1_000);
  const counts = countsInArchive(dataDir);
  console.log(`archived after ${done} kills and ${seconds(start)} s: ${JSON.stringify(counts)}`);
  const { trades, orders, events } = session;
  // Counts the entries of the host, who came in again and closed the session.
  for (const [name, count] of Object.entries({ trades, orders, events: events + 2, sessions: 1 }))
    if (counts[name] !== count)
      throw new Error(`the archive has ${counts[name]} ${name}, and not ${count}`);
}

const isArchived = (dataDir: string) => countsInArchive(dataDir)["sessions"] === 1;
const rowsInArchive = (dataDir: string) =>
  Object.values(countsInArchive(dataDir)).reduce((sum, one) => sum + one, 0);

const seconds = (startMs: number) => ((performance.now() - startMs) / 1_000).toFixed(1);
const mib = (dataDir: string) =>
  Math.round(
    globSync("do/**/*.sqlite*", { cwd: dataDir }).reduce(
      (sum, name) => sum + statSync(path.join(dataDir, name)).size,
      0,
    ) /
      2 ** 20,
  );
