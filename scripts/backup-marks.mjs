/**
 * Says whether a data folder is a backup, and a whole one. A backup that is under way, or was cut off, has a mark; one
 * that is done has a list of its files. The first server that starts from it puts the list aside: from then on the
 * files change. Knows nothing of what is in them.
 */

import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

const mark = "backup-incomplete";
const list = "backup.json";
const listPutAside = "backup-restored.json";

/** A data folder that no server should start from. The message says what to do. */
export class UnusableData extends Error {}

/** Marks the folder before anything else is in it. */
export function beginBackup(/** @type {string} */ folder) {
  writeFileSync(path.join(folder, mark), "This backup is under way, or was cut off.\n");
  sync(path.join(folder, mark));
  sync(folder);
}

/**
 * Writes the list, and takes the mark away once everything is on the disk.
 * @param {string} folder
 * @param {{ file: string, bytes: number }[]} files relative to the folder, each of them on the disk
 * @param {Date} when the backup began
 */
export function finishBackup(folder, files, when) {
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  const content = JSON.stringify({ when: when.toISOString(), bytes, files }, null, 2);
  writeFileSync(path.join(folder, list), `${content}\n`);
  sync(path.join(folder, list));
  for (const one of new Set(files.flatMap(({ file }) => foldersOf(file))))
    sync(path.join(folder, one));
  sync(folder);
  rmSync(path.join(folder, mark));
  sync(folder);
}

/**
 * Lets a server start from the folder if it is not a backup, or a whole one, and then remembers that one has.
 * @throws {UnusableData}
 */
export function admitData(/** @type {string} */ folder) {
  if (existsSync(path.join(folder, mark)))
    throw new UnusableData(
      `${folder} is a backup that was not finished: start from another one, or make it anew in an empty folder.`,
    );
  if (!existsSync(path.join(folder, list))) return;
  const wrong = listed(folder).find(({ file, bytes }) => sizeOf(path.join(folder, file)) !== bytes);
  if (wrong !== undefined)
    throw new UnusableData(
      `${folder} is a backup of which ${wrong.file} is missing or damaged: copy the backup again, whole.`,
    );
  renameSync(path.join(folder, list), path.join(folder, listPutAside));
}

/** Has the disk keep a file or the names in a folder. */
export function sync(/** @type {string} */ target) {
  const descriptor = openSync(target, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** @returns {{ file: string, bytes: number }[]} */
function listed(/** @type {string} */ folder) {
  try {
    const { files } = JSON.parse(readFileSync(path.join(folder, list), "utf8"));
    if (Array.isArray(files)) return files;
  } catch {
    // No JSON: as damaged as another file would be.
  }
  return [{ file: list, bytes: -1 }];
}

function sizeOf(/** @type {string} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

/** @returns {string[]} `do/a` and `do` of `do/a/b.sqlite` */
function foldersOf(/** @type {string} */ file) {
  const folder = path.dirname(file);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}
