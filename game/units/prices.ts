/** Conversion between typed prices and the engine's ticks. */

import type { EnginePort } from "../engine-port.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument } from "../state.ts";
import { fromUnits, toUnits } from "./decimals.ts";

/** Price of these ticks on the instrument's present grid. */
export function priceOf(engine: EnginePort, inst: number, ticks: number): number {
  return fromUnits(ticks * engine.tickUnits(inst), engine.decimals(inst));
}

/** A price in ticks, or its refusal: outside the bounds, or off the grid. It is never rounded. */
export function ticksOf(
  engine: EnginePort,
  instrument: RoomInstrument,
  price: number,
): number | Rejection {
  const { inst } = instrument;
  const min = priceOf(engine, inst, instrument.minTicks);
  const max = priceOf(engine, inst, instrument.maxTicks);
  if (price < min || price > max)
    return reject("PRICE_OUT_OF_RANGE", `The price must be between ${min} and ${max}.`);
  const units = toUnits(price, engine.decimals(inst));
  if (units === null || units % engine.tickUnits(inst) !== 0)
    return reject(
      "OFF_TICK",
      `The price must be a multiple of the tick size ${instrument.tickSize}.`,
    );
  return units / engine.tickUnits(inst) + 0;
}

/** The quantity if it is a positive whole number that fits, else null. */
export function wholeQty(qty: number): number | null {
  return Number.isInteger(qty) && qty > 0 && qty <= 2 ** 31 - 1 ? qty : null;
}
