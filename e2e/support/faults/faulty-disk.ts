/** The library that makes a server's disk fail, and the file that controls it. */

import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../scripts/build.mjs";

export class FaultyDisk {
  /** Environment variables for a server with this disk. */
  readonly settings: Record<string, string>;
  readonly #file: string;

  /** @param folder for its files */
  constructor(folder: string) {
    const library = path.join(folder, "disk-faults.so");
    const source = `${root}e2e/support/faults/disk-faults.c`;
    const strict = ["-Wall", "-Werror"];
    execFileSync("gcc", ["-shared", "-fPIC", "-O1", ...strict, "-o", library, source, "-ldl"]);
    this.#file = path.join(folder, "fault");
    this.settings = { LD_PRELOAD: library, DISK_FAULT: this.#file };
  }

  /** @param fault in the form of disk-faults.c */
  break(fault: string): void {
    writeFileSync(`${this.#file}.new`, fault);
    renameSync(`${this.#file}.new`, this.#file);
  }

  mend(): void {
    rmSync(this.#file, { force: true });
    rmSync(`${this.#file}.hit`, { force: true });
  }

  /** True once the call was reached at which the process is killed. */
  get wasHit(): boolean {
    return existsSync(`${this.#file}.hit`);
  }
}
