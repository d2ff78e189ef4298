/** Answers of bots to what a step of a round asks of their seat. */

import type { Chance } from "./bot.ts";
import { around } from "./chance.ts";
import type { BotRequest, BotView } from "./view.ts";

/** Spread of private numbers, as a part of the range that is asked for. */
const spread = 0.2;
/** Part of the range up to which a bot narrows a contest: nobody makes a market for nothing. */
const narrowest = 0.04;

/** The answer to what is asked; none if there is nothing to say. */
export function answered({ question }: BotView, chance: Chance): BotRequest[] {
  if (question === null) return [];
  const { min, max, best, isOwn, isAnswered, shrink } = question;
  const range = max - min;
  if (shrink === null) {
    if (isAnswered) return [];
    const number = Math.round((min + max) / 2 + spread * range * around(chance));
    return [{ op: "round_answer", value: Math.min(max, Math.max(min, number)) }];
  }
  if (isOwn) return [];
  const wished = best === null ? range / 4 : best * (1 - shrink - 0.1);
  const least = Math.max(min, narrowest * range);
  if (Math.floor(wished) < least) return [];
  return [{ op: "round_answer", value: Math.floor(wished) }];
}
