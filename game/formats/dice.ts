/** Private dice: their sum, the lowest and the highest. */

import * as v from "valibot";
import type { Card } from "#protocol";
import { shifted, sumOfDice, type Distribution } from "../fair/distribution.ts";
import { format } from "./format.ts";
import { count, everyRound, tradeSeconds } from "./params.ts";
import { allCards, counted, roundRules, total } from "./shared.ts";
import { brief, dealStep, settleAndReview, tradeStep } from "./steps.ts";

const scalars = ["SUM", "MIN", "MAX"] as const;
/** Dice of a game: their sums can be counted in some milliseconds. */
const diceMost = 400;

export const dice = format(
  {
    id: "dice",
    title: "Dice",
    summary: "Everybody rolls in secret. Trade the sum, the lowest and the highest.",
    minutes: 5,
    seats: { min: 2, max: 200 },
    teaches: ["expected value", "order statistics", "quoting around a mean"],
    params: v.object({
      faces: count(6, 2, 100, "Faces of a die."),
      dice_each: count(1, 1, 10, "Dice of each player."),
      trade_seconds: tradeSeconds,
      ...everyRound,
    }),
    notes: `Before: what is the mean of the sum, and how wide is it? Is the lowest die nearer to 1 than you thought?
After: how far did an own die move its owner's quotes in SUM, and how far in MIN? A 1 in the hand settles MIN at once: who used it?`,
  },
  ({ faces, dice_each: each, trade_seconds, quoting, rules }) => {
    const explanation = `Each player rolls ${counted(each, "die", "dice")} with ${faces} faces, which nobody else sees. SUM settles at the total of all dice, MIN at the lowest and MAX at the highest. A die is worth ${(faces + 1) / 2} on average.`;
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      refusal: (seats) =>
        seats * each > diceMost ? `${seats} seats roll more than ${diceMost} dice.` : null,
      deal: (stream, seats) => {
        const count = seats * each;
        const all = counted(count, "die", "dice");
        const hands = Array.from({ length: seats }, (_, seat) =>
          Array.from({ length: each }, (_, at) =>
            rolled(seat * each + at + 1, stream.below(faces) + 1),
          ),
        );
        const values = hands.flat().map(({ value }) => value);
        return {
          deal: { hands, table: [], deck: [] },
          script: [
            brief(`The table holds ${all}. ${explanation}`),
            dealStep(
              each === 1
                ? "Look at your die. Nobody else sees it."
                : "Look at your dice. Nobody else sees them.",
            ),
            tradeStep(trade_seconds, "Trade the sum, the lowest and the highest."),
            ...settleAndReview("All dice are shown."),
          ],
          scalars: [
            { symbol: "SUM", description: `Total of ${all}` },
            { symbol: "MIN", description: `The lowest of ${all}` },
            { symbol: "MAX", description: `The highest of ${all}` },
          ],
          fair: (scalar, known) => {
            const seen = allCards(known);
            const hidden = count - seen.length;
            if (scalars[scalar] === "SUM") return sumOf(faces, total(seen), hidden);
            return extreme(faces, seen, hidden, scalars[scalar] === "MAX");
          },
          settlement: (scalar) => {
            if (scalars[scalar] === "SUM") return values.reduce((sum, value) => sum + value, 0);
            return scalars[scalar] === "MIN" ? Math.min(...values) : Math.max(...values);
          },
        };
      },
    };
  },
);

function rolled(id: number, value: number): Card {
  return { id, kind: "die", label: String(value), value };
}

function sumOf(faces: number, seen: number, hidden: number): Distribution {
  return shifted(sumOfDice(faces, hidden), seen);
}

/** The lowest or highest of dice, some of them known. */
function extreme(
  faces: number,
  seen: readonly Card[],
  hidden: number,
  isHighest: boolean,
): Distribution {
  // The lowest of dice is the highest of dice that count from the other end.
  const turned = (value: number) => (isHighest ? value : faces + 1 - value);
  const least = Math.max(1, ...seen.map(({ value }) => turned(value)));
  const upTo = (value: number) => (value < least ? 0 : (value / faces) ** hidden);
  const chances = Float64Array.from({ length: faces }, (_, at) => upTo(at + 1) - upTo(at));
  return { from: 1, chances: isHighest ? chances : chances.toReversed() };
}
