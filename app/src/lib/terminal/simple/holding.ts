/** Puts the position in one instrument into words: what was done, and which settlement would gain. */

import type { Instrument, Position } from "#protocol";
import { formatAverage, formatPrice, formatQty } from "#lib/format.ts";
import { pnlWords } from "#lib/words.ts";
import { words } from "./words.ts";

type Terms = Pick<Instrument, "symbol" | "type" | "strike" | "tick_size" | "settlement">;
type Held = Pick<Position, "qty" | "vwap" | "realized_pnl" | "unrealized_pnl">;

export interface Holding {
  readonly text: string;
  /** P&L in the instrument since it was first traded, money; null if it never was. */
  readonly pnl: number | null;
}

/**
 * @param underlying of an option
 * @param dealt contracts of it that were dealt, and not traded; null: none are dealt in it
 */
export function holdingOf(
  held: Held | undefined,
  instrument: Terms,
  underlying: Pick<Instrument, "symbol" | "tick_size"> | undefined,
  dealt: number | null = null,
): Holding {
  const { symbol, settlement, tick_size: tick } = instrument;
  const text = words.mine;
  const pnl = held === undefined ? null : held.realized_pnl + held.unrealized_pnl;
  if (settlement !== null)
    return { text: pnlWords.settled(symbol, formatPrice(settlement, tick), false), pnl };
  if (dealt !== null) return { text: text.dealt(symbol.toLowerCase(), dealt, held?.qty ?? 0), pnl };
  if (held === undefined) return { text: text.none(symbol), pnl };
  if (held.qty === 0) return { text: text.flat(symbol), pnl };
  const isLong = held.qty > 0;
  return {
    text: (held.realized_pnl === 0 ? text.held : text.holds)(
      isLong,
      formatQty(Math.abs(held.qty)),
      formatAverage(held.vwap, tick),
      whereItGains(isLong, held.vwap, instrument, underlying),
    ),
    pnl,
  };
}

/** The settlements at which the open position gains: on one side of its break-even. */
function whereItGains(
  isLong: boolean,
  vwap: number,
  { type, strike, tick_size }: Terms,
  underlying: Pick<Instrument, "symbol" | "tick_size"> | undefined,
): string {
  if (strike === null || type === "SCALAR" || underlying === undefined)
    return words.mine.where(isLong, formatAverage(vwap, tick_size), null);
  const even = type === "CALL" ? strike + vwap : strike - vwap;
  const price = formatAverage(even, Math.min(tick_size, underlying.tick_size));
  return words.mine.where(isLong === (type === "CALL"), price, underlying.symbol);
}
