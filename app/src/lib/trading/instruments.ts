/** The short signs of an instrument: what kind it is. */

import type { Instrument } from "#protocol";
import { decimalsOf } from "#lib/format.ts";

/** A strike needs no more decimals than it has. */
export function formatStrike(strike: number): string {
  return strike.toLocaleString("en-US", {
    minimumFractionDigits: decimalsOf(Math.abs(strike % 1) || 1),
    maximumFractionDigits: 6,
  });
}

/** The symbol, and what is traded in the host's words. */
export function about({ symbol, description }: Pick<Instrument, "symbol" | "description">): string {
  return description === null || description === "" ? symbol : `${symbol}: ${description}`;
}

/** An option's symbol in two, its underlying and its strike with the space before it; else all of it and nothing. */
export function symbolParts(symbol: string): readonly [string, string] {
  const parts = /^(.+)(\s\S*\d\S*)$/.exec(symbol);
  return parts === null ? [symbol, ""] : [parts[1] ?? "", parts[2] ?? ""];
}

/** "C 100" for a call struck at 100; nothing for a scalar. */
export function typeMark({ type, strike }: Pick<Instrument, "type" | "strike">): string {
  if (type === "SCALAR" || strike === null) return "";
  return `${type === "CALL" ? "C" : "P"} ${formatStrike(strike).replace("-", "\u2212")}`;
}
