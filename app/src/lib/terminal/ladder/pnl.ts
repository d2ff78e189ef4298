/** The P&L in an instrument, in one of three units, and the order in which presses change the unit. */

import type { Instrument, Position } from "#protocol";
import { formatMoney } from "#lib/format.ts";
import { pnlUnits, type PnlUnit } from "#lib/terminal/desk/preferences.svelte.ts";

type PositionPnl = Pick<Position, "qty" | "vwap" | "realized_pnl" | "unrealized_pnl">;
type TickTerms = Pick<Instrument, "tick_size" | "tick_value">;

export function nextUnit(unit: PnlUnit): PnlUnit {
  return pnlUnits[(pnlUnits.indexOf(unit) + 1) % pnlUnits.length] ?? "money";
}

/** @returns null if the unit has no meaning: without a position, or without a positive price paid */
export function pnlIn(unit: PnlUnit, held: PositionPnl | undefined, of: TickTerms): number | null {
  if (unit === "money") return (held?.realized_pnl ?? 0) + (held?.unrealized_pnl ?? 0);
  if (held === undefined || held.qty === 0) return null;
  const points = held.unrealized_pnl / (Math.abs(held.qty) * of.tick_value);
  if (unit === "ticks") return points / of.tick_size;
  return held.vwap > 0 ? (100 * points) / held.vwap : null;
}

const DECIMALS = { ticks: 1, percent: 2 } as const;

/**
 * A P&L with its sign and unit; money has no unit.
 *
 * @param decimals of money
 */
export function formatPnl(unit: PnlUnit, value: number | null, decimals: number): string {
  if (value === null) return "–";
  if (unit === "money") return formatMoney(value, decimals);
  const size = Math.abs(value).toLocaleString("en-US", {
    minimumFractionDigits: DECIMALS[unit],
    maximumFractionDigits: DECIMALS[unit],
  });
  const sign = Number(value.toFixed(DECIMALS[unit])) === 0 ? "" : value < 0 ? "\u2212" : "+";
  return sign + size + (unit === "ticks" ? " t" : "%");
}
