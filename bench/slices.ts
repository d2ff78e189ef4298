/**
 * The longest pieces of work that a server's thread does without a wait, by Linux's accounts: time of the processor
 * between two waits, so that others who use the machine do not count. All rooms and D1 of a server of one's own share
 * that thread: a piece is the time for which each of them holds up all others.
 */

import { readFileSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const sampleMs = 2;

/** Watches the first thread of a process, from a thread of its own. */
export class SliceWatch {
  readonly #worker: Worker;

  constructor(pid: number) {
    this.#worker = new Worker(new URL(import.meta.url), { workerData: { pid } });
    this.#worker.unref();
  }

  /** @returns milliseconds of the longest pieces since the last call, the longest first */
  async take(): Promise<number[]> {
    const told = new Promise<number[]>((resolve) => this.#worker.once("message", resolve));
    this.#worker.postMessage("take");
    return told;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Seconds for which a process's first thread was ready and others had all cores. */
export function waitedForCore(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e9;
}

/** Finds the process of the runtime below a launcher. */
export function runtimeOf(pid: number): number {
  const below = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  for (const child of below === "" ? [] : below.split(" ").map(Number)) {
    if (readFileSync(`/proc/${child}/comm`, "utf8").trim() === "workerd") return child;
    const found = runtimeOf(child);
    if (found > 0) return found;
  }
  return 0;
}

function watch(pid: number): void {
  const task = `/proc/${pid}/task/${pid}`;
  let longest: number[] = [];
  let [waits, began] = [-1, 0];
  let last = 0;
  const sample = () => {
    const ran = Number(readFileSync(`${task}/schedstat`, "utf8").split(" ")[0]) / 1e6;
    const found = /^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`${task}/status`, "utf8"));
    const now = Number(found?.[1]);
    if (now !== waits) {
      if (last > began) longest.push(last - began);
      [waits, began] = [now, ran];
    }
    last = ran;
  };
  setInterval(sample, sampleMs);
  parentPort?.on("message", () => {
    parentPort?.postMessage(longest.sort((a, b) => b - a).slice(0, 5));
    longest = [];
  });
}

if (!isMainThread) watch((workerData as { pid: number }).pid);
