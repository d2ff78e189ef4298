/** Kills a backup before it copies its next file, once `KILLED_AT` rooms are there: imported ahead of scripts/backup.mjs. */

import { readdirSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const most = Number(process.env.KILLED_AT);
const folder = process.argv.at(-1) ?? "";
const { prepare } = DatabaseSync.prototype;

DatabaseSync.prototype.prepare = function (...args) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const rooms = files.filter((file) => /[0-9a-f]{64}\.sqlite$/.test(file)).length;
  if (rooms >= most) process.kill(process.pid, "SIGKILL");
  return prepare.apply(this, args);
};
