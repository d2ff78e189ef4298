/** The options chain as data: strikes of an underlying with their calls and puts, and where the money is. */

import { limits, type Instrument, type Level } from "#protocol";

export interface ChainRow {
  readonly key: string;
  readonly strike: number;
  readonly call: Instrument | null;
  readonly put: Instrument | null;
}

export interface Chain {
  readonly underlying: Instrument;
  /** Lowest strike first. */
  readonly rows: readonly ChainRow[];
}

/** One chain for every underlying that has options. Two options of one kind and strike take two rows. */
export function buildChains(instruments: readonly Instrument[]): Chain[] {
  const chains: Chain[] = [];
  for (const underlying of instruments) {
    const options = instruments.filter(
      (i) => i.reference_id === underlying.id && i.strike !== null,
    );
    if (options.length > 0) chains.push({ underlying, rows: rowsOf(options) });
  }
  return chains;
}

function rowsOf(options: readonly Instrument[]): ChainRow[] {
  const strikes = [...new Set(options.map((o) => o.strike ?? 0))].sort((a, b) => a - b);
  return strikes.flatMap((strike) => {
    const at = (type: Instrument["type"]) =>
      options.filter((o) => o.strike === strike && o.type === type);
    const calls = at("CALL");
    const puts = at("PUT");
    return Array.from({ length: Math.max(calls.length, puts.length) }, (_, i) => ({
      key: `${strike}/${i}`,
      strike,
      call: calls[i] ?? null,
      put: puts[i] ?? null,
    }));
  });
}

interface Quoted {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly last: number | null;
}

/** What an underlying is worth now: the settlement, else the mid, else the last trade, else the one side there is. */
export function referencePrice(market: Quoted, settlement: number | null): number | null {
  if (settlement !== null) return settlement;
  const bid = market.bids[0]?.[0] ?? null;
  const ask = market.asks[0]?.[0] ?? null;
  if (bid !== null && ask !== null) return (bid + ask) / 2;
  return market.last ?? bid ?? ask;
}

/** Index of the row that the at-the-money line stands above (the row count: below the last). */
export function moneyLine(rows: readonly ChainRow[], reference: number | null): number | null {
  if (reference === null) return null;
  const above = rows.findIndex((row) => row.strike > reference);
  return above === -1 ? rows.length : above;
}

export function inTheMoney(
  type: "CALL" | "PUT",
  strike: number,
  reference: number | null,
): boolean {
  if (reference === null) return false;
  return type === "CALL" ? reference > strike : reference < strike;
}

interface Market {
  instrument(inst: number): Instrument | undefined;
  readonly instruments: readonly Instrument[];
  market(inst: number): Quoted;
}

/**
 * Where a ladder without any market begins: an option at its value if it ended now, a scalar at its middle strike,
 * else in the middle of bounds that somebody chose, else at zero.
 */
export function startPrice(room: Market, inst: number): number {
  const instrument = room.instrument(inst);
  if (instrument === undefined) return 0;
  if (instrument.settlement !== null) return instrument.settlement;
  const { strike, reference_id, min_price, max_price, tick_size } = instrument;
  if (strike !== null && reference_id !== null) {
    const underlying = room.instrument(reference_id);
    const spot = referencePrice(room.market(reference_id), underlying?.settlement ?? null);
    return spot === null
      ? 0
      : Math.max(0, instrument.type === "CALL" ? spot - strike : strike - spot);
  }
  const strikes = room.instruments.filter((i) => i.reference_id === inst).map((i) => i.strike ?? 0);
  strikes.sort((a, b) => a - b);
  const middle = strikes[Math.floor(strikes.length / 2)];
  if (middle !== undefined) return middle;
  const bounded = max_price - min_price < limits.priceTicks * tick_size;
  return bounded ? (min_price + max_price) / 2 : 0;
}
