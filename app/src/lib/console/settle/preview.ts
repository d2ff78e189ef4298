/** Computes the payouts of a settlement before the host confirms it. */

import type { Instrument, Position } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";
import { settlementBounds, worthAt } from "#lib/trading/settlement.ts";

export interface SettledContract {
  instrument: Instrument;
  /** Value of one contract at the settlement. */
  payoff: number;
}
export interface PayoutRow {
  userId: number;
  /** Money paid for all positions that settle. */
  payout: number;
  /** The user's total P&L after it, with all other positions at their marks of now. */
  pnlAfter: number;
}
export interface SettlementPreview {
  contracts: SettledContract[];
  /** Largest P&L first. */
  rows: PayoutRow[];
  /** Zero, since every long has its short. */
  payoutTotal: number;
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

/** The price bound of the underlying that the value is beyond; null if it is within both. */
export function brokenBound(
  underlying: Pick<Instrument, "min_price" | "max_price" | "tick_size">,
  value: number,
): BrokenBound | null {
  const { min, max } = settlementBounds(underlying);
  if (value < min) return { end: "below", bound: min };
  return value > max ? { end: "above", bound: max } : null;
}

export function previewSettlement(
  instruments: readonly Instrument[],
  everybody: readonly Position[],
  inst: number,
  value: number,
): SettlementPreview {
  const contracts = settlesWith(instruments, inst).map((instrument) => ({
    instrument,
    payoff: worthAt(instrument, value),
  }));
  const byInst = new Map(contracts.map((contract) => [contract.instrument.id, contract]));
  const rows = new Map<number, PayoutRow>();
  const holders = new Set<number>();
  for (const position of everybody) {
    const userId = position.user_id ?? 0;
    const row = rows.get(userId) ?? { userId, payout: 0, pnlAfter: 0 };
    rows.set(userId, row);
    const contract = byInst.get(position.inst);
    if (!contract) {
      row.pnlAfter += position.realized_pnl + position.unrealized_pnl;
      continue;
    }
    const { tick_value } = contract.instrument;
    row.payout += position.qty * contract.payoff * tick_value;
    row.pnlAfter +=
      position.realized_pnl + position.qty * (contract.payoff - position.vwap) * tick_value;
    if (position.qty !== 0) holders.add(userId);
  }
  const list = [...rows.values()]
    .filter((row) => holders.has(row.userId))
    .map((row) => ({ ...row, payout: tidy(row.payout), pnlAfter: tidy(row.pnlAfter) }))
    .sort((a, b) => b.pnlAfter - a.pnlAfter);
  return {
    contracts,
    rows: list,
    payoutTotal: tidy(list.reduce((sum, row) => sum + row.payout, 0)),
  };
}
