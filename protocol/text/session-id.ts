/**
 * The id of a session: a random UUID whose last seven digits say its room, so that a session that is in no archive yet is
 * found by its id alone.
 */

import { ROOM_ALPHABET, ROOM_CODE_LENGTH } from "../limits.ts";

const digits = 7;
const codes = ROOM_ALPHABET.length ** ROOM_CODE_LENGTH;

/** @param uuid a random one */
export function sessionIdOf(room: string, uuid: string): string {
  let number = 0;
  for (const letter of room) number = number * ROOM_ALPHABET.length + ROOM_ALPHABET.indexOf(letter);
  return uuid.slice(0, -digits) + number.toString(16).padStart(digits, "0");
}

/** The room that may have the session; null: none. An id of an earlier release leads anywhere. */
export function roomOfSession(sessionId: string): string | null {
  if (!/^[0-9a-f-]{36}$/.test(sessionId)) return null;
  let number = parseInt(sessionId.slice(-digits), 16);
  if (!(number < codes)) return null;
  let room = "";
  for (let at = 0; at < ROOM_CODE_LENGTH; at++) {
    room = (ROOM_ALPHABET[number % ROOM_ALPHABET.length] ?? "") + room;
    number = Math.floor(number / ROOM_ALPHABET.length);
  }
  return room;
}
