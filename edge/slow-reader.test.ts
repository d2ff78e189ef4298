import { expect, test } from "vitest";
import { limits } from "../protocol/limits.ts";
import { isTooSlow } from "./slow-reader.ts";

const { backlogBytes, backlogBytesMost, backlogGraceMs } = limits;

test("a reader is too slow after the grace time, at once beyond the most, and forgiven when it has read", () => {
  const reader = { slowSinceMs: null };
  expect(isTooSlow(reader, backlogBytes, 0)).toBe(false);
  expect(isTooSlow(reader, backlogBytes + 1, 0)).toBe(false);
  expect(isTooSlow(reader, backlogBytes + 1, backlogGraceMs - 1)).toBe(false);
  expect(isTooSlow(reader, backlogBytes, backlogGraceMs - 1)).toBe(false);
  expect(isTooSlow(reader, backlogBytes + 1, backlogGraceMs)).toBe(false);
  expect(isTooSlow(reader, backlogBytes + 1, 2 * backlogGraceMs)).toBe(true);
  expect(isTooSlow({ slowSinceMs: null }, backlogBytesMost + 1, 0)).toBe(true);
});
