import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keep, recall } from "./own-past.ts";

const ana = { sessionId: "s1", userId: 3 };
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

test("who comes back finds the own past, and nobody else does", () => {
  keep("pnl", ana, [1, 2]);
  expect(recall("pnl", ana)).toEqual([1, 2]);
  expect(recall("orders", ana)).toBeNull();
  expect(recall("pnl", { ...ana, userId: 4 })).toBeNull();
  expect(recall("pnl", { ...ana, sessionId: "s2" })).toBeNull();
});

test("the next one in the tab takes the place of the one before: storage does not grow", () => {
  keep("pnl", ana, [1]);
  keep("pnl", { ...ana, userId: 4 }, [2]);
  expect(recall("pnl", ana)).toBeNull();
  expect(stored.size).toBe(1);
});

test.each(["", "not json", "null", "{}", "[]", '["1/s1/4",[1]]'])(
  "%j counts as nothing",
  (text) => {
    stored.set("mmg.past.pnl", text);
    expect(recall("pnl", ana)).toBeNull();
  },
);

test("without storage nothing is kept and nothing breaks", () => {
  vi.stubGlobal("sessionStorage", undefined);
  keep("pnl", ana, [1]);
  expect(recall("pnl", ana)).toBeNull();
});
