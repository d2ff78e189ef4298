import { expect, test } from "vitest";
import { definitions, lettersIn } from "./definitions.ts";

test("a formula's letters are all explained, and no others", () => {
  const of = (formula: string) => lettersIn(formula).map(([letter]) => letter);
  expect(of("sum of s (A - F) q v")).toEqual(["s", "q", "v", "F", "A"]);
  expect(of("count of fills")).toEqual([]);
  for (const { formula } of Object.values(definitions))
    for (const letter of formula.match(/\b[A-Za-z]\d?\b/g) ?? [])
      expect([...of(formula), "K1", "K2", "K3"], formula).toContain(letter);
});
