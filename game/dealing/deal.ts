/** The outcome of dealing: who knows which card. Dealing is from the front of a shuffled deck. */

import type { Card } from "#protocol";

export interface Deal {
  /** Hands, in the order of the round's seats. */
  readonly hands: readonly (readonly Card[])[];
  /** The table's cards in the order in which they are revealed. */
  readonly table: readonly Card[];
  /** Cards that nobody is shown. */
  readonly deck: readonly Card[];
}

/** Cards that are known to somebody; a hand that is not known is null. */
export interface Known {
  readonly hands: readonly (readonly Card[] | null)[];
  /** The revealed cards, in their order. */
  readonly table: readonly Card[];
}

/** Deals seat by seat, all cards of a seat together, then the table's. The rest stays in the deck. */
export function dealFrom(
  shuffled: readonly Card[],
  seats: number,
  cardsEach: number,
  tableCards: number,
): Deal {
  const ofHands = seats * cardsEach;
  return {
    hands: Array.from({ length: seats }, (_, seat) =>
      shuffled.slice(seat * cardsEach, (seat + 1) * cardsEach),
    ),
    table: shuffled.slice(ofHands, ofHands + tableCards),
    deck: shuffled.slice(ofHands + tableCards),
  };
}

/** Everything that is known once `revealed` cards of the table are turned, to somebody who sees the hands of `seats`. */
export function knownIn(deal: Deal, revealed: number, seats: readonly number[] = []): Known {
  return {
    hands: deal.hands.map((hand, seat) => (seats.includes(seat) ? hand : null)),
    table: deal.table.slice(0, revealed),
  };
}

/** Cards of a deck that are not among the known ones. */
export function unknownCards(deck: readonly Card[], { hands, table }: Known): Card[] {
  const known = new Set([...hands.flatMap((hand) => hand ?? []), ...table].map(({ id }) => id));
  return deck.filter(({ id }) => !known.has(id));
}
