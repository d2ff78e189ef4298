/**
 * Remembers for which state of the engine's folder its native tests, compilers' comparison and lint have passed: the
 * lock file is committed, so that a run elsewhere may leave them out while no byte has changed. CI never does.
 */

import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { root } from "./build.mjs";

const home = `${root}engine-wasm/`;
const lockFile = `${home}tested.lock.json`;
/** Builds, and what is about the lock itself. */
const leftOut = /^(build|tested\.lock\.json)/;

/** @returns {string} hash of the names and bytes of all files */
export function engineHash(folder = home) {
  const hash = createHash("sha256");
  const names = globSync("**/*", { cwd: folder, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => `${one.parentPath}/${one.name}`.slice(folder.length).replace(/^\/+/, ""))
    .filter((name) => !leftOut.test(name))
    .sort();
  for (const name of names) {
    const bytes = readFileSync(`${folder}${name}`);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Whether the engine's own steps may be left out. */
export function isEngineTested(env = process.env) {
  if (env["CI"] !== undefined && env["CI"] !== "") return false;
  return JSON.parse(readFileSync(lockFile, "utf8")).sha256 === engineHash();
}

/** Notes that all of the engine's own steps have passed. */
export function noteEngineTested() {
  writeFileSync(lockFile, `${JSON.stringify({ sha256: engineHash() }, null, 2)}\n`);
}
