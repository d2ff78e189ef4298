/** Forty cards in four suits of unknown length: the suit that pays is the partner of the longest. */

import * as v from "valibot";
import type { Card } from "#protocol";
import { partnerOf, suitOf, suits, suitSigns, type Suit } from "../dealing/cards.ts";
import { dealFrom, type Deal, type Known } from "../dealing/deal.ts";
import type { SeededStream } from "../dealing/random.ts";
import { binomials, type Distribution } from "../fair/distribution.ts";
import { format } from "./format.ts";
import { count, everyRound } from "./params.ts";
import { allCards, roundRules } from "./shared.ts";
import { brief, dealStep, settleAndReview, tradeStep } from "./steps.ts";

const lengths = [12, 10, 10, 8] as const;
const longest = lengths[0];
const deckCards = lengths.reduce((sum, length) => sum + length, 0);
/** Payment for a card of the goal suit. */
export const goalPays = 10;

/** Most cards that the goal suit can have: it is never the longest. */
const goalMost = 10;

type Lengths = readonly number[];

/** The lengths of clubs, diamonds, hearts, spades in all twelve decks, each as likely as the others. */
const decks: readonly Lengths[] = arrangements(lengths);

const scalars = suits.map((suit) => ({
  symbol: suit.toUpperCase(),
  description: `A card of ${suit}: ${goalPays} if it is the goal suit, else 0`,
}));

export const goalSuit = format(
  {
    id: "goal_suit",
    title: "Goal suit",
    summary: "Four suits, one pays. The longest suit's partner is the goal: find out which it is.",
    minutes: 6,
    seats: { min: 3, max: 5 },
    teaches: ["inference from trades", "information", "inventory"],
    params: v.object({
      ante: count(50, 0, 10_000, "Money that each player pays into the pot: at least 100 in all."),
      trade_seconds: count(240, 30, 3_600, "Length of the trading."),
      ...everyRound,
    }),
    notes: `Before: you hold five spades of ten cards. Which suit is likely the longest, and which would then pay?
After: who bought the goal suit early, and what told them? How did a bid in one suit move the others?`,
  },
  ({ ante, trade_seconds, quoting, rules }) => {
    const explanation = `A deck of forty: one suit has 12 cards, two have 10, one has 8, and nobody knows which. The goal suit is the other suit of the longest one's colour. Each card of the goal suit pays its holder ${goalPays} at the end; the rest of the pot goes to whoever holds the most of it. Buy and sell single suits; you cannot sell a card that you do not hold. Every trade cancels all quotes.`;
    return {
      rules: {
        ...roundRules({ quoting, rules }),
        ante,
        no_shorts: true,
        cancel_all_on_trade: true,
      },
      explanation,
      refusal: (seats) =>
        ante * seats >= goalPays * goalMost
          ? null
          : `The pot pays up to ${goalPays * goalMost}: with ${seats} players the ante must be at least ${Math.ceil((goalPays * goalMost) / seats)}.`,
      deal: (stream, seats) => {
        const each = Math.floor(deckCards / seats);
        const deal = dealFrom(stream.shuffled(drawnDeck(stream)), seats, each, 0);
        const goal = goalOf(deal);
        return {
          deal,
          script: [
            brief(explanation),
            dealStep("Count your suits. A long suit of yours may be the longest of all."),
            tradeStep(trade_seconds, "Buy the suit that you believe in, sell the others."),
            ...settleAndReview("The goal suit is named, and the pot is paid."),
          ],
          scalars,
          endowments: deal.hands.map(countsOf),
          pot: (held) => potPayments(ante * seats, held, suits.indexOf(goal)),
          fair: (scalar, known) => paysWith(chanceOfGoal(suits[scalar] as Suit, known)),
          settlement: (scalar) => (suits[scalar] === goal ? goalPays : 0),
        };
      },
    };
  },
);

/**
 * Pays what is left of the pot to who holds most of the goal suit, whole units of money to each of equals, and the odd ones
 * to earlier seats. What is taken off for the dealt goal cards comes to their holders by the settlement.
 */
function potPayments(pot: number, held: readonly (readonly number[])[], goal: number): number[] {
  const ofGoal = held.map((contracts) => contracts[goal] as number);
  const rest = pot - goalPays * ofGoal.reduce((sum, cards) => sum + cards, 0);
  const most = Math.max(...ofGoal);
  const winners = ofGoal.flatMap((cards, seat) => (cards === most ? [seat] : []));
  const share = Math.floor(rest / winners.length);
  const odd = rest - share * winners.length;
  return ofGoal.map((_, seat) => {
    const at = winners.indexOf(seat);
    return at < 0 ? 0 : share + (at < odd ? 1 : 0);
  });
}

/** The goal suit of a deal, all of whose cards are known. */
export function goalOf({ hands, table, deck }: Deal): Suit {
  const counts = countsOf([...hands.flat(), ...table, ...deck]);
  const at = counts.indexOf(longest);
  return partnerOf(suits[at] as Suit);
}

/** The deck in the order of the suits, whose lengths are drawn. */
function drawnDeck(stream: SeededStream): Card[] {
  const drawn = stream.shuffled(lengths);
  return suits
    .flatMap((suit, at) => Array.from({ length: drawn[at] as number }, () => suit))
    .map((suit, at) => ({ id: at + 1, kind: "card", label: suitSigns[suit], value: 1 }));
}

function countsOf(cards: readonly Card[]): number[] {
  return suits.map((suit) => cards.filter((card) => suitOf(card) === suit).length);
}

/** The chance that a suit is the goal, by Bayes: how many draws of the known cards each of the twelve decks has. */
function chanceOfGoal(suit: Suit, known: Known): number {
  const counts = countsOf(allCards(known));
  const draws = decks.map((deck) =>
    deck.reduce((ways, length, at) => ways * (binomials(length)[counts[at] as number] ?? 0), 1),
  );
  const all = draws.reduce((sum, ways) => sum + ways, 0);
  const ofGoal = draws.filter((_, at) => {
    const partner = suits[(decks[at] as Lengths).indexOf(longest)] as Suit;
    return partnerOf(partner) === suit;
  });
  return ofGoal.reduce((sum, ways) => sum + ways, 0) / all;
}

function paysWith(chance: number): Distribution {
  const chances = new Float64Array(goalPays + 1);
  chances[0] = 1 - chance;
  chances[goalPays] = chance;
  return { from: 0, chances };
}

/** All different orders of a list. */
function arrangements(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return [...new Set(items)].flatMap((first) => {
    const rest = [...items];
    rest.splice(rest.indexOf(first), 1);
    return arrangements(rest).map((others) => [first, ...others]);
  });
}
