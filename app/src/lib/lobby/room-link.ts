/** Reads a room's code from typed or pasted text: the code, with or without spaces, or a whole link. */

import { normalizeRoomCode, ROOM_ALPHABET, ROOM_CODE_LENGTH } from "#protocol";

export function roomFromInput(input: string): string | null {
  const link = /\/r\/([^/?#\s]+)/.exec(input);
  return normalizeRoomCode(link?.[1] ?? input);
}

/** Letters and digits that codes never have, since they look like others. */
export const NEVER_IN_CODES = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].filter(
  (letter) => !ROOM_ALPHABET.includes(letter),
);

/** The letters in a typed code that no code can have, each once; none if the text is not as long as a code. */
export function lookAlikesIn(input: string): string[] {
  const letters = input.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
  if (!/^[A-Z0-9]+$/.test(letters) || letters.length !== ROOM_CODE_LENGTH) return [];
  return [...new Set(letters)].filter((letter) => NEVER_IN_CODES.includes(letter));
}
