/**
 * A spread as data: its legs, the name that the trade has for it, what one costs at the prices shown and how many
 * those allow. Knows no room and sends nothing.
 */

import type { Instrument, Side } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";
import { gcd } from "#lib/trading/lots.ts";
import { signOf } from "#lib/trading/sides.ts";

export interface SpreadLeg {
  readonly inst: number;
  readonly side: Side;
  /** Contracts of it in one spread. */
  readonly ratio: number;
}

/** A leg at the price that others show for it. */
export interface PricedLeg extends Omit<SpreadLeg, "inst"> {
  readonly instrument: Instrument;
  /** null: nobody shows one. */
  readonly price: number | null;
  /** Contracts there at that price. */
  readonly size: number;
}

/** As many as the panel has in sight without growing out of hand; a box has four. */
export const MAX_LEGS = 8;

/** A press on the same cell raises the ratio of its leg; on the other side it takes off the leg. */
export function pressed(
  legs: readonly SpreadLeg[],
  inst: number,
  side: Side,
): readonly SpreadLeg[] {
  const held = legs.find((leg) => leg.inst === inst);
  if (held === undefined)
    return legs.length < MAX_LEGS ? [...legs, { inst, side, ratio: 1 }] : legs;
  return withRatio(legs, inst, held.side === side ? held.ratio + 1 : 0);
}

/** At nothing the leg is gone. */
export function withRatio(
  legs: readonly SpreadLeg[],
  inst: number,
  ratio: number,
): readonly SpreadLeg[] {
  return legs.flatMap((leg) => (leg.inst !== inst ? [leg] : ratio > 0 ? [{ ...leg, ratio }] : []));
}

export interface NetPrice {
  /** Money that one spread brings: negative is a debit. */
  readonly value: number;
  /** Points, or money where a point of one leg is worth other money than of another. */
  readonly unit: "points" | "money";
}

/** null while a leg has no price. */
export function netOf(legs: readonly PricedLeg[]): NetPrice | null {
  const values = new Set(legs.map(({ instrument }) => instrument.tick_value));
  let value = 0;
  for (const { instrument, side, ratio, price } of legs) {
    if (price === null) return null;
    value -= signOf(side) * ratio * price * (values.size === 1 ? 1 : instrument.tick_value);
  }
  return legs.length === 0
    ? null
    : { value: tidy(value), unit: values.size === 1 ? "points" : "money" };
}

/** Spreads that can be had at once: each leg's lots are whole only in multiples of this. */
export function stepOf(legs: readonly Pick<PricedLeg, "instrument" | "ratio">[]): number {
  return legs.reduce((step, { instrument: { lot_size }, ratio }) => {
    const own = lot_size / gcd(lot_size, ratio);
    return (step * own) / gcd(step, own);
  }, 1);
}

/** Whole spreads in so many contracts of the leg. */
export function wholeIn(contracts: number, ratio: number, step: number): number {
  return Math.floor(contracts / (ratio * step)) * step;
}

/** How many the best prices that are shown allow. */
export function possibleOf(legs: readonly PricedLeg[]): number {
  const step = stepOf(legs);
  const each = legs.map(({ price, size, ratio }) =>
    price === null ? 0 : wholeIn(size, ratio, step),
  );
  return each.length === 0 ? 0 : Math.min(...each);
}

/** In which order they are sent: first the one of which the fewest spreads could be had. */
export function scarcestFirst<L extends Pick<PricedLeg, "size" | "ratio">>(
  legs: readonly L[],
): L[] {
  return legs.toSorted((a, b) => a.size / a.ratio - b.size / b.ratio);
}

export type SpreadKind =
  | "single"
  | "vertical"
  | "straddle"
  | "strangle"
  | "guts"
  | "synthetic"
  | "riskReversal"
  | "butterfly"
  | "box"
  | "conversion"
  | "reversal"
  | "custom";

export interface SpreadName {
  readonly kind: SpreadKind;
  /** Bought rather than sold; of a vertical: gains from a rise. Where that says nothing: null. */
  readonly long: boolean | null;
  /** Where all its options are of one type. */
  readonly type: "CALL" | "PUT" | null;
  /** Lowest first. */
  readonly strikes: readonly number[];
}

type SpreadShape = Pick<SpreadName, "kind" | "long">;
/** A leg of one spread, its quantity signed: the name is decided by these. */
interface SignedLeg {
  readonly type: Instrument["type"];
  readonly strike: number;
  readonly qty: number;
}

/** All at one ratio, several times the same: two verticals are a vertical. */
export function nameOf(legs: readonly Omit<PricedLeg, "price" | "size">[]): SpreadName {
  const unit = legs.reduce((common, { ratio }) => gcd(common, ratio), 0) || 1;
  const parts = legs
    .map(({ instrument, side, ratio }) => ({
      type: instrument.type,
      strike: instrument.strike ?? 0,
      qty: (signOf(side) * ratio) / unit,
    }))
    .sort((a, b) => a.strike - b.strike);
  const options = parts.filter(({ type }) => type !== "SCALAR");
  const types = [...new Set(options.map(({ type }) => type))];
  const type = types.length === 1 && types[0] !== "SCALAR" ? (types[0] ?? null) : null;
  const strikes = [...new Set(options.map(({ strike }) => strike))];
  const alike = new Set(legs.map(({ instrument }) => instrument.tick_value)).size <= 1;
  const shape = (alike ? shapeOf(parts, options) : null) ?? { kind: "custom", long: null };
  return { ...shape, type, strikes };
}

function shapeOf(parts: readonly SignedLeg[], options: readonly SignedLeg[]): SpreadShape | null {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return { kind: "single", long: only.qty > 0 };
  if (options.length === parts.length) {
    if (parts.length === 2) return ofTwo(parts);
    if (parts.length === 3) return butterfly(parts);
    return parts.length === 4 ? box(parts) : null;
  }
  return parts.length === 3 && options.length === 2 ? conversion(parts) : null;
}

/** Two options, one of each. */
function ofTwo([low, high]: readonly SignedLeg[]): SpreadShape | null {
  if (!low || !high || Math.abs(low.qty) !== 1 || Math.abs(high.qty) !== 1) return null;
  const opposite = low.qty !== high.qty;
  if (low.type === high.type)
    return opposite && low.strike !== high.strike ? { kind: "vertical", long: low.qty > 0 } : null;
  const [call, put] = low.type === "CALL" ? [low, high] : [high, low];
  const long = call.qty > 0;
  if (call.strike === put.strike) return { kind: opposite ? "synthetic" : "straddle", long };
  if (opposite) return { kind: "riskReversal", long };
  return { kind: call.strike > put.strike ? "strangle" : "guts", long };
}

/** Wings of one side that balance the middle, however far each of them is. */
function butterfly([low, middle, high]: readonly SignedLeg[]): SpreadShape | null {
  if (!low || !middle || !high || low.type !== middle.type || middle.type !== high.type)
    return null;
  const below = middle.strike - low.strike;
  const above = high.strike - middle.strike;
  const isFly =
    below > 0 &&
    above > 0 &&
    low.qty + middle.qty + high.qty === 0 &&
    Math.abs(low.qty * below - high.qty * above) < 1e-6;
  return isFly ? { kind: "butterfly", long: low.qty > 0 } : null;
}

/** A call spread and the put spread the other way round, at two strikes. */
function box(parts: readonly SignedLeg[]): SpreadShape | null {
  const at = (type: SignedLeg["type"]) => parts.filter((part) => part.type === type);
  const [lowCall, highCall] = at("CALL");
  const [lowPut, highPut] = at("PUT");
  if (!lowCall || !highCall || !lowPut || !highPut) return null;
  const { qty } = lowCall;
  const isBox =
    lowCall.strike === lowPut.strike &&
    highCall.strike === highPut.strike &&
    lowCall.strike < highCall.strike &&
    Math.abs(qty) === 1 &&
    highCall.qty === -qty &&
    highPut.qty === qty &&
    lowPut.qty === -qty;
  return isBox ? { kind: "box", long: qty > 0 } : null;
}

/** The underlying against the same by options, at one strike. */
function conversion(parts: readonly SignedLeg[]): SpreadShape | null {
  const of = (type: SignedLeg["type"]) => parts.find((part) => part.type === type);
  const [call, put, underlying] = [of("CALL"), of("PUT"), of("SCALAR")];
  if (!call || !put || !underlying || call.strike !== put.strike) return null;
  const { qty } = underlying;
  if (Math.abs(qty) !== 1 || call.qty !== -qty || put.qty !== qty) return null;
  return { kind: qty > 0 ? "conversion" : "reversal", long: null };
}
