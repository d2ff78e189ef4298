/**
 * Compares two folders of `npm run pictures` picture by picture, and says what differs: by how many pixels, and where.
 *
 *   node scripts/compare-pictures.mjs BEFORE AFTER     exit 1 if a picture differs, or is in one folder only
 */

import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PNG } from "pngjs";

/** Steps of a colour channel, of 255, that count as the same: letters are not smoothed alike every time. */
const sameSteps = 12;

/** @typedef {{ width: number, height: number, data: Uint8Array }} Picture four bytes a pixel, row by row */

/**
 * @param {Picture} before
 * @param {Picture} after
 * @returns {string | null} the difference in words; null: there is none
 */
export function differenceOf(before, after) {
  const { width, height } = before;
  if (width !== after.width || height !== after.height)
    return `is ${after.width} x ${after.height} and was ${width} x ${height}`;
  let count = 0;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (isSame(before.data, after.data, 4 * pixel)) continue;
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    count++;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (count === 0) return null;
  const share = ((100 * count) / (width * height)).toFixed(2);
  return `${count} pixels (${share} %) from ${left},${top} to ${right},${bottom}`;
}

function isSame(
  /** @type {Uint8Array} */ before,
  /** @type {Uint8Array} */ after,
  /** @type {number} */ at,
) {
  for (let channel = at; channel < at + 4; channel++)
    if (Math.abs((before[channel] ?? 0) - (after[channel] ?? 0)) > sameSteps) return false;
  return true;
}

/** @returns a line for each picture that differs or is missing, and the number of all pictures */
export function compareFolders(/** @type {string} */ before, /** @type {string} */ after) {
  const [old, now] = [before, after].map((cwd) => new Set(globSync("**/*.png", { cwd })));
  const names = [...new Set([...(old ?? []), ...(now ?? [])])].sort();
  const lines = names.flatMap((name) => {
    if (!now?.has(name)) return [`${name}: is gone`];
    if (!old?.has(name)) return [`${name}: is new`];
    const difference = differenceOf(read(path.join(before, name)), read(path.join(after, name)));
    return difference === null ? [] : [`${name}: ${difference}`];
  });
  return { lines, count: names.length };
}

const read = (/** @type {string} */ file) => PNG.sync.read(readFileSync(file));

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [before, after] = process.argv.slice(2);
  if (before === undefined || after === undefined) {
    console.error("Which folders? node scripts/compare-pictures.mjs BEFORE AFTER");
    process.exit(2);
  }
  const { lines, count } = compareFolders(before, after);
  for (const line of lines) console.log(line);
  console.log(`${count} pictures, ${count - lines.length} equal, ${lines.length} not`);
  // No pictures are no proof.
  process.exit(count > 0 && lines.length === 0 ? 0 : 1);
}
