/**
 * Hashes of a log's lines: SHA-256 of the hash before, a line feed, and the line without its own hash. Makes no objects on
 * the way, for a room does it with every request, and a reader a hundred thousand times.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The hash before the first line. */
export const firstHash = "0".repeat(64);

const lineFeed = 10;
const brace = 0x7d;
const digits = utf8ToBytes("0123456789abcdef");
const headLength = firstHash.length + 1;

// Scratch memory: nothing is kept in it from one call to the next.
const unused = sha256.create();
const hasher = sha256.create();
const digest = new Uint8Array(32);
let buffer = new Uint8Array(1_024);

/** Hash of a line, as hex. @param body its text without the hash */
export function lineHash(last: string, body: string): string {
  return bytesToHex(hashed(utf8ToBytes(`${last}\n${body}`)));
}

/**
 * Whether a line's hash is the told one. Both hashes are letters of hex.
 * @param content of the line up to its hash: but for the brace at its end
 */
export function followsFrom(last: Uint8Array, content: Uint8Array, told: Uint8Array): boolean {
  reserve(headLength + content.length + 1);
  buffer.set(last);
  buffer[headLength - 1] = lineFeed;
  buffer.set(content, headLength);
  buffer[headLength + content.length] = brace;
  const hash = hashed(buffer.subarray(0, headLength + content.length + 1));
  for (let nth = 0; nth < hash.length; nth++) {
    const byte = hash[nth] as number;
    if (told[2 * nth] !== digits[byte >> 4] || told[2 * nth + 1] !== digits[byte & 15])
      return false;
  }
  return true;
}

/** The hash of some bytes, until the next call. */
function hashed(bytes: Uint8Array): Uint8Array {
  unused._cloneInto(hasher);
  hasher.update(bytes).digestInto(digest);
  return digest;
}

function reserve(length: number): void {
  if (length > buffer.length) buffer = new Uint8Array(2 * length);
}
