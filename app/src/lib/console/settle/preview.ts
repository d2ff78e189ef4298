/** Computes what everybody gains and loses by a settlement, before the host confirms it. */

import type { Instrument, Position } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";
import { settlementBounds, worthAt } from "#lib/trading/settlement.ts";

export interface SettledContract {
  instrument: Instrument;
  /** Value of one contract at the settlement. */
  payoff: number;
}
export interface ResultRow {
  userId: number;
  /** P&L in all that settles, since the first trade in it. */
  pnl: number;
  /** The user's total P&L after it, with all other positions at their marks of now. */
  total: number;
}
export interface SettlementPreview {
  contracts: SettledContract[];
  /** Rows of all who have traded in it, the largest P&L first. */
  rows: ResultRow[];
  /** Sum of the P&L in it: zero, since every buyer has a seller. */
  sum: number;
}

/** The instrument and the options on it that settle with it. */
export function settlesWith(instruments: readonly Instrument[], inst: number): Instrument[] {
  return instruments.filter(
    (one) => !one.settled && (one.id === inst || one.reference_id === inst),
  );
}

export interface BrokenBound {
  end: "below" | "above";
  bound: number;
}

/** Times by which a value is larger or smaller than the last trade that is likely to be a slip: a digit too many or too few. */
const SLIP = 5;

/** Whether a value is so far from the last trade that it may be mistyped. Zero and values across it are no matter of digits. */
export function isFarFrom(last: number | null, value: number): boolean {
  if (last === null || last * value <= 0) return false;
  const times = Math.abs(value / last);
  return times >= SLIP || times <= 1 / SLIP;
}

/** The price bound of the underlying that the value is beyond; null if it is within both. */
export function brokenBound(
  underlying: Pick<Instrument, "min_price" | "max_price" | "tick_size">,
  value: number,
): BrokenBound | null {
  const { min, max } = settlementBounds(underlying);
  if (value < min) return { end: "below", bound: min };
  return value > max ? { end: "above", bound: max } : null;
}

/** @param totals of everybody's P&L now; a user who is not in it counts by the positions alone */
export function previewSettlement(
  instruments: readonly Instrument[],
  everybody: readonly Position[],
  totals: ReadonlyMap<number, number>,
  inst: number,
  value: number,
): SettlementPreview {
  const contracts = settlesWith(instruments, inst).map((instrument) => ({
    instrument,
    payoff: worthAt(instrument, value),
  }));
  const byInst = new Map(contracts.map((contract) => [contract.instrument.id, contract]));
  const rows = new Map<number, ResultRow>();
  const concerned = new Set<number>();
  for (const position of everybody) {
    const userId = position.user_id ?? 0;
    const row = rows.get(userId) ?? { userId, pnl: 0, total: totals.get(userId) ?? 0 };
    rows.set(userId, row);
    const contract = byInst.get(position.inst);
    const marked = position.realized_pnl + position.unrealized_pnl;
    if (!totals.has(userId)) row.total += marked;
    if (!contract) continue;
    concerned.add(userId);
    // From the mark on, which is exact: an average price is rounded.
    const rise =
      position.qty * (contract.payoff - (position.mark ?? 0)) * contract.instrument.tick_value;
    row.pnl += marked + rise;
    row.total += rise;
  }
  const list = [...rows.values()]
    .filter((row) => concerned.has(row.userId))
    .map((row) => ({ ...row, pnl: tidy(row.pnl), total: tidy(row.total) }))
    .sort((a, b) => b.pnl - a.pnl);
  return { contracts, rows: list, sum: tidy(list.reduce((sum, row) => sum + row.pnl, 0)) };
}
