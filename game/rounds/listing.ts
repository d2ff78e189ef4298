/**
 * The instruments of a round: its scalars, then the calls, then the puts on them, by strike. What they are worth to somebody
 * who knows some of the cards, and what they settle at.
 */

import type { InstrumentType } from "#protocol";
import type { Known } from "../dealing/deal.ts";
import { momentsOf, supportOf, type Distribution, type Moments } from "../fair/distribution.ts";
import type { Dealt, Scalar } from "../formats/format.ts";

const scalarTick = 1;
const optionTick = 0.5;
/** Strikes on each side of the middle one. */
const strikesASide = 2;

/** An instrument that a round lists. */
export interface Listing {
  readonly symbol: string;
  readonly description: string;
  readonly type: InstrumentType;
  /** Place of the scalar that decides its value, itself or the underlying. */
  readonly scalar: number;
  readonly strike: number | null;
  readonly tickSize: number;
  readonly minPrice: number;
  readonly maxPrice: number;
  readonly openingPrice: number;
}

/** Lists what the round trades, by what all know before the deal. */
export function listingsOf(dealt: Dealt): Listing[] {
  const nothing: Known = { hands: dealt.deal.hands.map(() => null), table: [] };
  const scalars: Listing[] = [];
  const options: Listing[] = [];
  for (const [at, scalar] of dealt.scalars.entries()) {
    const fair = dealt.fair(at, nothing);
    const listing = scalarListing(scalar, at, fair);
    scalars.push(listing);
    if (scalar.hasOptions === true && fair !== null)
      for (const strike of strikesOf(momentsOf(fair)))
        for (const type of ["CALL", "PUT"] as const)
          options.push(optionListing(listing, type, strike, fair));
  }
  const ofType = (type: InstrumentType) => options.filter((option) => option.type === type);
  return [...scalars, ...ofType("CALL"), ...ofType("PUT")];
}

/** Five strikes around the mean, half a standard deviation apart. */
function strikesOf({ mean, sd }: Moments): number[] {
  const apart = Math.max(1, Math.round(sd / 2));
  return Array.from(
    { length: 2 * strikesASide + 1 },
    (_, at) => Math.round(mean) + (at - strikesASide) * apart,
  );
}

function scalarListing(scalar: Scalar, at: number, fair: Distribution | null): Listing {
  const support = fair === null ? null : supportOf(fair);
  const minPrice = Math.floor(scalar.min ?? support?.least ?? 0);
  const maxPrice = Math.ceil(scalar.max ?? support?.greatest ?? 0);
  return {
    symbol: scalar.symbol,
    description: scalar.description,
    type: "SCALAR",
    scalar: at,
    strike: null,
    tickSize: scalarTick,
    minPrice,
    maxPrice,
    openingPrice: Math.round(fair === null ? (minPrice + maxPrice) / 2 : momentsOf(fair).mean),
  };
}

function optionListing(
  underlying: Listing,
  type: "CALL" | "PUT",
  strike: number,
  fair: Distribution,
): Listing {
  const pays = payoffOf(type, strike);
  const { least, greatest } = supportOf(fair);
  const onTick = (price: number) => Math.round(price / optionTick) * optionTick;
  return {
    symbol: `${underlying.symbol} ${strike}${type === "CALL" ? "C" : "P"}`,
    description: `Pays the points of ${underlying.symbol} ${type === "CALL" ? "above" : "below"} ${strike}`,
    type,
    scalar: underlying.scalar,
    strike,
    tickSize: optionTick,
    minPrice: 0,
    maxPrice: Math.max(optionTick, pays(least), pays(greatest)),
    openingPrice: onTick(momentsOf(fair, pays).mean),
  };
}

/** Payoff of an instrument by the settlement of its scalar. */
function payoffOf(type: InstrumentType, strike: number | null): (settlement: number) => number {
  const from = strike ?? 0;
  switch (type) {
    case "SCALAR":
      return (settlement) => settlement;
    case "CALL":
      return (settlement) => Math.max(settlement - from, 0);
    case "PUT":
      return (settlement) => Math.max(from - settlement, 0);
  }
}

/** Values each instrument for somebody who knows these cards and no others; null: nobody can count it. */
export function valuesOf(
  dealt: Dealt,
  listings: readonly Listing[],
  known: Known,
): (Moments | null)[] {
  const ofScalars = dealt.scalars.map((_, at) => dealt.fair(at, known));
  return listings.map(({ scalar, type, strike }) => {
    const fair = ofScalars[scalar] ?? null;
    return fair === null ? null : momentsOf(fair, payoffOf(type, strike));
  });
}

/** Final value of each instrument. @param answers of the seats; null: none was given */
export function payoffsOf(
  dealt: Dealt,
  listings: readonly Listing[],
  answers: readonly (number | null)[],
): number[] {
  return payoffsAt(
    listings,
    dealt.scalars.map((_, at) => dealt.settlement(at, answers)),
  );
}

/** Final value of each instrument, by the settlements of the scalars. */
export function payoffsAt(listings: readonly Listing[], ofScalars: readonly number[]): number[] {
  return listings.map(({ scalar, type, strike }) =>
    payoffOf(type, strike)(ofScalars[scalar] as number),
  );
}
