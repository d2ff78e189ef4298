/** Small parts of several formats. */

import type { Card } from "#protocol";
import type { Deal, Known } from "../dealing/deal.ts";
import type { Quoting, RoundRules } from "./format.ts";

/** Points of cards together. */
export function total(cards: readonly Card[]): number {
  return cards.reduce((sum, { value }) => sum + value, 0);
}

/** All known cards: of hands and table. */
export function allCards({ hands, table }: Known): Card[] {
  return [...hands.flatMap((hand) => hand ?? []), ...table];
}

/** The rules that the parameters of every format ask for; null: none. */
export function roundRules(asked: {
  quoting: Quoting | null;
  rules: RoundRules | null;
}): RoundRules {
  const { quoting, rules } = asked;
  return { ...rules, ...(quoting === null ? {} : { quoting }) };
}

/** A number of things, in words. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A deal without cards. */
export function noCards(seats: number): Deal {
  return { hands: Array.from({ length: seats }, () => []), table: [], deck: [] };
}
