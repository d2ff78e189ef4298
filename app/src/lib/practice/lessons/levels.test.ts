import { expect, test } from "vitest";
import { formats } from "#game/formats/all.ts";
import { levels, nextLevel } from "./levels.ts";
import type { Level } from "./levels/level.ts";
import { isReached } from "./measures.ts";
import { deciding, totalOf } from "#lib/practice/review/review.ts";
import { playLevel, type Played } from "#lib/practice/testing/level-game.ts";
import {
  follower,
  gambler,
  locker,
  mover,
  nobody,
  quoter,
  stubborn,
  taker,
  type Person,
} from "#lib/practice/testing/people.ts";

/** Somebody who has understood each level, and somebody who has not. */
const people: Record<string, { good: () => Person; bad: () => Person }> = {
  spread: { good: () => follower(), bad: () => gambler() },
  inventory: { good: () => quoter(), bad: () => stubborn() },
  selection: { good: () => mover(), bad: () => stubborn() },
  information: { good: () => quoter(), bad: () => gambler() },
  options: { good: () => taker(), bad: () => gambler() },
  parity: { good: () => locker({ size: 5 }), bad: () => gambler() },
};
const seed = "1".padStart(64, "0");
const isWon = ({ goals }: Level, { measures }: Played) =>
  goals.every((goal) => isReached(goal, measures));

for (const level of levels) {
  test(`${level.id}: can be won and lost, is over in time, and shows what decided it`, () => {
    const { good, bad } = people[level.id] ?? { good: () => nobody, bad: () => nobody };
    const won = playLevel(level.game, seed, good());
    const lost = playLevel(level.game, seed, bad());
    for (const { faults, errors, seconds } of [won, lost]) {
      expect([faults, errors]).toEqual([[], []]);
      expect(seconds).toBeLessThanOrEqual(level.minutes * 60 + 30);
    }
    expect(isWon(level, won)).toBe(true);
    expect(isWon(level, lost)).toBe(false);
    for (const { own, measures } of [won, lost]) {
      const sum = own.trades.reduce((total, trade) => total + totalOf(trade), 0);
      expect(sum).toBeCloseTo(measures.pnl, 6);
      expect(deciding(own.trades).length).toBeGreaterThanOrEqual(1);
    }
  });
}

for (const { id, seats } of formats.filter((format) => format.id !== "free"))
  test(`${id}: the parts of each trade of the own seat add up to its P&L`, () => {
    const bots = [{ kind: "noise", count: Math.max(3, seats.min) }] as const;
    // Short: a sum does not get truer by more trades.
    const params = { trade_seconds: 20 };
    const game = { format: id, params, bots, learning: true, isBrisk: true };
    const { own, measures, faults, userId } = playLevel(game, seed, gambler());
    expect(faults).toEqual([]);
    expect(own.trades.reduce((sum, one) => sum + totalOf(one), 0)).toBeCloseTo(measures.pnl, 6);
    expect(own.trades.filter(({ otherId }) => otherId === userId)).toEqual([]);
  });

test("a level in which nothing is done is lost, and says so", () => {
  for (const level of levels.slice(0, 1)) {
    const played = playLevel(level.game, seed, nobody);
    expect(isWon(level, played)).toBe(false);
    expect(deciding(played.own.trades)).toEqual([]);
  }
});

test("the next level is the first that was not won", () => {
  expect(nextLevel(() => false)?.id).toBe("spread");
  expect(nextLevel((id) => id === "spread")?.id).toBe("inventory");
  expect(nextLevel(() => true)).toBeNull();
});
