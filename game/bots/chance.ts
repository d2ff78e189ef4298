/** Draws of bots from their streams. */

import type { Chance } from "./bot.ts";

const fine = 1_000_000;

/** A number from 0 to 1, without 1. */
export function part(chance: Chance): number {
  return chance.below(fine) / fine;
}

export function isLucky(chance: Chance, probability: number): boolean {
  return part(chance) < probability;
}

/** A number around 0 with standard deviation 1, never beyond 3.5. */
export function around(chance: Chance): number {
  let sum = 0;
  for (let draw = 0; draw < 12; draw++) sum += part(chance);
  return Math.max(-3.5, Math.min(3.5, sum - 6));
}

/** A whole number from `least` to `most`. */
export function between(chance: Chance, least: number, most: number): number {
  return least + chance.below(most - least + 1);
}

export function pick<T>(chance: Chance, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : items[chance.below(items.length)];
}
