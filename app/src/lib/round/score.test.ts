import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { areScoresMoney, areStandingsMoney, formatScore } from "./score.ts";

type Row = Message<"round_result">["rows"][number];
const row = (score: number, more: Partial<Row> = {}): Row => ({
  ...{ user_id: 1, pnl: 40, edge: 10, information: -2.5, luck: 32.5, own: 0, penalty: 0 },
  ...{ score, rank: 1, ...more },
});

test("a score in money is written as P&L is, others as numbers", () => {
  expect(formatScore(335, true, 2)).toBe("+335.00");
  expect(formatScore(-1_335.5, true, 2)).toBe("−1,335.50");
  expect(formatScore(4, false, 2)).toBe("4.0");
  expect(formatScore(0.25, false, 2)).toBe("0.25");
  expect(formatScore(0, true, 0)).toBe("0");
});

test("scores are money if each is the P&L, or edge and information, less the penalty", () => {
  expect(areScoresMoney([row(40), row(-40, { pnl: -40 })])).toBe(true);
  expect(areScoresMoney([row(37, { penalty: 3 })])).toBe(true);
  expect(areScoresMoney([row(7.5), row(4.5, { penalty: 3 })])).toBe(true);
  expect(areScoresMoney([row(40), row(3)])).toBe(false);
  expect(areScoresMoney([row(3, { edge: null, information: null, luck: null })])).toBe(false);
});

test("a result that was scored by ranks stays one when the host has chosen money since", () => {
  expect(areStandingsMoney("pnl", { rows: [row(2), row(1)] })).toBe(false);
  expect(areStandingsMoney("rank", { rows: [row(40)] })).toBe(false);
  expect(areStandingsMoney("pnl", { rows: [row(40)] })).toBe(true);
  expect(areStandingsMoney("luck_adjusted", null)).toBe(true);
});
