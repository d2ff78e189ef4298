/** Names that can be mistaken for each other. */

import { describe, expect, test } from "vitest";
import { areSame, isHostName, keysOf } from "./same-name.ts";

const same = (one: string, other: string) => areSame(keysOf(one), keysOf(other));

describe("one name", () => {
  test.each([
    ["paypal", "\u0440\u0430\u0443\u0440\u0430l", "Cyrillic"],
    ["paypal", "PAYPAL", "case"],
    ["Alice", "\u0391lice", "Greek Alpha"],
    ["Bob", "B\u043eb", "one Cyrillic letter"],
    ["Bill", "BiII", "capital I for l"],
    ["Bill", "Bi11", "one for l"],
    ["Tom", "Torn", "rn for m"],
    ["Otto", "0tto", "nought for O"],
    ["Ana Maria", "AnaMaria", "a space less"],
    ["Zo\u00eb", "Zoe\u0308", "a mark apart"],
    ["Zo\u00eb", "Z\u043e\u00eb", "a mark and a Cyrillic letter"],
    ["علیرضا", "علی\u200cرضا", "a joiner"],
    ["❤", "❤\ufe0f", "a sign for its look"],
    ["straße", "STRASSE", "a letter that upper case spells out"],
  ])("%s is %s: %s", (one, other) => {
    expect(same(one, other)).toBe(true);
    expect(same(other, one)).toBe(true);
  });
});

describe("two names", () => {
  test.each([
    ["Ana", "Anna"],
    ["Ana", "Aña"],
    ["bot 1", "bot 2"],
    ["bot 1", "bot 11"],
    ["trader 10", "trader 100"],
    ["Иван", "Ирина"],
    ["李", "王"],
    ["محمد", "أحمد"],
    ["🦊", "🐻"],
    ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    ["Noa", "Moa"],
  ])("%s and %s", (one, other) => {
    expect(same(one, other)).toBe(false);
  });

  test("a thousand numbered traders are a thousand", () => {
    const names = Array.from({ length: 1_000 }, (_, n) => keysOf(`trader ${n}`).skeleton);
    expect(new Set(names).size).toBe(1_000);
  });
});

test("nobody can be taken for the host or the server", () => {
  const posing = [
    ...["Host", "HOST", "h0st", "\u041dost", "H\u043est", "H o s t", "\uff28ost"],
    ...["System", "SYSTEM", "\u0405ystem", "Systern", "syst\u0435m"],
    ...["Exchange", "EXCHANGE", "Exch\u0430nge", "\u0415xchange", "E x c h a n g e"],
  ];
  for (const name of posing) expect(isHostName(keysOf(name)), name).toBe(true);
  for (const name of ["Hostess", "Ghost", "Ecosystem", "Ex", "Stem", "Хост"])
    expect(isHostName(keysOf(name)), name).toBe(false);
});
