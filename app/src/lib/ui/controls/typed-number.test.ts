import { expect, test } from "vitest";
import { type NumberField, plainly, readNumber } from "./typed-number.ts";

const LANGUAGES = ["en", "de", "fr", "de-CH", "hi-IN"] as const;

/** A reading in short: the value; with `=` in front, if the field shows it; both of two readings; or the fault. */
function read(text: string, languages: readonly string[], field?: NumberField): string {
  const reading = readNumber(text, languages, field);
  if (reading.kind === "number") return (reading.plain ? "" : "= ") + String(reading.value);
  return reading.kind === "ambiguous" ? reading.readings.join(" | ") : reading.kind;
}

test.each([
  // Nothing to show beside what leaves no doubt.
  ["0", "0"],
  ["12", "12"],
  ["12.5", "12.5"],
  ["-3.25", "-3.25"],
  ["+5", "5"],
  [".5", "0.5"],
  ["5.", "5"],
  ["-0", "0"],
  ["007", "7"],
  ["123456789012345", "123456789012345"],
  ["0.125", "0.125"],
  ["1234.567", "1234.567"],
  ["0.000001", "0.000001"],
  ["1.0000000", "1"],
  // A comma for decimals.
  ["0,125", "= 0.125"],
  ["+5,5", "= 5.5"],
  ["−3,5", "= -3.5"],
  ["12,34", "= 12.34"],
  ["1234,567", "= 1234.567"],
  ["99,1250", "= 99.125"],
  [",5", "= 0.5"],
  ["5,", "= 5"],
  // Groups that tell what is what.
  ["1,234,567", "= 1234567"],
  ["1.234.567", "= 1234567"],
  ["1,234.5", "= 1234.5"],
  ["1.000,5", "= 1000.5"],
  ["1.234.567,89", "= 1234567.89"],
  ["12,34,567", "= 1234567"],
  ["12,34,567.5", "= 1234567.5"],
  ["1 000", "= 1000"],
  ["1 234 567,8", "= 1234567.8"],
  ["1\u00a0234,5", "= 1234.5"],
  ["1\u202f234.5", "= 1234.5"],
  ["1'234.5", "= 1234.5"],
  ["1’234’567", "= 1234567"],
  ["1_000_000", "= 1000000"],
  [" 12 ", "= 12"],
  // Signs and digits of other keyboards.
  ["−5", "= -5"],
  ["–5", "= -5"],
  ["- 5", "= -5"],
  ["－５", "= -5"],
  ["＋１２．５", "= 12.5"],
  ["１２，５", "= 12.5"],
  ["१२.५", "= 12.5"],
  ["۱۲", "= 12"],
  ["١٢٫٥", "= 12.5"],
  ["\u200e12", "= 12"],
  // Thousands and millions, as the page shortens sizes.
  ["5k", "= 5000"],
  ["1.5K", "= 1500"],
  ["2 m", "= 2000000"],
  ["0,25m", "= 250000"],
  ["-3k", "= -3000"],
  ["1.2345678m", "= 1234567.8"],
  // No numbers.
  ["", "empty"],
  ["  ", "empty"],
  ["abc", "unreadable"],
  ["-", "unreadable"],
  [".", "unreadable"],
  ["k", "unreadable"],
  ["1e3", "unreadable"],
  ["1E-3", "unreadable"],
  ["0x10", "unreadable"],
  ["Infinity", "unreadable"],
  ["--5", "unreadable"],
  ["+-5", "unreadable"],
  ["5-", "unreadable"],
  ["(5)", "unreadable"],
  ["5%", "unreadable"],
  ["1 5", "unreadable"],
  ["1 0000", "unreadable"],
  ["1.2.3", "unreadable"],
  ["1,2,3", "unreadable"],
  ["1,000,00", "unreadable"],
  ["1.000.5", "unreadable"],
  ["1,00,00,000.5.1", "unreadable"],
  ["0,125,000", "unreadable"],
  ["1 234'567", "unreadable"],
  ["5²", "unreadable"],
  ["½", "unreadable"],
  ["五", "unreadable"],
  ["5kk", "unreadable"],
  // Beyond what is held exactly.
  ["0.0000001", "fine"],
  ["1,1234567", "fine"],
  ["1234567890123456", "long"],
  ["1234567890.123456", "long"],
  ["9999999999m", "long"],
])("%j is %j for everybody", (text, expected) => {
  for (const language of LANGUAGES)
    expect([language, read(text, [language])]).toEqual([language, expected]);
  expect(read(text, [])).toBe(expected);
});

test.each([
  // [text, en, de, fr, de-CH, hi-IN]
  ["1,000", "= 1000", "1000 | 1", "1000 | 1", "1000 | 1", "= 1000"],
  ["99,125", "= 99125", "99125 | 99.1250", "99125 | 99.1250", "99125 | 99.1250", "= 99125"],
  ["-1,500", "= -1500", "-1500 | -1.5", "-1500 | -1.5", "-1500 | -1.5", "= -1500"],
  ["1.000", "= 1", "1000 | 1", "1000 | 1", "= 1", "= 1"],
  ["99.125", "= 99.125", "99125 | 99.1250", "99125 | 99.1250", "= 99.125", "= 99.125"],
  ["1.500k", "= 1500", "1500000 | 1500", "1500000 | 1500", "= 1500", "= 1500"],
])("%j has two readings: one for en, de, fr, de-CH and hi-IN, or both", (text, ...expected) => {
  expect(LANGUAGES.map((language) => read(text, [language]))).toEqual(expected);
});

test.each([
  ["1,000", "= 1000", "1000 | 1", "1000 | 1", "1000 | 1", "= 1000"],
  ["1.000", "1000 | 1", "= 1000", "1000 | 1", "1000 | 1", "1000 | 1"],
  ["2.500", "2500 | 2.5", "= 2500", "2500 | 2.5", "2500 | 2.5", "2500 | 2.5"],
])("a field of whole numbers reads %j as a thousand, or not at all", (text, ...expected) => {
  const inEach = LANGUAGES.map((language) => read(text, [language], { whole: true }));
  expect(inEach).toEqual(expected);
});

test("a field that writes three decimals itself reads its own point everywhere", () => {
  for (const language of LANGUAGES)
    expect(read("99.125", [language], { decimals: 3 })).toBe("= 99.125");
  expect(read("99,125", ["de"], { decimals: 3 })).toBe("99125 | 99.1250");
});

test("who reads several languages is not guessed at where they differ", () => {
  expect(read("1,000", ["en-GB", "en"])).toBe("= 1000");
  expect(read("1,000", ["en-US", "de"])).toBe("1000 | 1");
  expect(read("1.000", ["de-DE", "de", "en"], { whole: true })).toBe("1000 | 1");
});

test("a browser's language that nobody knows counts as the page's", () => {
  expect(read("1,000", ["", "no such language!"])).toBe("= 1000");
});

test("both writings of an ambiguous text are read as they are meant", () => {
  for (const text of ["99,125", "1.000", "-1,500", "12.340", "1,001"]) {
    const reading = readNumber(text, ["de"]);
    if (reading.kind !== "ambiguous") throw new Error(`${text} is not ambiguous`);
    const [grouped, decimal] = reading.readings.map((one) => readNumber(one, ["de"]));
    const bare = Number(text.replace(/[.,]/, ""));
    expect(grouped).toMatchObject({ kind: "number", value: bare });
    expect(decimal).toMatchObject({ kind: "number", value: bare / 1_000 });
  }
});

test("a field says what it reads without a sign that has two meanings", () => {
  expect([0, 0.125, 999, 1000, -1234567.5, 99.125].map(plainly)).toEqual([
    "0",
    "0.125",
    "999",
    "1\u202f000",
    "−1\u202f234\u202f567.5",
    "99.125",
  ]);
});
