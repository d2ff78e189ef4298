/**
 * The chain of hashes over a session's log. Works on the log's own bytes: JSON is never written again, so a checker needs
 * nothing but SHA-256. Knows no room.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { firstHash, followsFrom } from "../journal/line-hash.ts";

const lineFeed = 10;
/** End of a line, `,"hash":"` + 64 digits + `"}`: all of it but the brace is cut out before hashing. */
const opening = utf8ToBytes(',"hash":"');
const ending = utf8ToBytes('"}');
const tailLength = opening.length + firstHash.length + ending.length;

export interface Chain {
  /** Lines whose hash is that of their content and the line before; all of them in a sound log. */
  sound: number;
  lines: number;
  /** Hash of the last line as it stands there; null: the log is empty. */
  last: string | null;
}

/** Beginning and end of each line of a log, without its line feed; an empty last line is none. */
export function* linesIn(log: Uint8Array): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < log.length;) {
    const found = log.indexOf(lineFeed, from);
    const to = found < 0 ? log.length : found;
    if (to > from) yield [from, to];
    from = to + 1;
  }
}

/** Follows the chain from the first line. Stops counting at the first line that does not fit. */
export function followChain(log: Uint8Array): Chain {
  const chain: Chain = { sound: 0, lines: 0, last: null };
  let before: Uint8Array = utf8ToBytes(firstHash);
  let last: Uint8Array | null = null;
  for (const [from, to] of linesIn(log)) {
    const line = log.subarray(from, to);
    last = hashIn(line);
    if (chain.sound === chain.lines && last !== null) {
      const content = line.subarray(0, line.length - tailLength);
      if (followsFrom(before, content, last)) chain.sound++;
      before = last;
    }
    chain.lines++;
  }
  chain.last = last && String.fromCharCode(...last);
  return chain;
}

/** The hash that a line tells, as its letters; null if the line does not end as a line of a log does. */
function hashIn(line: Uint8Array): Uint8Array | null {
  const at = line.length - tailLength;
  const to = line.length - ending.length;
  if (at < 0 || !stands(opening, line, at) || !stands(ending, line, to)) return null;
  return line.subarray(at + opening.length, to);
}

function stands(text: Uint8Array, line: Uint8Array, at: number): boolean {
  for (let nth = 0; nth < text.length; nth++) if (line[at + nth] !== text[nth]) return false;
  return true;
}
