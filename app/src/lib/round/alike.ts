/** Puts cards in the order of their suits, and those that are alike together, as a hand of suits without ranks has them. */

import type { Card } from "#protocol";

const suitOf = ({ label }: Card) => /[♣♦♥♠]$/.exec(label)?.[0] ?? "";

/** Cards by suit; within one, and without suits, as they were dealt. */
export function bySuit(cards: readonly Card[]): Card[] {
  return [...cards].sort((a, b) => suitOf(a).localeCompare(suitOf(b)) || a.id - b.id);
}

/** @returns each card once, in the order of the first of its like, with how many there are */
export function alike(cards: readonly Card[]): { card: Card; count: number }[] {
  const groups = new Map<string, { card: Card; count: number }>();
  for (const card of cards) {
    const of = `${card.kind} ${card.label}`;
    const group = groups.get(of);
    if (group === undefined) groups.set(of, { card, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}
