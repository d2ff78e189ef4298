/** Steps that most scripts have, and the order in which they follow one another. */

import type { StepKind } from "#protocol";
import type { Step } from "./format.ts";

const briefSeconds = 30;
const dealSeconds = 10;
const settleSeconds = 15;

interface Texts {
  title: string;
  text: string;
}

/** Lengths of the steps that come again and again, as formats take them for parameters. */
interface Lengths {
  trade_seconds: number;
  reveal_seconds: number;
}

export function step(kind: StepKind, { title, text }: Texts, seconds: number | null): Step {
  return { kind, title, text, seconds, reveals: 0, question: 0 };
}

export function brief(text: string): Step {
  return step("brief", { title: "The game", text }, briefSeconds);
}

export function dealStep(text: string): Step {
  return step("deal", { title: "The deal", text }, dealSeconds);
}

export function tradeStep(seconds: number, text: string): Step {
  return step("trade", { title: "Trading", text }, seconds);
}

/** Reveals, with trading after each. @param reveals how many cards are turned at each */
export function revealsAndTrades(
  reveals: readonly (Texts & { reveals: number })[],
  { trade_seconds, reveal_seconds }: Lengths,
): Step[] {
  return reveals.flatMap((one, at) => [
    { ...step("reveal", one, reveal_seconds), reveals: one.reveals },
    tradeStep(
      trade_seconds,
      at === reveals.length - 1
        ? "Nothing more is turned before the end: trade on what you know."
        : "Trade on what you know now.",
    ),
  ]);
}

/** Cards that are turned one at a time. */
export function turnedOneByOne(cards: number, text: string, lengths: Lengths): Step[] {
  const reveals = Array.from({ length: cards }, (_, at) => ({
    title: `Card ${at + 1} of ${cards}`,
    text,
    reveals: 1,
  }));
  return revealsAndTrades(reveals, lengths);
}

/** The end of every round. @param reveals cards that the settlement shows */
export function settleAndReview(text: string, reveals = 0): Step[] {
  return [
    { ...step("settle", { title: "Settlement", text }, settleSeconds), reveals },
    step(
      "review",
      { title: "Review", text: "All hands are open. Who knew what, and who traded on it?" },
      null,
    ),
  ];
}
