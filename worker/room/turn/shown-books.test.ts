import { expect, test } from "vitest";
import { ShownBooks } from "./shown-books.ts";

const book = (bid: number, last: number | null = null) => ({
  bids: [[bid, 5] as [number, number]],
  asks: [],
  last,
});

test("a book is new where it differs from the last one of its instrument and depth", () => {
  const shown = new ShownBooks();
  expect(shown.isNew(1, 10, book(99))).toBe(true);
  expect(shown.isNew(1, 10, book(99))).toBe(false);
  expect(shown.isNew(1, 5, book(99))).toBe(true);
  expect(shown.isNew(2, 10, book(99))).toBe(true);
  expect(shown.isNew(1, 10, book(98))).toBe(true);
  expect(shown.isNew(1, 10, book(98, 98))).toBe(true);
  expect(shown.isNew(1, 10, { ...book(98, 98), bids: [[98, 6]] })).toBe(true);
  expect(shown.isNew(1, 10, { bids: [], asks: [[98, 6]], last: 98 })).toBe(true);
  expect(shown.isNew(1, 10, { bids: [], asks: [[98, 6]], last: 98 })).toBe(false);
});

test("after a snapshot the next book goes to all", () => {
  const shown = new ShownBooks();
  shown.isNew(1, 10, book(99));
  shown.isNew(2, 10, book(99));
  shown.renew(1);
  expect(shown.isNew(1, 10, book(99))).toBe(true);
  expect(shown.isNew(2, 10, book(99))).toBe(false);
});
