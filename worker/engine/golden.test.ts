import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linesOf, playLine } from "./testing/golden.ts";

const folder = new URL("../../engine-wasm/", import.meta.url);
const module = new WebAssembly.Module(readFileSync(new URL("dist/engine.wasm", folder)));

describe("golden vectors in Node", () => {
  it.each(linesOf(readFileSync(new URL("vectors/streams.txt", folder), "utf8")))("%s", (line) => {
    expect(playLine(module, line)).toBe(line);
  });
});
