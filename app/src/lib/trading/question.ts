/** The question that an instrument asks, in words: for the heads of screens, and for people who see it for the first time. */

import type { Instrument } from "#protocol";
import { about, formatStrike } from "./instruments.ts";

type Asked = Pick<Instrument, "symbol" | "description" | "type" | "strike">;

const words = {
  pays: (type: Instrument["type"], symbol: string, strike: string) =>
    `Pays what ${symbol} is ${type === "CALL" ? "above" : "below"} ${strike}, else nothing.`,
};

/** The payoff of an option in words; null for a scalar. */
export function payoffOf(
  { type, strike }: Asked,
  underlying: Pick<Instrument, "symbol"> | undefined,
): string | null {
  if (strike === null || type === "SCALAR") return null;
  return words.pays(type, underlying?.symbol ?? "", formatStrike(strike).replace("-", "\u2212"));
}

/**
 * The host's description. Of an option also what it pays, and the question about its underlying. Null if there is
 * nothing to say.
 */
export function questionOf(instrument: Asked, underlying: Asked | undefined): string | null {
  const pays = payoffOf(instrument, underlying);
  const said = instrument.description?.trim() ?? "";
  // A description that says what the option pays, as a round's does, need not say it twice.
  const isSaid = pays !== null && /^pays /i.test(said);
  const parts = [
    isSaid ? "" : said,
    pays ?? "",
    pays !== null && underlying?.description ? about(underlying) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : parts.join(" ");
}
