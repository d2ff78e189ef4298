import { expect, test } from "vitest";
import { newestFirst } from "./newest-first.ts";

test("a fill stands before the cancel that came with it, and not before what comes later", () => {
  const fill = { id: 1, kind: "fill", ts: 10_000 } as const;
  const cancelled = { id: 2, kind: "info", ts: 10_001 } as const;
  const later = { id: 3, kind: "info", ts: 13_000 } as const;
  expect(newestFirst([fill, cancelled])).toEqual([fill, cancelled]);
  expect(newestFirst([fill, cancelled, later])).toEqual([later, fill, cancelled]);
});
