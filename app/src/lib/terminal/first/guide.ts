/** Steps that lead a first-time trader to a quote of the own: what is there, a bid, an ask. Each ends by what is done. */

import type { StepKind } from "#protocol";
import { browserStore } from "#lib/storage.ts";

const KEY = "mmg.first";

/** `done` is told once, and ends the guide. */
export type GuideStep = "book" | "bid" | "ask" | "done";

/** The state of the room by which the guide goes. */
export interface OwnSides {
  readonly hasBid: boolean;
  readonly hasAsk: boolean;
}

/** The step that follows; the same one if nothing has been done. @param isRead the explanation of the book was read */
export function stepAfter(
  step: GuideStep,
  { hasBid, hasAsk }: OwnSides,
  isRead: boolean,
): GuideStep {
  if (step === "done" || (hasBid && hasAsk)) return "done";
  if (hasBid) return "ask";
  if (hasAsk) return "bid";
  return step === "book" && isRead ? "bid" : step;
}

/**
 * Whether the guide shows: while one can trade, and its first step, which only explains, from the round's explanation
 * on, when there is time to read.
 * @param kind of the round's present step
 */
export function showsGuide(step: GuideStep, canTrade: boolean, kind?: StepKind): boolean {
  return canTrade || (step === "book" && (kind === "brief" || kind === "deal"));
}

/** Whether this browser's user has been led to a quote, or has skipped it. */
export function isGuided(): boolean {
  return browserStore.get(KEY) !== null;
}

export function noteGuided(): void {
  browserStore.set(KEY, "done");
}
