import { expect, test } from "vitest";
import { greeting } from "./greeting.mjs";

const own = new URL("http://127.0.0.1:8787/");
const lan = ["http://192.168.1.20:8787", "http://10.0.0.7:8787"];

test("lists every address for others, with a QR code of the first", () => {
  const lines = greeting(own, lan);
  expect(lines[0]).toBe("The Market Making Game is open at http://127.0.0.1:8787/");
  for (const origin of lan) expect(lines).toContain(`  ${origin}/`);
  const code = lines.at(-1)!.split("\n");
  expect(code.length).toBeGreaterThan(10);
  expect(new Set(code.map((row) => row.length)).size).toBe(1);
  expect(code.join("")).toMatch(/^[ \u2580\u2584\u2588]+$/);
});

test("says that others cannot open it, and what to do", () => {
  expect(greeting(own, [])).toEqual([
    "The Market Making Game is open at http://127.0.0.1:8787/",
    "Only this computer can open it. For others: HOST=0.0.0.0 npm start",
  ]);
});

test("shows the configured address alone", () => {
  const lines = greeting(own, lan, "https://game.example.org");
  expect(lines).toContain("  https://game.example.org/");
  expect(lines.join("\n")).not.toContain("192.168");
});
