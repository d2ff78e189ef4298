/**
 * Codes and passcodes as people type, dictate and paste them: two spellings of the same one become equal, on the server
 * and on the pages.
 */

import { ROOM_ALPHABET, ROOM_CODE_LENGTH } from "../limits.ts";
import { nameKey } from "./names.ts";

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const dashes = /[\p{Pd}\u2212]/gu;
// NFKC would make some of them two characters.
const singleQuotes = /[\u2018-\u201B\u2032\u2035\u00B4\u0060]/g;
const doubleQuotes = /[\u201C-\u201F\u2033\u2036\u00AB\u00BB\u300C\u300D]/g;
/** A pair of quotes around the whole. */
const quoted = /^(["'])(.+)\1$/;
/** Marks that a chat or the end of a sentence leaves behind. */
const sentenceEnd = /[\s.\u3002]+$/;

/** Full width and composed characters, digits of all scripts, dashes and quotes in their plain form; nothing invisible. */
function plain(input: string): string {
  return input
    .replace(singleQuotes, "'")
    .replace(doubleQuotes, '"')
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(/\p{Nd}/gu, digitOf)
    .replace(dashes, "-")
    .replace(/\s+/g, " ")
    .trim();
}

/** A digit of any script as that of ASCII. The ten digits of a script follow each other, and nothing of the kind stands before. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Upper-cases what a person typed and drops spaces, hyphens, quotes and a last dot; null if it cannot be a room code. */
export function normalizeRoomCode(input: string): string | null {
  const code = plain(input)
    .replace(sentenceEnd, "")
    .replace(/[\s\-'"]/g, "")
    .toUpperCase();
  if (code.length !== ROOM_CODE_LENGTH) return null;
  for (const letter of code) if (!ROOM_ALPHABET.includes(letter)) return null;
  return code;
}

/** The digits of a seat's code. */
export const normalizeSeatCode = (input: string): string => plain(input).replace(/[\s\-'".]/g, "");

/**
 * The passcode that a text stands for: without case, as phones begin with a capital, and without the quotes around it or
 * the dot behind it.
 */
export function normalizePasscode(input: string): string {
  const text = plain(input);
  const bare = text.replace(sentenceEnd, "").replace(quoted, "$2").replace(sentenceEnd, "");
  // A passcode of nothing but such signs is one as well.
  return nameKey(bare || text || input);
}
