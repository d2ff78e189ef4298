/**
 * Tells whether a data folder is a backup, and a complete one. A backup under way, or cut off, has an incomplete-file;
 * a finished one has a list of its files. The first server that starts from it puts the list aside, for from then on
 * the files change. Knows nothing of their content.
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

const incompleteFile = "backup-incomplete";
const list = "backup.json";
const listPutAside = "backup-restored.json";

/** A data folder that no server should start from. The message names the remedy. */
export class UnusableData extends Error {}

/** Writes the incomplete-file before anything else is in the folder. */
export function beginBackup(/** @type {string} */ folder) {
  writeFileSync(path.join(folder, incompleteFile), "This backup is under way, or was cut off.\n");
  sync(path.join(folder, incompleteFile));
  sync(folder);
}

/**
 * Writes the list, and removes the incomplete-file once everything is on the disk.
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
  rmSync(path.join(folder, incompleteFile));
  sync(folder);
}

/**
 * Lets a server start from the folder unless it is an incomplete backup; puts the list of a complete one aside.
 * @throws {UnusableData}
 */
export function admitData(/** @type {string} */ folder) {
  if (existsSync(path.join(folder, incompleteFile)))
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

/** Syncs a file, or the names in a folder, to the disk. */
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
    // An invalid list counts as damaged, like any other file.
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
