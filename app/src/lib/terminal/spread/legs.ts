/**
 * A spread as data: its legs, its usual name, its net at the shown prices, and the number that these allow. Knows no
 * room and sends nothing.
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

/** A leg at the best price of others. */
export interface PricedLeg extends Omit<SpreadLeg, "inst"> {
  readonly instrument: Instrument;
  /** null: there is none. */
  readonly price: number | null;
  /** Contracts at that price. */
  readonly size: number;
}

/** Most legs of a spread: as many as the panel can show. A box has four. */
export const MAX_LEGS = 8;

/**
 * The legs after a press on a cell: a new leg, a higher ratio of the same leg, or without the leg of the other side.
 */
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

/** The legs with a new ratio of one; a ratio of 0 removes it. */
export function withRatio(
  legs: readonly SpreadLeg[],
  inst: number,
  ratio: number,
): readonly SpreadLeg[] {
  return legs.flatMap((leg) => (leg.inst !== inst ? [leg] : ratio > 0 ? [{ ...leg, ratio }] : []));
}

export interface NetPrice {
  /** Credit of one spread; negative: a debit. */
  readonly value: number;
  /** Points, or money if the legs have different tick values. */
  readonly unit: "points" | "money";
}

/** The net of one spread; null if there are no legs or one of them has no price. */
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

/** Step of the number of spreads: only in multiples of it each leg has whole lots. */
export function stepOf(legs: readonly Pick<PricedLeg, "instrument" | "ratio">[]): number {
  return legs.reduce((step, { instrument: { lot_size }, ratio }) => {
    const own = lot_size / gcd(lot_size, ratio);
    return (step * own) / gcd(step, own);
  }, 1);
}

/** Number of whole spreads in a number of contracts of a leg. */
export function wholeIn(contracts: number, ratio: number, step: number): number {
  return Math.floor(contracts / (ratio * step)) * step;
}

/** Number of spreads that the sizes at the best prices allow. */
export function possibleOf(legs: readonly PricedLeg[]): number {
  const step = stepOf(legs);
  const each = legs.map(({ price, size, ratio }) =>
    price === null ? 0 : wholeIn(size, ratio, step),
  );
  return each.length === 0 ? 0 : Math.min(...each);
}

/** The legs in the order of sending: first the one whose size allows the fewest spreads. */
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
  /** Whether it is bought; a vertical: whether it gains from a rise. null if neither makes sense. */
  readonly long: boolean | null;
  /** The type of its options, if it is the same for all. */
  readonly type: "CALL" | "PUT" | null;
  /** Strikes, lowest first. */
  readonly strikes: readonly number[];
}

type SpreadShape = Pick<SpreadName, "kind" | "long">;
/** A leg of one spread with a signed quantity, from which the name follows. */
interface SignedLeg {
  readonly type: Instrument["type"];
  readonly strike: number;
  readonly qty: number;
}

/** The name of a spread. A common factor of the ratios does not count: two verticals are a vertical. */
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

/** The shape of two options at a ratio of one to one. */
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

/** A butterfly: two wings that balance the middle, at equal distances or not. */
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

/** A box: a call spread and the opposite put spread at the same two strikes. */
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

/** A conversion or reversal: the underlying against its synthetic position in options at one strike. */
function conversion(parts: readonly SignedLeg[]): SpreadShape | null {
  const of = (type: SignedLeg["type"]) => parts.find((part) => part.type === type);
  const [call, put, underlying] = [of("CALL"), of("PUT"), of("SCALAR")];
  if (!call || !put || !underlying || call.strike !== put.strike) return null;
  const { qty } = underlying;
  if (Math.abs(qty) !== 1 || call.qty !== -qty || put.qty !== qty) return null;
  return { kind: qty > 0 ? "conversion" : "reversal", long: null };
}
