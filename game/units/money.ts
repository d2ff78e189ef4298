/** Profit and loss from the engine's integers: exact until the last step, then rounded to the decimals of the money. */

import type { EnginePort, EnginePosition, Units } from "../engine-port.ts";
import { Side } from "../engine-port.ts";
import type { RoomInstrument } from "../state.ts";
import { limits } from "#protocol";
import { fromUnits, round6, roundTo, toNearest, tenTo, toUnits } from "./decimals.ts";

const { isSafeInteger } = Number;

/** A position with its prices and money as they are shown. */
export interface Holding {
  qty: number;
  /** Price; 0 when flat. */
  vwap: number;
  /** Price, or null if there is none. */
  mark: number | null;
  realized: number;
  unrealized: number;
  pnl: number;
}

/**
 * Twice the mark in units, so that the mid of two neighbouring ticks is whole: the settlement, else the mid, else the
 * last trade, else null (the average entry price counts then, and nothing is unrealised).
 * @param lots that must stand on a side for its price to count, so that small orders do not move the mark
 * Source: the wire contract, "Mark"; impact prices of futures exchanges.
 */
export function doubleMark(
  engine: EnginePort,
  instrument: RoomInstrument,
  lots: number,
): Units | null {
  const { inst, lastPrice } = instrument;
  const settled = engine.settlementUnits(inst);
  if (settled !== null) return twice(settled);
  const bid = ticksAt(engine, instrument, Side.buy, lots);
  const ask = ticksAt(engine, instrument, Side.sell, lots);
  if (bid !== null && ask !== null) return (bid + ask) * engine.tickUnits(inst);
  const last = lastPrice === null ? null : toUnits(lastPrice, engine.decimals(inst));
  return last === null ? null : 2 * last;
}

const levels = new Int32Array(2 * limits.markLots);

/** Price up to which so many lots stand on the side, or null if there are fewer. A level has a lot at least. */
function ticksAt(
  engine: EnginePort,
  { inst, lotSize }: RoomInstrument,
  side: Side,
  lots: number,
): number | null {
  if (lots === 1) return engine.best(inst, side);
  const count = engine.depth(inst, side, lots, levels);
  let wanted = lots * lotSize;
  for (let level = 0; level < count; level++) {
    wanted -= levels[2 * level + 1] ?? 0;
    if (wanted <= 0) return levels[2 * level] ?? null;
  }
  return null;
}

export function twice(units: Units): Units {
  return typeof units === "number" && isSafeInteger(2 * units) ? 2 * units : 2n * BigInt(units);
}

export function times(units: Units, qty: number): Units {
  const product = typeof units === "number" ? units * qty : NaN;
  return isSafeInteger(product) ? product : BigInt(units) * BigInt(qty);
}

/** `2 * cash + qty * mark2`: a number if every step is exact, else a bigint. */
function doubleWorth(cash: Units, qty: number, mark2: Units): Units {
  if (typeof cash === "number" && typeof mark2 === "number") {
    const holding = qty * mark2;
    const worth = 2 * cash + holding;
    if (isSafeInteger(holding) && isSafeInteger(2 * cash) && isSafeInteger(worth)) return worth;
  }
  return 2n * BigInt(cash) + BigInt(qty) * BigInt(mark2);
}

/**
 * Decimals to which money of an instrument is rounded: six, or as many as its prices and its tick value have together,
 * so that no tick is worth nothing.
 * @param decimals of its prices, at present
 */
export function moneyDecimals(decimals: number, tickValueMicros: number): number {
  let ofTickValue: number = limits.decimals;
  while (ofTickValue > 0 && tickValueMicros % tenTo(limits.decimals - ofTickValue + 1) === 0)
    ofTickValue--;
  return Math.max(limits.decimals, decimals + ofTickValue);
}

/**
 * `halfUnits / 2 * 10 ** -decimals * tickValue`, rounded; a gain and the other side's loss round to the same amount.
 * @param tickValueMicros money that one unit of price is worth, in millionths
 */
export function toMoney(halfUnits: Units, decimals: number, tickValueMicros: number): number {
  const shown = moneyDecimals(decimals, tickValueMicros);
  const scale = tenTo(shown - limits.decimals);
  if (typeof halfUnits === "number") {
    const product = halfUnits * tickValueMicros * scale;
    if (isSafeInteger(halfUnits * tickValueMicros) && isSafeInteger(product))
      return toNearest(product / (2 * tenTo(decimals))) / tenTo(shown);
  }
  const product = BigInt(halfUnits) * BigInt(tickValueMicros) * BigInt(scale);
  const divisor = BigInt(tenTo(decimals));
  // Rounded as by `toNearest`.
  const units = (product + (product < 0n ? 1n - divisor : divisor - 1n)) / (2n * divisor);
  if (isSafeInteger(Number(units))) return Number(units) / tenTo(shown);
  // A number holds whole money exactly further than its fractions.
  const one = BigInt(tenTo(shown));
  return Number(units / one) + Number(units % one) / tenTo(shown);
}

/** Values a position at the instrument's mark. */
export function valueHolding(
  engine: EnginePort,
  inst: number,
  position: EnginePosition,
  mark2: Units | null,
  tickValueMicros: number,
): Holding {
  const decimals = engine.decimals(inst);
  const { qty, cashUnits, vwapUnits } = position;
  const entry2 = 2 * qty * vwapUnits;
  const vwap = price(vwapUnits, decimals);
  if (mark2 === null) {
    const pnl = toMoney(doubleWorth(cashUnits, 1, Math.round(entry2)), decimals, tickValueMicros);
    return { qty, vwap, mark: null, realized: pnl, unrealized: 0, pnl };
  }
  const pnl = toMoney(doubleWorth(cashUnits, qty, mark2), decimals, tickValueMicros);
  const scale = (2 * tenTo(decimals)) / (tickValueMicros / 1e6);
  const shown = moneyDecimals(decimals, tickValueMicros);
  const unrealized = roundTo((qty * Number(mark2) - entry2) / scale, shown);
  return {
    qty,
    vwap,
    mark: price(Number(mark2) / 2, decimals),
    realized: roundTo(pnl - unrealized, shown),
    unrealized,
    pnl,
  };
}

function price(units: number, decimals: number): number {
  return round6(fromUnits(units, decimals));
}
