/** A corrected settlement before it is sent: the contracts that it changes, and the change for everybody. */

import type { Instrument, Position } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";
import { worthAt } from "#lib/trading/settlement.ts";

/** A user's holding of an instrument at its settlement. */
export interface SettledHolding {
  userId: number;
  inst: number;
  qty: number;
}
export interface CorrectionRow {
  userId: number;
  /** The difference that the correction makes. */
  change: number;
  pnlAfter: number;
}

/** The settled instrument, and the options that were settled with it: those that are worth what its value gives. */
export function correctedWith(instruments: readonly Instrument[], inst: number): Instrument[] {
  const named = instruments.find((one) => one.id === inst);
  if (named?.settlement == null) return [];
  const { settlement } = named;
  return instruments.filter(
    (one) =>
      one === named ||
      (one.reference_id === inst && one.settled && one.settlement === worthAt(one, settlement)),
  );
}

/** Everybody's change by the new value, largest P&L first; the changes add up to zero. */
export function previewCorrection(
  instruments: readonly Instrument[],
  everybody: readonly Position[],
  totals: ReadonlyMap<number, number>,
  held: readonly SettledHolding[],
  inst: number,
  value: number,
): CorrectionRow[] {
  const contracts = new Map(correctedWith(instruments, inst).map((one) => [one.id, one]));
  const rows = new Map<number, CorrectionRow>();
  for (const { userId, inst: of, qty } of held) {
    const contract = contracts.get(of);
    if (!contract || qty === 0) continue;
    const row = rows.get(userId) ?? { userId, change: 0, pnlAfter: totals.get(userId) ?? 0 };
    rows.set(userId, row);
    const worth = worthAt(contract, value);
    row.change += qty * (worth - (contract.settlement ?? 0)) * contract.tick_value;
  }
  for (const { user_id: userId, realized_pnl, unrealized_pnl } of everybody) {
    const row = rows.get(userId ?? -1);
    if (row && !totals.has(row.userId)) row.pnlAfter += realized_pnl + unrealized_pnl;
  }
  return [...rows.values()]
    .map(({ userId, change, pnlAfter }) => ({
      ...{ userId, change: tidy(change), pnlAfter: tidy(pnlAfter + change) },
    }))
    .sort((a, b) => b.pnlAfter - a.pnlAfter);
}
