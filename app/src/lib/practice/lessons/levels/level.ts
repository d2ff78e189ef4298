/** A level of practice: a game against bots with one idea, goals, hints while it is played, and a lesson. */

import type { LocalGame } from "#lib/engine/messages.ts";
import type { levelIds } from "#lib/practice/lessons/level-ids.ts";
import type { Goal } from "#lib/practice/lessons/measures.ts";
import type { Part } from "#lib/practice/review/review.ts";
import type { Sight } from "#lib/practice/lessons/sight.ts";

export interface Hint {
  readonly id: string;
  readonly when: (sight: Sight) => boolean;
  readonly text: string;
}

export interface Level {
  readonly id: (typeof levelIds)[number];
  readonly title: string;
  /** The idea, in one sentence. */
  readonly idea: string;
  readonly minutes: number;
  readonly game: LocalGame;
  /** All have to be reached. */
  readonly goals: readonly Goal[];
  /** The first that fits is shown. */
  readonly hints: readonly Hint[];
  /** The part of the P&L that the level is about. */
  readonly part: Part | null;
  /** Lesson after a win and after a loss. */
  readonly lesson: { readonly won: string; readonly lost: string };
}

export const quoteFirst: Hint = {
  id: "quote",
  when: ({ canTrade, hasBid, hasAsk, quotedFills }) =>
    canTrade && !hasBid && !hasAsk && quotedFills === 0,
  text: "Make a price: a bid and an ask around what you think it is worth. Press “Make a price”, or on the ladder the blue column to bid and the orange one to ask.",
};
export const otherSide: Hint = {
  id: "other-side",
  when: ({ canTrade, hasBid, hasAsk }) => canTrade && hasBid !== hasAsk,
  text: "You quote one side only. Put the other one there too: you earn when both are hit.",
};
