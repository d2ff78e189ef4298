/** Room codes as people type them, and names as rooms compare them. */

import { expect, test } from "vitest";
import { nameKey, normalizeName, normalizeRoomCode, ROOM_ALPHABET } from "./index.ts";

test("a room code may be typed in any case, with spaces and hyphens", () => {
  for (const typed of ["ACDEFG", "acdefg", " acd efg ", "ACD-EFG"])
    expect(normalizeRoomCode(typed)).toBe("ACDEFG");
});

test("what can't be a room code is none", () => {
  for (const typed of [
    "",
    "ACDEF",
    "ACDEFGH",
    "ACDEF0",
    "ACDEFI",
    "../../",
    "ACDEF\u0000",
    "АCDEFG",
  ])
    expect(normalizeRoomCode(typed), typed).toBeNull();
});

test("the alphabet has no two letters that look alike", () => {
  expect(new Set(ROOM_ALPHABET).size).toBe(ROOM_ALPHABET.length);
  for (const letter of "0OoIl1S5Z2B8UV") expect(ROOM_ALPHABET).not.toContain(letter);
});

test("a name is the same to the room however it is normalized before", () => {
  for (const name of ["Zoe\u0308", "Ｄａｖｅ", "ﬁona", "straße", "İstanbul", "ΣΑΣ"]) {
    const once = normalizeName(name)!;
    expect(normalizeName(once)).toBe(once);
    expect(nameKey(once)).toBe(nameKey(once.toUpperCase()));
  }
});
