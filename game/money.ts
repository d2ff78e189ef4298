/** Profit and loss out of the engine's integers: exact until the last step, then rounded to a millionth of money. */

import type { EnginePort, EnginePosition } from "./engine-port.ts";
import { Side } from "./engine-port.ts";
import type { RoomInstrument } from "./state.ts";
import { fromUnits, round6, tenTo, toUnits } from "./units.ts";

/** A position with its prices and money as they are shown. */
export interface Holding {
  qty: number;
  /** Price; 0 when flat. */
  vwap: number;
  /** Price, or null where nothing gives one. */
  mark: number | null;
  realized: number;
  unrealized: number;
  pnl: number;
}

/**
 * Twice the mark in units, so that the mid of two neighbouring ticks is whole.
 * Settlement, else mid, else last trade, else null (the average entry price then, so that nothing is unrealised).
 * Source: the wire contract, "Mark".
 */
export function doubleMark(engine: EnginePort, instrument: RoomInstrument): number | null {
  const { inst, lastPrice } = instrument;
  const settled = engine.settlementUnits(inst);
  if (settled !== null) return 2 * settled;
  const bid = engine.best(inst, Side.buy);
  const ask = engine.best(inst, Side.sell);
  if (bid !== null && ask !== null) return (bid + ask) * engine.tickUnits(inst);
  const last = lastPrice === null ? null : toUnits(lastPrice, engine.decimals(inst));
  return last === null ? null : 2 * last;
}

/**
 * `halfUnits / 2 * 10 ** -decimals * tickValue`, rounded to six decimals.
 * @param tickValueMicros money that one unit of price is worth, in millionths
 */
export function toMoney(halfUnits: number, decimals: number, tickValueMicros: number): number {
  const product = halfUnits * tickValueMicros;
  if (Number.isSafeInteger(product)) return round6(product / (2 * tenTo(decimals)) / 1e6);
  const micros =
    (BigInt(Math.round(halfUnits)) * BigInt(tickValueMicros)) / BigInt(2 * tenTo(decimals));
  return Number(micros) / 1e6;
}

/** Values a position at the instrument's mark. */
export function valueHolding(
  engine: EnginePort,
  inst: number,
  position: EnginePosition,
  mark2: number | null,
  tickValueMicros: number,
): Holding {
  const decimals = engine.decimals(inst);
  const { qty, cashUnits, vwapUnits } = position;
  const entry2 = 2 * qty * vwapUnits;
  if (mark2 === null) {
    const pnl = toMoney(Math.round(2 * cashUnits + entry2), decimals, tickValueMicros);
    return { qty, vwap: price(vwapUnits, decimals), mark: null, realized: pnl, unrealized: 0, pnl };
  }
  const pnl = toMoney(2 * cashUnits + qty * mark2, decimals, tickValueMicros);
  const scale = (2 * tenTo(decimals)) / (tickValueMicros / 1e6);
  const unrealized = round6((qty * mark2 - entry2) / scale);
  return {
    qty,
    vwap: price(vwapUnits, decimals),
    mark: price(mark2 / 2, decimals),
    realized: round6(pnl - unrealized),
    unrealized,
    pnl,
  };
}

function price(units: number, decimals: number): number {
  return round6(fromUnits(units, decimals));
}
