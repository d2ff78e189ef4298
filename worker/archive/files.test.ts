import { describe, expect, test } from "vitest";
import { exportFiles } from "#protocol";
import { renderCsv } from "./csv.ts";
import { csvStream, fileHeaders, fileKind, fileResponse } from "./files.ts";
import { sampleData } from "./testing/sample.ts";
import { sourceOf } from "./testing/whole.ts";
import type { ExportSource } from "./session.ts";

test("every promised file has a kind and headers", () => {
  for (const file of exportFiles) {
    const headers = fileHeaders("acd-efg", file)!;
    expect(headers.get("Content-Disposition")).toBe(`attachment; filename="ACDEFG-${file}"`);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Cache-Control")).toBe("private, no-store");
  }
  expect(fileKind("pnl.csv")).toEqual({ table: "pnl" });
  expect(fileKind("session.sqlite")).toBe("sqlite");
  expect(fileHeaders("ACDEFG", "pnl.csv")?.get("Content-Type")).toBe("text/csv; charset=utf-8");
});

describe("nothing else is a file", () => {
  test.each([
    ["ACDEFG", "../trades.csv"],
    ["ACDEFG", "sessions.csv"],
    ["ACDEFG", "trades.csv\r\nX: y"],
    ["ACDEFG", 'trades.csv"; filename="x'],
    ["ACDEFG", "toString"],
    ["ACDEFG", ""],
    ['A"\r\nX:', "trades.csv"],
    ["../../", "trades.csv"],
    ["", "trades.csv"],
  ])("%j %j", async (room, file) => {
    expect(fileHeaders(room, file)).toBeNull();
    expect(fileResponse(room, file, sourceOf(sampleData()))).toBeNull();
  });
});

test("a CSV response is the whole table", async () => {
  const data = sampleData(2_345);
  const response = fileResponse("ACDEFG", "trades.csv", sourceOf(data));
  expect(await response!.text()).toBe(renderCsv("trades", data.trades));
});

test("a CSV response may be in the style of a spreadsheet, the SQLite file has none", async () => {
  const data = sampleData();
  const style = { separator: ";" } as const;
  const response = fileResponse("ACDEFG", "pnl.csv", sourceOf(data), style);
  const bytes = new Uint8Array(await response!.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe(
    renderCsv("pnl", data.pnl, style),
  );
  const file = fileResponse("ACDEFG", "session.sqlite", sourceOf(data), style);
  const plain = fileResponse("ACDEFG", "session.sqlite", sourceOf(data));
  expect(await file!.arrayBuffer()).toEqual(await plain!.arrayBuffer());
});

test("a source that fails in the middle breaks the download and does not end it", async () => {
  const source: ExportSource = async function* (table) {
    yield sampleData()[table];
    throw new Error("D1 is away");
  };
  await expect(new Response(csvStream("trades", source)).text()).rejects.toThrow("D1 is away");
});

test("a reader that stops lets the source go", async () => {
  let closed = false;
  const source: ExportSource = async function* (table) {
    try {
      for (;;) yield sampleData()[table];
    } finally {
      closed = true;
    }
  };
  const reader = csvStream("trades", source).getReader();
  for (let chunk = 0; chunk < 4; chunk++) await reader.read();
  await reader.cancel();
  expect(closed).toBe(true);
});
