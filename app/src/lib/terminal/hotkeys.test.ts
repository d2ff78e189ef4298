import { expect, test } from "vitest";
import { actionOf, isTyping, type Key } from "./hotkeys.ts";

function press(code: string, over: Partial<Key> = {}): Key {
  return {
    code,
    key: "",
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    ...over,
  };
}

test("keys act by their place, whatever letter the layout gives them", () => {
  expect(actionOf(press("KeyZ", { key: "y" }), false)).toBe("hitBid");
  expect(actionOf(press("Digit3", { key: '"' }), false)).toBe("size3");
  expect(actionOf(press("Space", { key: " " }), false)).toBe("recentre");
});

test("escape cancels everything even while typing, once a press", () => {
  expect(actionOf(press("Escape"), true)).toBe("cancelAll");
  expect(actionOf(press("Escape", { ctrlKey: true }), false)).toBe("cancelAll");
  expect(actionOf(press("Escape", { repeat: true }), false)).toBeNull();
  expect(actionOf(press("Escape", { isComposing: true }), true)).toBeNull();
});

test("nothing else acts while typing, with a modifier, or on repeat", () => {
  expect(actionOf(press("KeyQ"), true)).toBeNull();
  for (const modifier of ["ctrlKey", "altKey", "metaKey", "shiftKey"] as const)
    expect(actionOf(press("KeyQ", { [modifier]: true }), false)).toBeNull();
  expect(actionOf(press("KeyQ", { repeat: true }), false)).toBeNull();
  expect(actionOf(press("Equal", { repeat: true }), false)).toBe("quoteUp");
});

test("the question mark opens help wherever it is on the keyboard", () => {
  expect(actionOf(press("Minus", { key: "?", shiftKey: true }), false)).toBe("help");
  expect(actionOf(press("Slash", { key: "?", shiftKey: true }), true)).toBeNull();
});

test("text fields are typing, buttons are not", () => {
  const element = (tagName: string, over = {}) => ({ tagName, ...over }) as unknown as EventTarget;
  expect(isTyping(element("INPUT"))).toBe(true);
  expect(isTyping(element("SELECT"))).toBe(true);
  expect(isTyping(element("DIV", { isContentEditable: true }))).toBe(true);
  expect(isTyping(element("BUTTON"))).toBe(false);
  expect(isTyping(null)).toBe(false);
});
