import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CONFIRM_MS, Confirmation } from "./confirmation.svelte.ts";

let confirmation: Confirmation;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  confirmation = new Confirmation();
});
afterEach(() => vi.useRealTimers());

const press = (key: string, detail = 1) => {
  confirmation.noteClick(detail);
  return confirmation.presses({ key, text: key, inst: 1, side: "buy", price: null });
};

test("the second press of the same thing confirms, and the third asks again", () => {
  expect([press("a"), press("a"), press("a")]).toEqual([false, true, false]);
});

test("it must come within two seconds", () => {
  expect(press("a")).toBe(false);
  vi.advanceTimersByTime(CONFIRM_MS - 1);
  expect(confirmation.newest?.key).toBe("a");
  vi.advanceTimersByTime(1);
  expect(confirmation.newest).toBeNull();
  expect(press("a")).toBe(false);
});

test("another thing asks for itself: one press may be several orders", () => {
  expect([press("a"), press("b")]).toEqual([false, false]);
  expect(confirmation.newest?.key).toBe("b");
  expect([press("a"), press("b")]).toEqual([true, true]);
});

test("what is dropped asks anew", () => {
  press("a");
  confirmation.drop();
  expect([confirmation.newest, press("a")]).toEqual([null, false]);
});

test("a double click is one press; two slow clicks on the same place are two", () => {
  expect([press("a", 1), press("a", 2)]).toEqual([false, false]);
  expect(confirmation.newest?.key).toBe("a");
  vi.advanceTimersByTime(400);
  expect(press("a", 2)).toBe(true);
});
