/**
 * The game that a host is about to start, said before it is dealt: what it is, how many cards there are, what they are
 * worth and how long it takes. Runs the game's own code; to be imported when it is needed.
 */

import { SeededStream } from "#game/dealing/random.ts";
import { formatOf } from "#game/formats/all.ts";
import { plannedOf } from "#game/formats/planned.ts";
import { momentsOf } from "#game/fair/distribution.ts";
import type { CardKind, ChosenFormat } from "#protocol";

export interface Forecast {
  /** The game for players, with these parameters. */
  explanation: string;
  /** Cards in hands and on the table, if they are counted. */
  cards: { kind: CardKind; count: number } | null;
  /** Values of the scalars before the deal. */
  values: { symbol: string; mean: number; sd: number }[];
  /** Length of all steps with a clock, seconds. */
  seconds: number;
  /** Seats that it was made for: as many as asked for, or as the game allows. */
  seats: number;
  /** Reason for which so many cannot play it; null: they can. */
  refusal: string | null;
}

/** Any seed will do: nothing of the deal is told. */
const anySeed = "0".repeat(64);
/** Scalars whose value is told. */
const toldMost = 5;

/** @returns the forecast, or a sentence on what is wrong with the parameters */
export function forecastOf(chosen: ChosenFormat, traders: number): Forecast | string {
  const plan = plannedOf(chosen);
  if (typeof plan === "string") return plan;
  const { min, max } = formatOf(chosen.id)?.seats ?? { min: 1, max: 1 };
  const seats = Math.max(min, Math.min(max, traders));
  const { explanation } = plan;
  const refusal = plan.refusal(seats);
  const none = { explanation, seats, cards: null, values: [], seconds: 0 };
  if (refusal !== null) return { ...none, refusal };
  const dealt = plan.deal(new SeededStream(anySeed), seats);
  const { hands, table } = dealt.deal;
  const cards = [...hands.flat(), ...table];
  const [first] = cards;
  const nothing = { hands: hands.map(() => null), table: [] };
  const values = dealt.scalars.slice(0, toldMost).flatMap(({ symbol }, at) => {
    const fair = dealt.fair(at, nothing);
    return fair === null ? [] : [{ symbol, ...momentsOf(fair) }];
  });
  return {
    ...{ explanation, seats, refusal, values },
    cards:
      first === undefined || first.kind === "fact" || hands.flat().length === 0
        ? null
        : { kind: first.kind, count: cards.length },
    seconds: dealt.script.reduce((sum, step) => sum + (step.seconds ?? 0), 0),
  };
}
