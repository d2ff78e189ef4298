/** Checks that the mistakes can still be planted; `npm run mutate` checks that the tests notice them. */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mutations, plant } from "./all.mjs";

const engine = new URL("../", import.meta.url);

describe("the mistakes to plant in the engine", () => {
  test.each(mutations)("$name has its place, and its test", (mutation) => {
    const source = readFileSync(new URL(mutation.file, engine), "utf8");
    expect(plant(source, mutation)).not.toBe(source);
    expect(existsSync(new URL(`test/${mutation.test}.cpp`, engine))).toBe(true);
  });

  test("each has a name of its own", () => {
    const names = mutations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("a place that is missing or not the only one is refused", () => {
    const mutation = {
      name: "n",
      thought: "",
      file: "f",
      before: "a + b",
      after: "a - b",
      test: "",
    };
    expect(plant("x = a + b;", mutation)).toBe("x = a - b;");
    expect(() => plant("x = b + a;", mutation)).toThrow("n: found 0 times in f");
    expect(() => plant("a + b, a + b", mutation)).toThrow("n: found 2 times in f");
  });
});
