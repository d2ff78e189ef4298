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

test.each([
  ["a bidi override", "Ana\u202eanA"],
  ["a bidi isolate", "\u2066Ana\u2069"],
  ["an Arabic letter mark", "Ana\u061c"],
  ["a zero width space", "A\u200bna"],
  ["a zero width joiner between letters", "A\u200dna"],
  ["a byte order mark", "A\ufeffna"],
  ["a soft hyphen", "A\u00adna"],
  ["a grapheme joiner", "A\u034fna"],
  ["a variation selector on a letter", "A\ufe0fna"],
  ["a Hangul filler", "\u3164"],
  ["an empty Braille cell", "\u2800"],
  ["a tag", "A\u{e0041}na"],
  ["a control", "A\u0007na"],
  ["NUL", "A\u0000na"],
  ["private use", "A\ue000na"],
  ["a replacement character, as of invalid UTF-8", "A\ufffdna"],
  ["half a surrogate pair", "A\ud83dna"],
  ["the mark for an object", "A\ufffcna"],
  ["no character: U+FFFF", "A\uffffna"],
  ["no character: U+FFFE", "A\ufffena"],
  ["no character: U+FDD0", "A\ufdd0na"],
  ["no character: U+1FFFE", "A\u{1fffe}na"],
  ["a line separator", "A\u2028na"],
  ["200 combining marks", `A${"\u0301\u0323".repeat(100)}`],
  ["four marks on each letter", "Z\u0335\u0321\u0322\u0327a\u0335\u0321\u0322\u0327"],
  ["a mark without a letter", "\u0335Ana"],
  ["nothing", ""],
  ["only spaces", " \u00a0\u2003 "],
  ["25 letters", "x".repeat(25)],
  ["64 kB", "x".repeat(65_536)],
])("a name may not hold %s", (_what, name) => {
  expect(normalizeName(name)).toBeNull();
});

test.each([
  "Ana",
  "Zoë",
  "José María",
  "O'Brien-Smith",
  "李小龙",
  "Владимир",
  "محمد",
  "हिन्दी",
  "Nguyễn Văn Ớ",
  "👩‍👩‍👧‍👦",
  "👩🏽‍💻",
  "❤️",
  "1️⃣",
  "x".repeat(24),
  "👩‍👩‍👧‍👦".repeat(8),
  "<img src=x onerror=1>",
])("%s is a name", (name) => {
  expect(normalizeName(name)).toBe(name.normalize("NFKC"));
});
