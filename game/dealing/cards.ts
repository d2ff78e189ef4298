/** Cards: the pieces of information of a round, and the decks that they come from. */

import type { Card } from "#protocol";

export const suits = ["clubs", "diamonds", "hearts", "spades"] as const;
export type Suit = (typeof suits)[number];

export const suitSigns: Readonly<Record<Suit, string>> = {
  ...{ clubs: "♣", diamonds: "♦", hearts: "♥", spades: "♠" },
};
const ranks = ["A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K"] as const;

/** Cards of an ordinary deck. */
export const deckSize = suits.length * ranks.length;

/** Suits of the same colour, each the other of the pair. */
const partners: Readonly<Record<Suit, Suit>> = {
  ...{ clubs: "spades", spades: "clubs", diamonds: "hearts", hearts: "diamonds" },
};

export const partnerOf = (suit: Suit): Suit => partners[suit];
export const isRed = (suit: Suit): boolean => suit === "diamonds" || suit === "hearts";

/** Decks of 52, one after the other: clubs, diamonds, hearts, spades, each from the ace (1) to the king (13). */
export function ordinaryDecks(decks: number, isSigned = false): Card[] {
  return Array.from({ length: decks }, (_, deck) =>
    suits.flatMap((suit, s) =>
      ranks.map((rank, r): Card => ({
        id: deck * deckSize + s * ranks.length + r + 1,
        kind: "card",
        label: rank + suitSigns[suit],
        value: isSigned && isRed(suit) ? -(r + 1) : r + 1,
      })),
    ),
  ).flat();
}

/** The suit that a card's label ends with; null: it has none. */
export function suitOf({ label }: Pick<Card, "label">): Suit | null {
  return suits.find((suit) => label.endsWith(suitSigns[suit])) ?? null;
}

/** A piece of information that is a number by itself. */
export function numberCard(id: number, value: number, label = String(value)): Card {
  return { id, kind: "number", label, value };
}
