import { expect, test } from "vitest";
import { showsGuide, stepAfter } from "./guide.ts";

const none = { hasBid: false, hasAsk: false };

test("leads from the book over a bid and an ask to the first quote", () => {
  expect(stepAfter("book", none, false)).toBe("book");
  expect(stepAfter("book", none, true)).toBe("bid");
  expect(stepAfter("bid", { ...none, hasBid: true }, true)).toBe("ask");
  expect(stepAfter("ask", { hasBid: true, hasAsk: true }, true)).toBe("done");
});

test("follows whoever begins with the ask, or does more than was asked for", () => {
  expect(stepAfter("book", { ...none, hasAsk: true }, false)).toBe("bid");
  expect(stepAfter("book", { hasBid: true, hasAsk: true }, false)).toBe("done");
});

test("asks again for a side that was hit, and stays done", () => {
  expect(stepAfter("ask", none, true)).toBe("ask");
  expect(stepAfter("done", none, true)).toBe("done");
});

test("begins while the game is explained, and asks for orders only while they can be placed", () => {
  expect(showsGuide("book", false, "brief")).toBe(true);
  expect(showsGuide("book", false, "deal")).toBe(true);
  expect(showsGuide("book", false, "settle")).toBe(false);
  expect(showsGuide("book", false)).toBe(false);
  expect(showsGuide("bid", false, "deal")).toBe(false);
  expect(showsGuide("bid", true, "trade")).toBe(true);
});
