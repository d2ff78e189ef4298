import { expect, test } from "vitest";
import { zipBytes } from "./zip.ts";

test("others get their turns while a long file is deflated", async () => {
  const megabytes = 4;
  async function* chunks() {
    const lines = new TextEncoder().encode("1,2,3,4,5,6,7\r\n".repeat(70_000));
    for (let n = 0; n < megabytes; n++) yield await Promise.resolve(lines);
  }
  async function* files() {
    yield await Promise.resolve({ name: "trades.csv", chunks: chunks() });
  }
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  let bytes = 0;
  for await (const part of zipBytes(files(), Date.UTC(2026, 10, 30))) bytes += part.length;
  clearInterval(counting);
  expect(bytes).toBeGreaterThan(0);
  expect(turns).toBeGreaterThanOrEqual(megabytes * 4);
});
