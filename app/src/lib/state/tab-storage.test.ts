import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stubStorage } from "#lib/testing/storage.ts";
import { loadFromTab, saveInTab } from "./tab-storage.ts";

const ana = { sessionId: "s1", userId: 3 };
let stored: Map<string, string>;

beforeEach(() => void (stored = stubStorage("sessionStorage")));
afterEach(() => vi.unstubAllGlobals());

test("a player who comes back finds what was kept, and nobody else does", () => {
  saveInTab("pnl", ana, [1, 2]);
  expect(loadFromTab("pnl", ana)).toEqual([1, 2]);
  expect(loadFromTab("orders", ana)).toBeNull();
  expect(loadFromTab("pnl", { ...ana, userId: 4 })).toBeNull();
  expect(loadFromTab("pnl", { ...ana, sessionId: "s2" })).toBeNull();
});

test("the next one in the tab takes the place of the one before: storage does not grow", () => {
  saveInTab("pnl", ana, [1]);
  saveInTab("pnl", { ...ana, userId: 4 }, [2]);
  expect(loadFromTab("pnl", ana)).toBeNull();
  expect(stored.size).toBe(1);
});

test.each(["", "not json", "null", "{}", "[]", '["1/s1/4",[1]]'])(
  "%j counts as nothing",
  (text) => {
    stored.set("mmg.past.pnl", text);
    expect(loadFromTab("pnl", ana)).toBeNull();
  },
);

test("without storage nothing is kept and nothing breaks", () => {
  vi.stubGlobal("sessionStorage", undefined);
  saveInTab("pnl", ana, [1]);
  expect(loadFromTab("pnl", ana)).toBeNull();
});
