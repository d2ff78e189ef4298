/** Puts cards that are alike together, as a hand of suits without ranks has them. */

import type { Card } from "#protocol";

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
