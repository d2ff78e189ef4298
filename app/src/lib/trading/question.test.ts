import { expect, test } from "vitest";
import { questionOf } from "./question.ts";
import { instrument, option } from "./testing/instruments.ts";

const jar = instrument(1, { symbol: "JAR", description: "How many coins are in the jar?" });

test("what an option pays is said once, also where its description says it", () => {
  const sum = { symbol: "SUM", description: null, type: "SCALAR", strike: null } as const;
  const call = { symbol: "SUM 117C", type: "CALL", strike: 117 } as const;
  const asked = { ...call, description: "Pays the points of SUM above 117" };
  expect(questionOf(asked, sum)).toBe("Pays what SUM is above 117, else nothing.");
});

test("a scalar asks what the host has written, or nothing", () => {
  expect(questionOf(jar, undefined)).toBe("How many coins are in the jar?");
  expect(questionOf({ ...jar, description: null }, undefined)).toBeNull();
  expect(questionOf({ ...jar, description: "  " }, undefined)).toBeNull();
});

test("an option says what it pays, and about which question", () => {
  expect(questionOf(option(2, "CALL", 1500), jar)).toBe(
    "Pays what JAR is above 1,500, else nothing. JAR: How many coins are in the jar?",
  );
  expect(questionOf(option(3, "PUT", -0.5), { ...jar, description: null })).toBe(
    "Pays what JAR is below −0.5, else nothing.",
  );
});
