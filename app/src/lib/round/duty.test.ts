import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { contestNews, dutyOf, rulesOf, shareOf } from "./duty.ts";

const at = (
  kind: Message<"round">["step"]["kind"],
  best: number | null,
  user_id: number | null,
) => ({
  contest: { best, user_id, ends_at: null },
  seats: [1, 2, 3].map((user_id) => ({ user_id, cards: 0, answered: false, bot: false })),
  step: { n: 1, kind, title: "", text: "", ends_at: null, left_ms: null },
});
const nameOf = (userId: number) => `User ${userId}`;
const duty = (round: Parameters<typeof dutyOf>[0], hasTraded = false) =>
  dutyOf(round, 1, hasTraded, nameOf);

test("a contest says who is the narrowest, and afterwards what winner and others have to do", () => {
  expect(duty(at("contest", null, null))).toContain("Nobody");
  expect(duty(at("contest", 18, 2))).toContain("User 2");
  expect(duty(at("contest", 18, 1))).toContain("yours");
  expect(duty(at("trade", 16, 1))).toContain("16 apart, at least 2 on each side");
  expect(duty(at("trade", 16, 2))).toContain("buy or sell one");
  expect(duty(at("trade", 16, 2), true)).toContain("traded");
  expect(duty(at("settle", 16, 2))).toBeNull();
  const { contest: _, ...elsewhere } = at("trade", 1, 1);
  expect(dutyOf(elsewhere, 1, false, nameOf)).toBeNull();
});

test("those who only look on hear who is ahead, and who makes the market", () => {
  const news = (round: Parameters<typeof contestNews>[0]) => contestNews(round, nameOf);
  expect(news(at("contest", null, null))).toContain("Nobody has bid yet");
  expect(news(at("contest", 18, 2))).toContain("18, by User 2");
  expect(news(at("trade", null, null))).toContain("no market");
  expect(news(at("trade", 16, 2))).toBe("User 2 has won with 16, and makes the market.");
  expect(news(at("settle", 16, 2))).toBeNull();
  const { contest: _, ...elsewhere } = at("trade", 1, 1);
  expect(news(elsewhere)).toBeNull();
});

test("rules on orders are said, and nothing where there are none", () => {
  expect(rulesOf({})).toEqual([]);
  expect(
    rulesOf({ no_shorts: true, cancel_all_on_trade: true, ante: 50, max_width: 5 }),
  ).toHaveLength(4);
  const quoting = { max_width: 4, min_qty: 2, share: 0.5, penalty_per_s: 1 };
  expect(rulesOf({ quoting })).toEqual([
    "Quote both sides 50 % of the time, at most 4 wide, 2 or more",
  ]);
  expect([shareOf({ quoting }), shareOf({ quoting: null }), shareOf({})]).toEqual([0.5, 0, 0]);
});
