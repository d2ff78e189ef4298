/**
 * Measures the terminal in a browser: four ladders open, ten instruments that each change twenty times a second and trade,
 * through the real socket of a server that it starts. `SECONDS` says how long (60; 600 for the heap).
 *
 * Prints script time per frame (from Chromium's trace: callbacks, microtasks and garbage collection of the page's main
 * thread between two frames), tasks over 50 ms, the heap after collections, and the time from a press to sending the order.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CDPSession } from "playwright-core";
import { build } from "../scripts/build.mjs";
import { launch, Person } from "../e2e/support/browser.ts";
import { freePort, ServerProcess } from "../e2e/support/server-process.ts";
import { WireClient } from "../e2e/support/wire-client.ts";
import { summarize, table } from "./statistics.ts";

const seconds = Number(process.env["SECONDS"] ?? 60);
const instruments = 10;
const ladders = 4;
const updatesPerSecond = 20;
/** Slices in which the trace is taken: one of everything would be larger than the memory. */
const traceSeconds = 10;
const clicks = 50;

export async function benchScreens(): Promise<void> {
  build();
  const dataDir = mkdtempSync(path.join(tmpdir(), "game-screens-"));
  const server = new ServerProcess(await freePort(), dataDir);
  await server.start();
  const browser = await launch();
  try {
    const market = await openMarket(server.url);
    const person = await Person.open(browser, { width: 1920, height: 1080 });
    await person.page.addInitScript(watchPage);
    await person.join(market.link, "Looker");
    for (let inst = 1; inst <= ladders; inst++) await person.openLadder(inst);
    const devtools = await person.page.context().newCDPSession(person.page);
    await person.page.waitForTimeout(5_000);
    const heapBefore = await heapMb(devtools);
    const frames: number[] = [];
    let middle: number | null = null;
    for (let slice = 0; slice < seconds / traceSeconds; slice++) {
      await browser.startTracing(person.page, { categories: ["devtools.timeline", "v8"] });
      await person.page.waitForTimeout(traceSeconds * 1_000);
      frames.push(...scriptTimes(await browser.stopTracing()));
      if (slice + 1 === Math.floor(seconds / traceSeconds / 2)) middle = await heapMb(devtools);
    }
    const heapAfter = await heapMb(devtools);
    const longTasks = await person.page.evaluate(() => window.bench.longTasks);
    const sentMs = await clickAround(person);
    market.stop();
    if (person.faults.length > 0) throw new Error(person.faults.join("\n"));
    const [script, sending] = [summarizeAt(frames), summarizeAt(sentMs)];
    console.log(
      table([
        ["", "p50", "p95", "p99", "max", "count"],
        ["script a frame, ms", ...script],
        ["press to order sent, ms", ...sending],
      ]),
    );
    const heap = [heapBefore, middle ?? Number.NaN, heapAfter].map((mb) => mb.toFixed(1));
    console.log(
      `${market.updates()} updates in ${seconds} s; tasks over 50 ms: ${longTasks.length}` +
        `${longTasks.length > 0 ? ` (the longest ${Math.round(Math.max(...longTasks))} ms)` : ""}; ` +
        `heap before, halfway, after: ${heap.join(", ")} MB`,
    );
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

declare global {
  interface Window {
    /** Figures that the page notes about itself, ms. */
    bench: { longTasks: number[]; pressedAt: number; sentMs: number[] };
  }
}

/** Runs in the page, before its own scripts. */
function watchPage(): void {
  const bench = (window.bench = { longTasks: [] as number[], pressedAt: NaN, sentMs: [] });
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries())
      // Leaves out the time in which the page loads.
      if (startTime > 6_000) bench.longTasks.push(duration);
  }).observe({ type: "longtask" });
  addEventListener("pointerdown", ({ timeStamp }) => (bench.pressedAt = timeStamp), true);
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    send.call(this, data);
    if (String(data).includes('"op":"order_new"'))
      (bench.sentMs as number[]).push(performance.now() - bench.pressedAt);
  };
}

/** Makes a room of ten scalars; in each a maker moves a quote, and takers trade with it. */
async function openMarket(url: string) {
  const made = await fetch(`${url}/api/rooms`, { method: "POST", body: "{}" });
  const { room, host_token, join_url: link } = (await made.json()) as Record<string, string>;
  const address = `${url.replace("http", "ws")}/ws/${room}`;
  const open = async (name: string) => {
    const client = await WireClient.open(address);
    await client.join(name);
    client.keep = false;
    return client;
  };
  const host = await WireClient.open(address);
  await host.join("Exchange", "exchange", { host_token: host_token ?? "" });
  for (let inst = 1; inst <= instruments; inst++)
    await host.ask("add_instrument", { symbol: `X${inst}`, type: "SCALAR", tick_size: 1 });
  await host.ask("set_limits", { orders_per_sec: 1_000, max_position: 1_000_000 });
  const makers: WireClient[] = [];
  for (let inst = 1; inst <= instruments; inst++) makers.push(await open(`maker ${inst}`));
  const taker = await open("taker");
  const deep = await open("deep");
  for (let inst = 1; inst <= instruments; inst++)
    for (let level = 4; level < 14; level++)
      for (const [side, price] of [
        ["buy", 1_000 - level],
        ["sell", 1_000 + level],
      ] as const)
        deep.send({ op: "order_new", inst, side, price, qty: 5 + level });
  let round = 0;
  const timer = setInterval(() => {
    round++;
    for (const [index, maker] of makers.entries()) {
      const mid = 1_000 + Math.round(Math.sin((round + index * 7) / 40) * 3);
      const [bid_qty, ask_qty] = [1 + ((round * 7 + index) % 30), 1 + ((round * 11 + index) % 30)];
      maker.send({ op: "quote", inst: index + 1, bid: mid - 1, bid_qty, ask: mid + 1, ask_qty });
    }
    const side = round % 4 < 2 ? "buy" : "sell";
    const inst = 1 + (round % instruments);
    taker.send({ op: "order_new", inst, side, qty: 1 + (round % 3), type: "market" });
  }, 1_000 / updatesPerSecond);
  const stop = () => {
    clearInterval(timer);
    for (const client of [host, taker, deep, ...makers]) client.close();
  };
  return { link: link ?? "", stop, updates: () => round * instruments };
}

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
}

const scripts = new Set(["FunctionCall", "RunMicrotasks", "EvaluateScript", "MinorGC", "MajorGC"]);

/** Reads a trace. @returns milliseconds of script in each frame in which there was any */
function scriptTimes(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(String(trace)) as { traceEvents: TraceEvent[] };
  const callbacks = traceEvents.filter(({ name }) => name === "FireAnimationFrame");
  // Takes the thread that animates most for the page's main thread.
  const busiest = [...Map.groupBy(callbacks, ({ pid, tid }) => `${pid} ${tid}`).values()];
  const [first] = busiest.toSorted((a, b) => b.length - a.length)[0] ?? [];
  if (first === undefined) throw new Error("The trace shows no frame.");
  const mine = traceEvents
    .filter(({ pid, tid, ph }) => pid === first.pid && tid === first.tid && ph === "X")
    .sort((a, b) => a.ts - b.ts);
  const times: number[] = [];
  let frameMs = 0;
  let countedUntil = 0;
  for (const { name, ts, dur = 0 } of mine) {
    if (name === "FireAnimationFrame" || name === "BeginMainThreadFrame") {
      if (frameMs > 0) times.push(frameMs);
      frameMs = 0;
    }
    if (!scripts.has(name)) continue;
    // Counts no microsecond twice, though one event may call another.
    const from = Math.max(ts, countedUntil);
    const until = ts + dur;
    if (until > from) frameMs += (until - from) / 1_000;
    countedUntil = Math.max(countedUntil, until);
  }
  return times;
}

async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

/** Presses bids far below the market, on one ladder after the other. */
async function clickAround(person: Person): Promise<number[]> {
  for (let count = 0; count < clicks; count++) {
    await person.ladder(1 + (count % ladders), "bid", 990 + (count % 4)).click();
    await person.page.waitForTimeout(60);
  }
  return person.page.evaluate(() => window.bench.sentMs);
}

function summarizeAt(values: number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
  const { p50, p99, max, count } = summarize(values);
  return [p50, p95, p99, max, count];
}
