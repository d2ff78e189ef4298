/** The game of the journey: its instruments and their values, and the P&L of its trades by an independent calculation. */

/** Instruments in the order in which the grid helper adds them to an empty room with one scalar. */
export const inst = { X: 1, C90: 2, P90: 3, C100: 4, P100: 5, C110: 6, P110: 7 } as const;
export type Symbol = keyof typeof inst;

export interface Trade {
  symbol: Symbol;
  price: number;
  qty: number;
  buyer: string;
  seller: string;
}

export const settlement = 104;
export const payoff: Record<Symbol, number> = {
  X: settlement,
  C90: settlement - 90,
  P90: 0,
  C100: settlement - 100,
  P100: 0,
  C110: 0,
  P110: 110 - settlement,
};

/** Marks before settlement: the mid where there are both sides (98 bid, 100 asked in X), else the last trade. */
export const mark: Partial<Record<Symbol, number>> = { X: 99, C100: 6, P110: 11.5, P90: 2.5 };

/** Cash of a trader's trades plus positions at a value each. */
export function pnlOf(
  trades: readonly Trade[],
  name: string,
  value: (symbol: Symbol) => number,
): number {
  let pnl = 0;
  for (const { symbol, price, qty, buyer, seller } of trades) {
    if (buyer === name) pnl += qty * (value(symbol) - price);
    if (seller === name) pnl -= qty * (value(symbol) - price);
  }
  return pnl;
}
