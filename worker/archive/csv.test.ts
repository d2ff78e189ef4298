import { describe, expect, test } from "vitest";
import { exportTables, tableNames } from "#protocol";
import { csvChunks, csvHeader, harmless, plainNumber, renderCsv } from "./csv.ts";
import { sampleData } from "./testing/sample.ts";

/** RFC 4180 by the letter: CRLF between records, quotes doubled, nothing else special. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      let field = "";
      if (text[at] === '"') {
        at++;
        for (;;) {
          if (at >= text.length) throw new Error("a quoted field does not end");
          if (text[at] !== '"') field += text[at++];
          else if (text[at + 1] === '"') {
            field += '"';
            at += 2;
          } else break;
        }
        at++;
      } else
        while (at < text.length && text[at] !== "," && text[at] !== "\r") {
          if (text[at] === '"' || text[at] === "\n") throw new Error(`bare quote or LF at ${at}`);
          field += text[at++];
        }
      record.push(field);
      if (text[at] === ",") at++;
      else break;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`no CRLF at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

/** The text cell as another program reads it. */
function readBack(text: string): string {
  const row = { ...sampleData().instruments[0]!, symbol: text };
  return parseCsv(renderCsv("instruments", [row]))[1]![1]!;
}

test("the header line is the table's columns in order", () => {
  for (const table of tableNames)
    expect(renderCsv(table, [])).toBe(`${Object.keys(exportTables[table]).join(",")}\r\n`);
  expect(csvHeader("events")).toBe("seq,ts,user_id,name,op,detail\r\n");
});

test("a row is written with each kind of cell", () => {
  const [order] = sampleData().orders;
  expect(renderCsv("orders", [order!]).split("\r\n")[1]).toBe(
    `1,"'\t=cmd",2026-11-22T17:30:00.007Z,2026-11-22T17:30:00.008Z,2,'=1+1,1,'@RAIN,buy,market,GFD,false,,10,5,cancelled,`,
  );
});

test("every table parses back to as many columns and rows", () => {
  const data = sampleData(1_234);
  for (const table of tableNames) {
    const records = parseCsv(renderCsv(table, data[table]));
    expect(records).toHaveLength(data[table].length + 1);
    for (const record of records) expect(record).toHaveLength(records[0]!.length);
  }
  expect(parseCsv(renderCsv("events", data.events))[4]![5]).toBe(data.events[3]!.detail);
});

test("chunks put together are the file", () => {
  const { trades } = sampleData(1_234);
  const chunks = [...csvChunks("trades", trades)];
  expect(chunks.length).toBeGreaterThan(2);
  expect(csvHeader("trades") + chunks.join("")).toBe(renderCsv("trades", trades));
});

describe("text is harmless in a spreadsheet", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-5", "'-5"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\tplain", "'\tplain"],
    ["\rplain", "'\rplain"],
    ["  =1", "'  =1"],
    ["\u00a0=1", "'\u00a0=1"],
    ["\u200b=1", "'\u200b=1"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠A", "'＠A"],
    ["﹣1", "'﹣1"],
    ["−1", "'−1"],
    ["=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"],
    ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
    ["'=1", "''=1"],
    ["plain", "plain"],
    ["a=b", "a=b"],
    ["'bob'", "'bob'"],
    ["🐙-", "🐙-"],
    ["", ""],
  ])("%j", (text, written) => {
    expect(harmless(text)).toBe(written);
    expect(readBack(text)).toBe(written);
  });

  test("numbers stay numbers", () => {
    const [row] = sampleData().pnl;
    expect(renderCsv("pnl", [row!]).split("\r\n")[1]).toBe(
      "1,4,user 4,-5,-0.000001,12345678901.25,30,3,10,20,10,",
    );
  });

  test("dropping one apostrophe gives back any text of awkward characters", () => {
    const alphabet = [..."=+-@'\"\t\r\n ,;a＝\u200b"];
    let seed = 7;
    for (let round = 0; round < 3_000; round++) {
      let text = "";
      for (let length = round % 7; length > 0; length--) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        text += alphabet[(seed >>> 8) % alphabet.length];
      }
      const written = readBack(text);
      expect(written).not.toMatch(/^[=+\-@\t\r]|^\s+[=+\-@]/);
      expect([written, written.replace(/^'/, "")]).toContain(text);
      if (written !== text) expect(written).toBe(`'${text}`);
    }
  });

  test("what readers split or trim is quoted, and an empty text is told from null", () => {
    const line = (reference: string | null) =>
      renderCsv("instruments", [{ ...sampleData().instruments[0]!, reference }]);
    expect(line("a;b")).toContain(',"a;b",');
    expect(line(" a")).toContain('," a",');
    expect(line("")).toContain(',"",');
    expect(line(null)).toContain(",SCALAR,,");
    expect(line("\ud800")).toContain(",\ufffd,");
  });
});

describe("numbers are plain", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [-5, "-5"],
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [-1.5e-9, "-0.0000000015"],
    [1e21, "1000000000000000000000"],
    [-1.25e22, "-12500000000000000000000"],
    [123456789.123456, "123456789.123456"],
  ])("%d", (value, text) => {
    expect(plainNumber(value)).toBe(text);
    expect(Number(text)).toBe(value === 0 ? 0 : value);
  });

  test("of any size, and read back as the same number", () => {
    for (let exponent = -300; exponent <= 300; exponent += 7) {
      const value = -Math.PI * 10 ** exponent;
      expect(plainNumber(value)).toMatch(/^-\d+(\.\d+)?$/);
      expect(Number(plainNumber(value))).toBe(value);
    }
  });

  test("NaN is a bug and not a cell", () => {
    expect(() => plainNumber(Number.NaN)).toThrow(RangeError);
    expect(() => plainNumber(Infinity)).toThrow(RangeError);
  });
});

describe("for a spreadsheet", () => {
  const [order] = sampleData().orders.slice(1);
  const events = sampleData().events.slice(0, 1);

  test("a byte-order mark comes first, and times are ones that it reads", () => {
    const [header, line] = renderCsv("orders", [order!], { separator: "," }).split("\r\n");
    expect(header).toBe(`\uFEFF${Object.keys(exportTables.orders).join(",")}`);
    expect(line).toBe(
      `2,,2026-11-22 17:30:00,2026-11-22 17:30:00,3,"Bo, b",1,'@RAIN,buy,limit,GFD,true,99.25,10,5,cancelled,1`,
    );
  });

  test("semicolons go with decimal commas, in numbers and not in texts", () => {
    const [header, line] = renderCsv("orders", [order!], { separator: ";" }).split("\r\n");
    expect(header).toBe(`\uFEFF${Object.keys(exportTables.orders).join(";")}`);
    expect(line).toBe(
      `2;;2026-11-22 17:30:00;2026-11-22 17:30:00;3;"Bo, b";1;'@RAIN;buy;limit;GFD;true;99,25;10;5;cancelled;1`,
    );
    const [, event] = renderCsv("events", events, { separator: ";" }).split("\r\n");
    expect(event).toContain(`"{""symbol"":""@RAIN"",""type"":""SCALAR""}"`);
    const pnl = renderCsv("pnl", sampleData().pnl, { separator: ";" });
    expect(pnl).toContain("-0,000001;12345678901,25;");
  });

  test("names that it would take for other numbers, dates and times stay as they are", () => {
    const nameIn = (name: string) =>
      renderCsv("events", [{ ...events[0]!, name }], { separator: "," }).split("\r\n")[1];
    for (const name of ["007", "1e5", "1-2", "3/4", "12:30", "1.50", "50%", "TRUE", "'007"])
      expect(nameIn(name)).toContain(`,'${name},`);
    for (const name of ["7", "12", "Ann 3", "3 Bobs", "e5"])
      expect(nameIn(name)).toContain(`,${name},`);
  });

  test("without it files are as they were, and plain times keep their milliseconds", () => {
    expect(renderCsv("orders", [order!])).toContain("2026-11-22T17:30:00.007Z");
    expect(renderCsv("orders", [order!]).startsWith("order_id,")).toBe(true);
  });
});
