import { expect, test } from "vitest";
import { fileAddress, hasDecimalComma } from "./files.ts";

test.each([
  ["en-US", false],
  ["en-GB", false],
  ["de-DE", true],
  ["de-AT", true],
  ["de-CH", false],
  ["fr-FR", true],
  ["fr-CA", true],
  ["es-ES", true],
  ["es-MX", false],
  ["it", true],
  ["nl-NL", true],
  ["pl-PL", true],
  ["pt-BR", true],
  ["ru-RU", true],
  ["tr", true],
  ["ja-JP", false],
  ["zh-CN", false],
  ["hi-IN", false],
  ["ar-EG", false],
])("numbers in %s have a decimal comma: %s", (locale, expected) => {
  expect(hasDecimalComma(locale)).toBe(expected);
});

test("CSV files are asked for as the reader's spreadsheet opens them, with or without a ticket", () => {
  const address = "/api/rooms/ABCDEF/files/trades.csv";
  expect(fileAddress(address, "spreadsheet", "en-GB")).toBe(`${address}?for=excel`);
  expect(fileAddress(`https://game.example${address}?ticket=t`, "spreadsheet", "de-DE")).toBe(
    `https://game.example${address}?ticket=t&for=excel&sep=%3B`,
  );
});

test("for programs, and for the database, the address stays as it is", () => {
  expect(fileAddress("/files/trades.csv?ticket=t", "plain", "de-DE")).toBe(
    "/files/trades.csv?ticket=t",
  );
  expect(fileAddress("/files/session.sqlite", "spreadsheet", "de-DE")).toBe(
    "/files/session.sqlite",
  );
});
