/** Results of a settlement: the P&L of everybody who has traded in what it settled, since the first trade, and in all. */

import { limits, type SettlementResult } from "#protocol";
import type { Context } from "../context.ts";
import type { Units } from "../engine-port.ts";
import { doubleMark } from "../units/money.ts";
import type { RoomInstrument } from "../state.ts";
import { holdingOf, holdingsOf, isHeld, pnlIn, pnlOf } from "../views/holdings.ts";

/**
 * @param insts instruments that the engine has just settled; the entry need not be journalled yet
 * @returns the best P&L in them first
 */
export function resultsOf(
  ctx: Context,
  insts: { has(inst: number): boolean },
): (SettlementResult & { user_id: number })[] {
  const { engine, state } = ctx;
  const marks = new Map<number, Units | null>(
    state.instruments
      .filter(({ retired }) => !retired)
      .map((one) => [one.inst, doubleMark(engine, one, state.markLots)]),
  );
  const results = [];
  for (const { userId } of state.users.values()) {
    const isIn = (one: RoomInstrument) => insts.has(one.inst) && isHeld(ctx, userId, one);
    if (!state.instruments.some(isIn)) continue;
    const held = holdingsOf(ctx, userId, "all", (one) =>
      holdingOf(ctx, userId, one, marks.get(one.inst) ?? null),
    );
    const inThem = held.filter(({ instrument }) => insts.has(instrument.inst));
    const total = pnlOf(ctx, userId, "all", held).pnl;
    results.push({ user_id: userId, pnl: pnlIn(ctx, inThem).pnl, total });
  }
  return results.sort((a, b) => b.pnl - a.pnl);
}

/** Those who gained most and lost most, in the order of the results, for screens that everybody sees. */
export function foremost<R extends SettlementResult>(results: readonly R[]): R[] {
  const most = limits.settlementNamed;
  const gained = results.filter(({ pnl }) => pnl > 0).slice(0, most);
  return [...gained, ...results.filter(({ pnl }) => pnl < 0).slice(-most)];
}
