/**
 * `npm run backup -- <folder>`: copies the data of a server, running or not, into a new folder, which is a data folder
 * again: `DATA_DIR=<folder> npm start` serves from it. Each file is a copy of one moment; rooms do not depend on each
 * other. A copy that was cut off is marked as incomplete, and no server starts from it.
 */

import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beginBackup, finishBackup, sync } from "./serving/backup-manifest.mjs";

/** Rooms and archive; the platform's cache is not worth a copy. */
const parts = ["do", "d1"];
/** Time to wait for a commit under way. */
const waitMs = 10_000;

const from = path.resolve(process.env.DATA_DIR ?? ".data");
const [folder] = process.argv.slice(2);
if (folder === undefined) end("Where to? npm run backup -- <folder>");
const to = path.resolve(folder);
if (!existsSync(from)) end(`There is no data in ${from}: set DATA_DIR as for npm start.`);
if (existsSync(to) && readdirSync(to).length > 0) end(`${to} is not empty: take a new folder.`);

const when = new Date();
const start = performance.now();
mkdirSync(to, { recursive: true });
beginBackup(to);
// A room may be deleted while others are copied.
const files = parts
  .flatMap(databases)
  .flatMap((file) => (existsSync(path.join(from, file)) ? [{ file, bytes: copy(file) }] : []));
finishBackup(to, files, when);
const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
const seconds = ((performance.now() - start) / 1_000).toFixed(1);
console.log(`${files.length} files, ${(bytes / 2 ** 20).toFixed(1)} MiB in ${seconds} s: ${to}`);

/** @returns {string[]} the databases of one part, relative to the data folder */
function databases(/** @type {string} */ part) {
  const whole = path.join(from, part);
  if (!existsSync(whole)) return [];
  const names = readdirSync(whole, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".sqlite")).map((name) => path.join(part, name));
}

/**
 * SQLite copies the state of one moment, whatever is written meanwhile, and without the write-ahead log.
 * @returns {number} bytes
 */
function copy(/** @type {string} */ file) {
  const target = path.join(to, file);
  mkdirSync(path.dirname(target), { recursive: true });
  const database = new DatabaseSync(path.join(from, file), { readOnly: true, timeout: waitMs });
  database.prepare("VACUUM INTO ?").run(target);
  database.close();
  sync(target);
  return statSync(target).size;
}

/** @returns {never} */
function end(/** @type {string} */ why) {
  console.error(why);
  process.exit(2);
}
