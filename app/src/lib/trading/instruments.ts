/** Labels of instruments, and the options on an underlying as rows by strike. */

import type { Instrument } from "#protocol";
import { MAX_DECIMALS, decimalsOf, tidy } from "./grid.ts";

/** A strike with the decimals that it has. */
export function formatStrike(strike: number): string {
  return strike.toLocaleString("en-US", {
    minimumFractionDigits: decimalsOf(Math.abs(strike % 1) || 1),
    maximumFractionDigits: 6,
  });
}

const LEAST_MONEY_DECIMALS = 2;

/**
 * Number of decimals of all money in a room: two, and more where a tick or a settlement of an instrument is worth so
 * little.
 */
export function moneyDecimals(
  instruments: readonly Pick<Instrument, "tick_size" | "tick_value" | "settlement">[],
): number {
  return instruments.reduce((most, { tick_size, tick_value, settlement }) => {
    const prices = [tick_size, ...(settlement === null ? [] : [Math.abs(settlement)])];
    const worth = prices.map((price) => decimalsOf(tidy(price * tick_value) || tick_value));
    return Math.min(MAX_DECIMALS, Math.max(most, ...worth));
  }, LEAST_MONEY_DECIMALS);
}

/** The symbol, and the host's description of the instrument. */
export function about({ symbol, description }: Pick<Instrument, "symbol" | "description">): string {
  return description === null || description === "" ? symbol : `${symbol}: ${description}`;
}

/**
 * The parts of a symbol: before its strike, and its strike with the space before it; an empty second part without a
 * strike.
 */
export function symbolParts(symbol: string): readonly [string, string] {
  const parts = /^(.+)(\s\S*\d\S*)$/.exec(symbol);
  return parts === null ? [symbol, ""] : [parts[1] ?? "", parts[2] ?? ""];
}

/** The type and strike of an option, such as "C 100" for a call; empty for a scalar. */
export function typeLabel({ type, strike }: Pick<Instrument, "type" | "strike">): string {
  if (type === "SCALAR" || strike === null) return "";
  return `${type === "CALL" ? "C" : "P"} ${formatStrike(strike).replace("-", "\u2212")}`;
}

export interface ChainRow {
  readonly key: string;
  readonly strike: number;
  readonly call: Instrument | null;
  readonly put: Instrument | null;
}

export interface Chain {
  readonly underlying: Instrument;
  /** Rows, the lowest strike first. */
  readonly rows: readonly ChainRow[];
}

/** A chain for each underlying with options. Options of the same type and strike take a row each. */
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

/** The instruments in order: each scalar, then its options by strike, calls before puts. */
export function inStrikeOrder(instruments: readonly Instrument[]): Instrument[] {
  const scalars = instruments.filter((instrument) => instrument.type === "SCALAR");
  return scalars.flatMap((scalar) => [
    scalar,
    ...instruments
      .filter((instrument) => instrument.reference_id === scalar.id)
      .sort((a, b) => (a.strike ?? 0) - (b.strike ?? 0) || a.type.localeCompare(b.type)),
  ]);
}
