import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { zipBytes } from "./zip.ts";

const encoder = new TextEncoder();
const closedAt = Date.UTC(2026, 10, 30, 18, 1, 2);

async function* chunks(...texts: string[]) {
  for (const text of texts) yield await Promise.resolve(encoder.encode(text));
}

async function* files() {
  yield await Promise.resolve({
    name: "trades.csv",
    chunks: chunks("a,b\r\n", "1,2\r\n".repeat(9_999)),
  });
  yield { name: "empty.csv", chunks: chunks() };
  yield { name: "Zoë.txt", chunks: chunks("🐙") };
}

test("another program finds every file whole, with its name and its time", async () => {
  const parts: Uint8Array[] = [];
  for await (const part of zipBytes(files(), closedAt)) parts.push(part);
  const folder = mkdtempSync(path.join(tmpdir(), "game-zip-"));
  try {
    const file = path.join(folder, "session.zip");
    writeFileSync(file, Buffer.concat(parts));
    const program = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as file:
    assert file.testzip() is None
    print(json.dumps([[one.filename, one.file_size, list(one.date_time), file.read(one).decode()[:5]] for one in file.infolist()]))`;
    expect(
      JSON.parse(execFileSync("python3", ["-c", program, file], { encoding: "utf8" })),
    ).toEqual([
      ["trades.csv", 50_000, [2026, 11, 30, 18, 1, 2], "a,b\r\n"],
      ["empty.csv", 0, [2026, 11, 30, 18, 1, 2], ""],
      ["Zoë.txt", 4, [2026, 11, 30, 18, 1, 2], "🐙"],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("archives whose readers have stopped leave the next one alone", async () => {
  for (let n = 0; n < 40; n++) {
    const dropped = zipBytes(files(), closedAt);
    await dropped.next();
  }
  let bytes = 0;
  for await (const part of zipBytes(files(), closedAt)) bytes += part.length;
  expect(bytes).toBeGreaterThan(0);
});
