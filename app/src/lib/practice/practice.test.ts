import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stubStorage } from "#lib/testing/storage.ts";
import { HintChoice } from "./lessons/hint-choice.ts";
import { keepGame, keptGame, keptId, dropGame } from "./game/kept-game.ts";
import { noteResult, readProgress } from "./lessons/progress.ts";
import { lessonOf } from "./lessons/lesson.ts";
import type { Level } from "./lessons/levels/level.ts";
import type { Measures } from "./lessons/measures.ts";
import { deciding, type Part } from "./review/review.ts";
import { sentenceOf } from "./review/sentence.ts";
import { practiceWords } from "./words.ts";
import type { OwnTrade } from "#lib/engine/messages.ts";
import type { Sight } from "./lessons/sight.ts";

beforeEach(() => {
  stubStorage("sessionStorage");
  dropGame();
});
afterEach(() => vi.unstubAllGlobals());

const sight = (over: Partial<Sight> = {}) => ({ position: 0, fills: 0, ...over }) as Sight;
const hints = [
  { id: "large", text: "large", when: ({ position }: Sight) => position > 5 },
  { id: "first", text: "first", when: ({ fills }: Sight) => fills === 0 },
];

test("one hint shows at a time, long enough to be read, and none again that was dismissed", () => {
  const choice = new HintChoice(hints);
  expect(choice.at(sight(), 0)?.id).toBe("first");
  expect(choice.at(sight({ position: 9 }), 1_000)?.id).toBe("first");
  expect(choice.at(sight({ position: 9, fills: 1 }), 6_000)?.id).toBe("large");
  choice.dismiss("large");
  expect(choice.at(sight({ position: 9 }), 7_000)).toBeNull();
  expect(choice.at(sight({ position: 9 }), 20_000)?.id).toBe("first");
  expect(choice.at(sight({ position: 9, fills: 1 }), 30_000)).toBeNull();
});

test("a game that was left is found again by its id alone, byte for byte", () => {
  const batches = [Uint8Array.from([0, 255, 7]), new Uint8Array()];
  keepGame({ id: "spread", code: "0ACDEF", token: "t", batches, more: { n: 1 } });
  expect(keptId()).toBe("spread");
  expect(keptGame("spread")).toMatchObject({ token: "t", batches, more: { n: 1 } });
  expect(keptGame("parity")).toBeNull();
});

test("progress counts games and wins by level", () => {
  noteResult("spread", false);
  noteResult("spread", true);
  expect(readProgress()["spread"]).toEqual({ played: 2, won: 1 });
});

const trade = (over: Partial<OwnTrade>): OwnTrade => ({
  ...{ tradeId: 1, inst: 1, symbol: "SUM", isOption: false, ts: 0, side: "buy", price: 40, qty: 1 },
  ...{ isMaker: true, otherId: 2, before: 41, later: 38, settled: 50 },
  ...{ spread: 1, selection: -3, drift: 12, ...over },
});

const parted = (spread: number, selection: number, drift: number) => ({ spread, selection, drift });

test("trades of one direction within a minute are one decision, the largest first, with their share", () => {
  const list = [
    trade({ tradeId: 1, price: 512, before: 504, ...parted(0, -4, -800) }),
    trade({ tradeId: 2, ts: 5_000, side: "sell", ...parted(10, 0, 0) }),
    trade({ tradeId: 3, ts: 30_000, price: 514, before: 504, qty: 3, ...parted(0, -16, -1_000) }),
    trade({ tradeId: 4, ts: 70_000, ...parted(0, -180, 0) }),
  ];
  const all = deciding(list);
  expect(all.map(({ trade: { tradeId }, qty, total }) => [tradeId, qty, total])).toEqual([
    [1, 4, -1_820],
    [4, 1, -180],
    [2, 1, 10],
  ]);
  expect(all.map(({ part, isGain }) => [part, isGain])).toEqual([
    ["drift", false],
    ["selection", false],
    ["spread", true],
  ]);
  expect(all[0]?.share).toBeCloseTo(1_820 / 2_010);
  const [first = ""] = all.map((one) => sentenceOf(one, 1, () => "Oda"));
  expect(first).toBe("You bought 4 SUM at 513.5 within a minute; the market was 504.");
});

test("no sentence has the own side twice", () => {
  for (const side of ["buy", "sell"] as const)
    for (const isMaker of [true, false]) {
      const [one] = deciding([trade({ side, isMaker })]);
      const text = one === undefined ? "" : sentenceOf(one, 1, () => "Oda");
      expect(text.match(/you/gi), text).toHaveLength(isMaker ? 2 : 1);
      expect(text.match(/\byou\b/gi), text).toHaveLength(1);
    }
});

test("a win with a loss is no good game, and luck is called so", () => {
  const level = { part: "drift", lesson: { won: "won", lost: "lost" } } as unknown as Level;
  const lesson = (parts: Record<Part, number>, isWon: boolean) => {
    const pnl = parts.spread + parts.selection + parts.drift;
    return lessonOf(level, { ...parts, pnl } as Measures, isWon);
  };
  expect(lesson(parted(6, -12.5, -158.5), true)).toBe(practiceWords.yet.drift);
  expect(lesson(parted(6, -2, 90), true)).toBe(practiceWords.yet.lucky);
  expect(lesson(parted(16, -2, 3), true)).toBe("won");
  expect(lesson(parted(16, -2, 3), false)).toBe("lost");
});

test("a trade whose parts add up to nothing is a trade still", () => {
  const even = trade({ spread: -5, selection: 0, drift: 5 });
  expect(deciding([even])).toMatchObject([{ total: 0, share: 0 }]);
});
