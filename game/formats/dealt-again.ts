/** Checks a deal: deals the round again from its seed, and compares with everything that was told of it. Says it in data, for pages to put into words. */

import type { Card } from "#protocol";
import { commitOf, SeededStream } from "../dealing/random.ts";
import type { Dealt, Planned } from "./format.ts";
import { plannedOf } from "./planned.ts";

/** A round as it was told: the promise before, seed and cards after. */
export interface ToldDeal {
  readonly room: string;
  readonly round: number;
  readonly format: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: string;
  /** Commits that were told of it; none: not known here. */
  readonly commits: readonly string[];
  /** By seat, in the order of dealing. A number that the seat was asked for stands behind the cards. */
  readonly hands: readonly (readonly Card[])[];
  readonly table: readonly Card[];
  readonly deck: readonly Card[];
  /** Cards that lay open in the course of the round. */
  readonly turned?: readonly Card[];
  /** Final values of the scalars, in their order; absent: not to be compared. */
  readonly settled?: readonly (number | undefined)[];
}

/** A final value, as it was told and as it follows from the cards. */
export interface SettledAgain {
  readonly symbol: string;
  readonly told: number | undefined;
  readonly value: number;
  readonly isRight: boolean;
}

/** The round, dealt again. */
export interface Again {
  readonly plan: Planned;
  readonly dealt: Dealt;
  /** Seats that were told another hand. */
  readonly wrongSeats: readonly number[];
  readonly isTableRight: boolean;
  /** Whether what lay open is the beginning of the table. */
  readonly isTurnedRight: boolean;
  readonly isDeckRight: boolean;
  readonly settled: readonly SettledAgain[];
}

export interface DealCheck {
  /** The commit of the seed, and whether every commit that was told is it. */
  readonly commit: string;
  readonly isPromised: boolean;
  /** A sentence that says why it cannot be dealt again, in its place. */
  readonly again: Again | string;
}

export function checkDeal(told: ToldDeal): DealCheck {
  const { room, round, format, params, seed } = told;
  const commit = commitOf(room, round, format, seed);
  const isPromised = told.commits.every((one) => one === commit);
  const plan = plannedOf({ id: format, params });
  return { commit, isPromised, again: typeof plan === "string" ? plan : dealtAgain(told, plan) };
}

function dealtAgain(told: ToldDeal, plan: Planned): Again {
  const dealt = plan.deal(new SeededStream(told.seed), told.hands.length);
  const { hands, table, deck } = dealt.deal;
  const { turned = [] } = told;
  return {
    ...{ plan, dealt },
    wrongSeats: told.hands.flatMap((hand, seat) => {
      const own = hands[seat] ?? [];
      return isSameDeal(hand.slice(0, own.length), own) ? [] : [seat];
    }),
    isTableRight: isSameDeal(told.table, table),
    isTurnedRight: isSameDeal(turned, table.slice(0, turned.length)),
    isDeckRight: isSameDeal(told.deck, deck),
    settled: told.settled === undefined ? [] : settledAgain(told.hands, told.settled, dealt),
  };
}

/** Settles the scalars again, by the cards and by the numbers that stand behind them. */
function settledAgain(
  hands: ToldDeal["hands"],
  told: readonly (number | undefined)[],
  { deal, scalars, settlement }: Dealt,
): SettledAgain[] {
  const answers = hands.map((hand, seat) => hand[deal.hands[seat]?.length ?? 0]?.value ?? null);
  return scalars.map(({ symbol }, at) => {
    const value = settlement(at, answers);
    return { symbol, told: told[at], value, isRight: told[at] === value };
  });
}

export function isSameDeal(told: readonly Card[], dealt: readonly Card[]): boolean {
  return (
    told.length === dealt.length &&
    told.every((card, at) => {
      const { id, kind, label, value } = dealt[at] as Card;
      return card.id === id && card.kind === kind && card.label === label && card.value === value;
    })
  );
}
