/**
 * The engine's speed, as ratios within one run: to the yardstick (a bare book written only for speed; the environment
 * variable YARDSTICK names it), to the native build, and to an order book from npm. Contenders take turns, and medians
 * are printed. Then the latencies of single commands, and the memory.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildNative, engineBytes, floorBytes } from "./engine-builds.ts";
import { FlowBench } from "./engine-flow.ts";
import { measureMemory, room } from "./engine-memory.ts";
import { benchInWorkerd } from "./engine-workerd.ts";
import { flowNames } from "./order-flow.ts";
import { table } from "./statistics.ts";

export async function benchEngine(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "engine-bench-"));
  try {
    const engine = engineBytes();
    const module = new WebAssembly.Module(engine);
    const floor = floorBytes(folder);
    if (floor === null) console.log("YARDSTICK is not set: no ratios to the floor.\n");
    showInNode(module, floor, folder);
    await showInWorkerd(engine, floor);
    showMemory(module);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function showInNode(
  module: WebAssembly.Module,
  floor: Uint8Array<ArrayBuffer> | null,
  folder: string,
): void {
  const native = buildNative(folder);
  const streams = flowNames.map((name) => {
    const bench = new FlowBench(name, module, floor);
    bench.prove();
    const [speeds, library] = [bench.speeds(native, folder), bench.againstLibrary()];
    return { name, speeds, library, latencies: bench.latencies() };
  });
  show(
    "The engine against a bare book (floor), and through WebAssembly against natively; ns/command in Node",
    ["facade/floor", "raw/floor", "facade/native", "facade", "raw ABI", "native", "floor"],
    streams.map(({ name, speeds: { facade, raw, native, floor } }) => [
      name,
      ...[facade / floor, raw / floor, facade / native, facade, raw, native, floor],
    ]),
  );
  show(
    "nodejs-order-book (library) against the engine; ns/command in Node",
    ["library/facade", "library", "facade", "library's commands"],
    streams.map(({ name, library: { library, facade, commands } }) => [
      name,
      ...[library / facade, library, facade, commands],
    ]),
  );
  show(
    "A single command through the facade; ns in Node, the timer's own taken off",
    ["p50", "p99", "p99.9", "max", "commands"],
    streams.map(({ name, latencies: { p50, p99, p999, max, commands } }) => [
      name,
      ...[p50, p99, p999, max, commands],
    ]),
  );
}

async function showInWorkerd(
  engine: Uint8Array<ArrayBuffer>,
  floor: Uint8Array<ArrayBuffer> | null,
): Promise<void> {
  const streams = [...(await benchInWorkerd(engine, floor))];
  show(
    "Inside workerd; ns/command, and ms to take a snapshot and to restore it",
    ["facade/floor", "facade", "floor", "snapshot, ms", "restore, ms"],
    streams.map(([name, { facade, floor, snapshotMs, restoreMs }]) => [
      name,
      ...[facade / floor, facade, floor, snapshotMs, restoreMs],
    ]),
  );
}

function showMemory(module: WebAssembly.Module): void {
  const { fullBytes, laterBytes, laterOpen } = measureMemory(module);
  const { users, instruments, openOrders, commands } = room;
  show(
    `Memory of a room with ${users} users and ${instruments} instruments, before and after ${commands.toLocaleString("en")} commands`,
    ["KiB", "open orders"],
    [
      ["before", fullBytes / 1024, openOrders],
      ["after", laterBytes / 1024, laterOpen],
    ],
  );
}

function show(title: string, columns: string[], rows: (string | number)[][]): void {
  console.log(`${title}\n${table([["", ...columns], ...rows])}\n`);
}
