/** The library that sets the wall clock of a server, and the file that controls it. */

import { execFileSync } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../scripts/build.mjs";

export class SteppedWall {
  /** Environment variables for a server with this clock. */
  readonly settings: Record<string, string>;
  /** Present difference from the true time. */
  seconds = 0;
  readonly #file: string;

  /** @param folder for its files */
  constructor(folder: string) {
    const library = path.join(folder, "stepped-wall.so");
    const source = `${root}e2e/support/faults/stepped-wall.c`;
    const strict = ["-Wall", "-Werror"];
    execFileSync("gcc", ["-shared", "-fPIC", "-O1", ...strict, "-o", library, source, "-ldl"]);
    this.#file = path.join(folder, "step");
    this.settings = { LD_PRELOAD: library, WALL_STEP: this.#file };
  }

  /** @param seconds difference from the true time */
  set(seconds: number): void {
    this.seconds = seconds;
    writeFileSync(`${this.#file}.new`, String(seconds));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
