/** `npm start`: builds changed parts, serves the game and prints the address to open. */

import { readFileSync } from "node:fs";
import { UnusableData } from "./serving/backup-manifest.mjs";
import { build } from "./build.mjs";
import { greeting } from "./serving/greeting.mjs";
import { startServer } from "./serving/server.mjs";

const port = Number(process.env.PORT ?? 8787);
const host = process.env.HOST ?? "127.0.0.1";
const dataDir = process.env.DATA_DIR ?? ".data";

build();
const { url, origins, stop } = await startServer({ port, host, dataDir }).catch((fault) => {
  if (!(fault instanceof UnusableData)) throw fault;
  console.error(fault.message);
  process.exit(2);
});
for (const line of greeting(url, origins, process.env.PUBLIC_ORIGIN)) console.log(line);

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, async () => {
    // A terminal's Ctrl-C comes twice: from the terminal, and from npm.
    if (isStopping) return;
    isStopping = true;
    await stop();
    process.exit(0);
  });

// npm leaves its children running when it is killed: the server stops once its npm is gone.
const npm = process.env.npm_lifecycle_event === "start" ? parentOf(process.ppid) : null;
if (npm !== null) setInterval(() => isAlive(npm) || process.exit(1), 1_000).unref();

/** The parent of a process; null where the system does not tell. */
function parentOf(/** @type {number} */ pid) {
  try {
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(parent) > 1 ? Number(parent) : null;
  } catch {
    return null;
  }
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
