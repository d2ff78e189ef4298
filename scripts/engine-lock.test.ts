import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { engineHash, isEngineTested } from "./engine-lock.mjs";

test("each change of a file, its name or its place makes another hash; builds make none", () => {
  const folder = `${mkdtempSync(path.join(tmpdir(), "engine-lock-"))}/`;
  try {
    const write = (name: string, text: string) => {
      mkdirSync(path.dirname(folder + name), { recursive: true });
      writeFileSync(folder + name, text);
      return engineHash(folder);
    };
    const hashes = [
      write("src/a.cpp", "1"),
      write("src/a.cpp", "2"),
      write("src/b.cpp", ""),
      write("test/b.cpp", ""),
      write("src/b.cpp", "2"),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(write("build-sanitized/a.o", "x")).toBe(hashes.at(-1));
    expect(write("tested.lock.json", "{}")).toBe(hashes.at(-1));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("CI leaves nothing out", () => {
  expect(isEngineTested({ CI: "true" })).toBe(false);
});
