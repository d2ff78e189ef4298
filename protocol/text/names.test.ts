/** Names as rooms allow and compare them. */

import { expect, test } from "vitest";
import { nameFault, nameKey, normalizeName } from "../index.ts";

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
  ["a flag's tags without the flag", "A\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
  ["a flag of a region that has none", "🏴\u{e0075}\u{e0073}\u{e0063}\u{e0061}\u{e007f}"],
  ["a joiner behind the last letter of a Persian name", "علی\u200c"],
  ["two joiners in a row", "علی\u200c\u200cرضا"],
  ["a joiner between Hebrew letters", "דו\u200cד"],
  ["a joiner that a virama does not ask for", "क\u200dख"],
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
  "علی\u200cرضا",
  "می\u200cنا",
  "ශ්\u200dරී ලංකා",
  "ක්\u200dරිස්ටිනා",
  "ന്\u200d",
  "র\u200d্যান্ডি",
  "क्\u200cष",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "Iain 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  "x".repeat(24),
  "👩‍👩‍👧‍👦".repeat(8),
  "<img src=x onerror=1>",
])("%s is a name", (name) => {
  expect(normalizeName(name)).toBe(name.normalize("NFKC"));
});

test.each([
  ["A\u202ena", "it holds U+202E, an invisible mark that turns the direction of text: take it out"],
  ["A\u200dna", "it holds U+200D, an invisible joiner where it joins nothing: take it out"],
  ["A\u200bna", "it holds U+200B, an invisible character: take it out"],
  ["A\u{e0041}na", "it holds U+E0041, an invisible tag: take it out"],
  ["A\u0007na", "it holds U+0007, a control character: take it out"],
  [
    "A\ue000na",
    "it holds U+E000, a private character, which means something else on each device: take it out",
  ],
  ["A\ufffdna", "it holds U+FFFD, the sign for something that is missing: take it out"],
  ["\u0335Ana", "its mark \u25cc\u0335 stands on no letter: take it out"],
  ["Z\u0335\u0321\u0322\u0327", "it has more than three marks on one letter: take some off"],
  ["  ", "it is empty: give 1 to 24 characters"],
  ["x".repeat(25), "it is too long: give 1 to 24 characters"],
  ["Ana", null],
])("of %j it says that %s", (name, fault) => {
  expect(nameFault(name)).toBe(fault);
});
