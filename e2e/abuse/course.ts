/** One attack from quiet to quiet: a limited server, the good room beside, and the measurements. */

import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { processesOf, residentBytesOf } from "../support/server-memory.ts";
import { freePort, ServerProcess } from "../support/server-process.ts";
import type { Attack } from "./arena.ts";
import type { Order, Report } from "./attackers.ts";
import { attackersWords, machineWords } from "./bounds.ts";
import { GoodRoom } from "./good-room.ts";
import type { AttackKind } from "./kind.ts";

export interface Times {
  p50: number;
  p99: number;
}

export interface AttackResult {
  attack: string;
  acts: number;
  quiet: Times;
  attacked: Times;
  peakBytes: number;
  diskBytes: number;
  logBytes: number;
}

export class Course {
  readonly server: ServerProcess;
  readonly good: GoodRoom;
  readonly #attackers: ChildProcess;
  readonly #dataDir: string;
  readonly #kind: string;

  private constructor(
    kind: string,
    server: ServerProcess,
    dataDir: string,
    attackers: ChildProcess,
    good: GoodRoom,
  ) {
    this.#kind = kind;
    this.server = server;
    this.#dataDir = dataDir;
    this.#attackers = attackers;
    this.good = good;
  }

  static async open(name: string, { settings = {} }: AttackKind): Promise<Course> {
    const dataDir = mkdtempSync(path.join(tmpdir(), "game-abuse-"));
    const isPinned = process.platform === "linux" && cpus().length > 1;
    const within = isPinned ? machineWords : [];
    const server = new ServerProcess(await freePort(), dataDir, settings, within);
    await server.start();
    const program = path.join(import.meta.dirname, "attackers.ts");
    const [execPath = process.execPath, ...execArgv] = isPinned ? attackersWords : [];
    const attackers = fork(program, { execPath, execArgv });
    const good = await GoodRoom.make(server.url);
    return new Course(name, server, dataDir, attackers, good);
  }

  async close(): Promise<void> {
    if (this.#attackers.connected) this.#attackers.disconnect();
    await this.server.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** @throws if the attack could not be carried out */
  async run(
    { name: attack, least = 1 }: Attack,
    seconds: number,
    quietSeconds: number,
  ): Promise<AttackResult> {
    const { good, server } = this;
    good.play();
    good.takeWaits();
    await pause(quietSeconds * 1_000);
    const quiet = good.takeWaits();
    const order: Order = {
      ...{ kind: this.#kind, attack, seconds, least, base: server.url, good: good.room.room },
    };
    const pids = processesOf(server.pid);
    const before = { disk: folderBytes(this.#dataDir), log: server.output.length };
    this.#attackers.send(order);
    let report = await this.#hear(180_000);
    if (report.state === "failed") throw new Error(report.why);
    good.takeWaits();
    let peakBytes = 0;
    const watch = () => {
      if (server.isRunning) peakBytes = Math.max(peakBytes, residentBytesOf(pids));
    };
    const timer = setInterval(watch, 100);
    try {
      if (report.state === "begun") report = await this.#hear(seconds * 1_000 + 60_000);
    } finally {
      clearInterval(timer);
    }
    watch();
    await good.rest();
    const attacked = good.takeWaits();
    if (report.state !== "over") throw new Error(JSON.stringify(report));
    return {
      ...{ attack, acts: report.acts, quiet: times(quiet), attacked: times(attacked), peakBytes },
      diskBytes: folderBytes(this.#dataDir) - before.disk,
      logBytes: server.output.length - before.log,
    };
  }

  #hear(timeoutMs: number): Promise<Report> {
    const attackers = this.#attackers;
    return new Promise((resolve) => {
      const finish = (report: Report) => {
        clearTimeout(timer);
        attackers.off("message", finish).off("exit", ended);
        resolve(report);
      };
      const ended = () => finish({ state: "failed", why: "The attackers ended." });
      const late = () => finish({ state: "failed", why: "The attackers do not answer." });
      const timer = setTimeout(late, timeoutMs);
      attackers.on("message", finish).on("exit", ended);
    });
  }
}

/** Medians over parts of the time, so that a short stall of the disk does not decide. */
function times(waits: readonly { atMs: number; ms: number }[]): Times {
  const first = waits[0]?.atMs ?? 0;
  const lengthMs = Math.max(1_000, ((waits.at(-1)?.atMs ?? 0) - first) / 6);
  const parts = Map.groupBy(waits, ({ atMs }) => Math.floor((atMs - first) / lengthMs));
  const full = [...parts.values()].filter((part) => part.length >= 5);
  const of = (share: number) =>
    quantile(
      full.map((part) =>
        quantile(
          part.map(({ ms }) => ms),
          share,
        ),
      ),
      0.5,
    );
  return { p50: of(0.5), p99: of(0.99) };
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function folderBytes(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    try {
      const found = statSync(path.join(folder, name));
      if (found.isFile()) bytes += found.size;
    } catch {
      // The file was deleted between listing and reading.
    }
  return bytes;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
