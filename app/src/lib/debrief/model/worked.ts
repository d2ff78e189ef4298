/** Formulas worked with one trade. Knows no words. */

import type { Debrief, NotedTrade } from "#protocol";

/** Parts of a formula `s (to - from) q v` with a trade's figures. */
export interface Worked {
  readonly trade: NotedTrade;
  readonly side: "buy" | "sell";
  readonly from: number;
  readonly to: number;
  readonly tickValue: number;
  readonly result: number;
}

/**
 * @param userId whose own trade it shall be
 * @returns null: the formula is none of a fill, or there is no trade with all its figures
 */
export function workedWith(debrief: Debrief, figure: string, userId: number): Worked | null {
  const trader = debrief.traders.find((one) => one.user_id === userId);
  const ids = figure === "best" ? [trader?.best] : [trader?.worst, trader?.best];
  for (const id of ids) {
    const trade = debrief.noted_trades.find(({ trade_id }) => trade_id === id);
    const instrument = debrief.instruments.find(({ inst }) => inst === trade?.inst);
    if (trade === undefined || instrument?.counts !== true) continue;
    const span = ends(figure, trade, fairAt(debrief, trade), instrument.settlement);
    if (span === null) continue;
    const [from, to] = span;
    const side = trade.buyer_id === userId ? "buy" : "sell";
    const sign = side === "buy" ? 1 : -1;
    const tickValue = instrument.tick_value;
    const result = Number((sign * (to - from) * trade.qty * tickValue).toFixed(6)) + 0;
    return { trade, side, from, to, tickValue, result };
  }
  return null;
}

type Fair = { table: number; all: number | null } | null;

function ends(
  figure: string,
  { price, m0, m5 }: NotedTrade,
  fair: Fair,
  settlement: number | null,
): [from: number, to: number] | null {
  const spans: Record<string, [number | null | undefined, number | null | undefined]> = {
    spread: [price, m0 ?? price],
    selection: [m0 ?? price, m5],
    drift: [m5, settlement],
    best: [price, settlement],
    worst: [price, settlement],
    edge: [price, fair?.table],
    information: [fair?.table, fair?.all],
  };
  const [from, to] = spans[figure] ?? [];
  return from == null || to == null ? null : [from, to];
}

/** The fair values at a trade, by the table's cards at that moment. */
function fairAt({ instruments, rounds }: Debrief, { inst, ts }: NotedTrade): Fair {
  const instrument = instruments.find((one) => one.inst === inst);
  const shown = (instrument?.fair_path ?? []).filter(([ms]) => ms <= (ts ?? 0));
  const table = shown.at(-1)?.[1];
  if (table === undefined) return null;
  const result = rounds.find(({ round }) => round === instrument?.round)?.result;
  const told = (result?.["fair"] ?? []) as { all: { inst: number; mean: number }[] }[];
  const all = told[shown.length - 1]?.all.find((value) => value.inst === inst)?.mean ?? null;
  return { table, all };
}
