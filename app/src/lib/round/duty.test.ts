import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { contestNews, dutyOf, rulesOf, shareOf, type OwnTrades } from "./duty.ts";

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
const none: OwnTrades = { fills: [], isQuoting: false, isSent: () => true };
const sold = { side: "sell", price: 42, qty: 1, order_id: 9 } as const;
const bought = { ...sold, side: "buy" } as const;
const duty = (round: Parameters<typeof dutyOf>[0], own: Partial<OwnTrades> = {}) =>
  dutyOf(round, 1, { ...none, ...own }, nameOf);

test("a contest says who is the narrowest, and afterwards what winner and others have to do", () => {
  expect(duty(at("contest", null, null))).toContain("Nobody");
  expect(duty(at("contest", 18, 2))).toContain("User 2");
  expect(duty(at("contest", 18, 1))).toContain("yours");
  expect(duty(at("trade", 16, 1))).toContain("16 apart, at least 2 on each side");
  expect(duty(at("trade", 16, 2))).toContain("buy or sell one");
  expect(duty(at("trade", 16, 1), { isQuoting: true })).toContain("0 of 2 have traded");
  expect(duty(at("settle", 16, 2))).toBeNull();
  const { contest: _, ...elsewhere } = at("trade", 1, 1);
  expect(duty(elsewhere)).toBeNull();
});

test("after a contest everybody is told why there is a position", () => {
  const why = "You sold 1 at 42 because User 2 won with width 4";
  expect(duty(at("trade", 4, 2), { fills: [sold] })).toBe(`${why}. Nothing more is asked of you.`);
  expect(duty(at("settle", 4, 2), { fills: [sold] })).toBe(`${why}.`);
  expect(duty(at("review", 4, 2), { fills: [sold], isSent: () => false })).toBe(
    `${why}: the game trades for whoever has not by the end.`,
  );
  expect(duty(at("settle", 4, 1), { fills: [sold, bought, bought] })).toBe(
    "You bought 2 and sold 1 because you won with width 4.",
  );
  expect(duty(at("settle", 4, 1), { fills: [sold] })).toBe(
    "You sold 1 because you won with width 4.",
  );
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
  expect([rulesOf({ ante: 50 }), rulesOf({ ante: 50 }, true, true)]).toEqual([
    ...[["Everybody pays 50 into the pot"], ["You paid 50 into the pot, which your P&L has in it"]],
  ]);
  const quoting = { max_width: 4, min_qty: 2, share: 0.5, penalty_per_s: 1 };
  expect(rulesOf({ quoting })).toEqual([
    "Quote both sides 50 % of the time, at most 4 wide, 2 or more",
  ]);
  expect([shareOf({ quoting }), shareOf({ quoting: null }), shareOf({})]).toEqual([0.5, 0, 0]);
});
