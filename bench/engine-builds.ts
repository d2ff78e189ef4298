/** Builds that the engine's bench makes in a temporary folder: the yardstick, and the engine's native build. */

import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Flow } from "./order-flow.ts";

const engineFolder = fileURLToPath(new URL("../engine-wasm/", import.meta.url));

export function engineBytes(): Uint8Array<ArrayBuffer> {
  return readFileSync(`${engineFolder}dist/engine.wasm`);
}

/**
 * The yardstick with positions and level records, if the environment variable YARDSTICK names its folder, or the folder
 * that its build wrote.
 */
export function floorBytes(folder: string): Uint8Array<ArrayBuffer> | null {
  const yardstick = process.env["YARDSTICK"];
  if (yardstick === undefined || yardstick === "") return null;
  const built = "bin/floorfull.wasm";
  if (existsSync(path.join(yardstick, built))) return readFileSync(path.join(yardstick, built));
  const out = path.join(folder, "yardstick");
  execFileSync(path.join(yardstick, "build.sh"), [out], { stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(path.join(out, built));
}

/** Builds the native runner. @returns its path, or null without a compiler */
export function buildNative(folder: string): string | null {
  const output = path.join(folder, "replay_stream");
  const sources = globSync("src/**/*.cpp", { cwd: engineFolder });
  const flags = ["-O3", "-flto", "-std=c++17", "-fno-exceptions", "-fno-rtti"];
  try {
    execFileSync(
      "g++",
      [
        ...flags,
        ...["-Iinclude", "-Isrc"],
        ...sources.filter((file) => !file.includes("wasm_exports")),
        ...["bench/replay_stream.cpp", "-o", output],
      ],
      { cwd: engineFolder, stdio: "ignore" },
    );
    return output;
  } catch {
    return null;
  }
}

/** Runs a stream natively. @returns nanoseconds per command, one figure for each round, which has to give `fillSum` */
export function runNative(
  runner: string,
  folder: string,
  flow: Flow,
  fillSum: number,
  rounds: number,
): number[] {
  const file = path.join(folder, `${flow.name}.words`);
  writeFileSync(file, new Uint8Array(flow.words.buffer));
  const counts = [flow.preload, flow.instruments, rounds].map(String);
  const output = execFileSync(runner, [file, ...counts], { encoding: "utf8" });
  return output
    .trim()
    .split("\n")
    .map((line) => {
      const [ns, sum] = line.split(" ").map(Number) as [number, number];
      if (sum !== fillSum) throw new Error("The native build trades differently.");
      return ns;
    });
}
