/** Codes and passcodes as people type and paste them. */

import { describe, expect, test } from "vitest";
import {
  normalizePasscode,
  normalizeRoomCode,
  normalizeSeatCode,
  ROOM_ALPHABET,
} from "../index.ts";

test("a room code may be typed in any case, with spaces and hyphens", () => {
  for (const typed of [
    ...["ACDEFG", "acdefg", " acd efg ", "ACD-EFG", "ACD\u2013EFG", "ACDEFG.", "“ACDEFG”"],
    ...["ＡＣＤＥＦＧ", "acd\u00a0efg", "\u200eACDEFG\u200b"],
  ])
    expect(normalizeRoomCode(typed)).toBe("ACDEFG");
});

test("what can't be a room code is none", () => {
  for (const typed of [
    "",
    "ACDEF",
    "ACDEFGH",
    "ACDEF0",
    "ACDEFI",
    "../../..",
    "ACDEF\u0000",
    "АCDEFG",
  ])
    expect(normalizeRoomCode(typed), typed).toBeNull();
});

test("the alphabet has no two letters that look alike", () => {
  expect(new Set(ROOM_ALPHABET).size).toBe(ROOM_ALPHABET.length);
  for (const letter of "0OoIl1S5Z2B8UV") expect(ROOM_ALPHABET).not.toContain(letter);
});

test("digits of a room code may be of another script", () => {
  expect(normalizeRoomCode("acd٣٤۶")).toBe("ACD346");
});

test.each([
  "123456",
  "123 456",
  "123-456",
  "１２３４５６",
  "١٢٣٤٥٦",
  "१२३४५६",
  " 123456. ",
  "“123456”",
])("%s is a seat's code", (typed) => expect(normalizeSeatCode(typed)).toBe("123456"));

describe("one passcode", () => {
  test.each([
    ["swordfish", "Swordfish", "a phone's capital"],
    ["swordfish", " swordfish\u00a0", "spaces around it"],
    ["swordfish", "swordfish.", "the dot that ends a sentence"],
    ["swordfish", "swordfish. ", "the dot and space of a phone"],
    ["swordfish", "“swordfish”", "the quotes of a chat"],
    ["swordfish", "\u200eswordfish\u200b", "invisible marks of a chat"],
    ["café", "cafe\u0301", "an accent apart"],
    ["1234", "１２３４", "full width"],
    ["1234", "١٢٣٤", "Arabic digits"],
    ["don't", "don’t", "a typographic apostrophe"],
    ["room-7", "room\u20137", "a dash"],
    ["two words", "two  words", "two spaces"],
    ["straße", "STRASSE", "upper case"],
  ])("%s is %s: %s", (one, other) => {
    expect(normalizePasscode(other)).toBe(normalizePasscode(one));
  });

  test("is the same however often it is normalized", () => {
    for (const typed of ["“Café.”", " . ", "''", "ﬁsh", "1٢３", '"a"."'])
      expect(normalizePasscode(normalizePasscode(typed)), typed).toBe(normalizePasscode(typed));
  });
});

test.each([
  ["swordfish", "sword fish"],
  ["1234", "12345"],
  ["café", "cafe"],
  ["...", "."],
  ["a.b", "ab"],
])("%s and %s are two", (one, other) => {
  expect(normalizePasscode(one)).not.toBe(normalizePasscode(other));
});
