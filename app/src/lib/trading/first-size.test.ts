import { expect, test } from "vitest";
import { firstLots } from "./first-size.ts";

const seat = (user_id: number) => ({ user_id, cards: 0, answered: false, bot: false });
const round = { instruments: [4], rules: {}, seats: [1, 2, 3, 5].map(seat) };
const contest = { best: 7, user_id: 2, ends_at: null };

test("ten lots, and in a round that trades single contracts one", () => {
  expect(firstLots(null, 4, 1)).toBe(10);
  expect(firstLots(round, 4, 1)).toBe(10);
  expect(firstLots({ ...round, rules: { no_shorts: true } }, 4, 1)).toBe(1);
  expect(firstLots({ ...round, rules: { no_shorts: true } }, 3, 1)).toBe(10);
});

test("after a contest the winner quotes for all the others, who trade one", () => {
  expect(firstLots({ ...round, contest }, 4, 1)).toBe(1);
  expect(firstLots({ ...round, contest }, 4, 2)).toBe(3);
});
