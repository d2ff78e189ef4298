/** Files of the rooms on one machine: one SQLite database each, named by the object's id. */

import { readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";

const ofRoom = /^[0-9a-f]{64}\.sqlite$/;
/** Size of a database without tables: one page, and an empty write-ahead log. */
const emptyBytes = 4_096;

/**
 * Deletes the empty files that workerd keeps for every object ever addressed, and for every deleted room.
 * The server must not be running.
 * @returns {number} how many
 */
export function sweepEmptyRooms(/** @type {string} */ folder) {
  const files = readdirSync(folder).filter((file) => ofRoom.test(file));
  const empty = files.filter((file) => {
    const unwritten = sizeOf(path.join(folder, `${file}-wal`));
    return unwritten === 0 && sizeOf(path.join(folder, file)) <= emptyBytes;
  });
  for (const file of empty)
    for (const suffix of ["", "-wal", "-shm"])
      rmSync(path.join(folder, `${file}${suffix}`), { force: true });
  return empty.length;
}

function sizeOf(/** @type {string} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
