/**
 * Puts the tape into sentences, one for all trades of an incoming order. Public trades carry no names: the host's console
 * may give them.
 */

import type { Instrument, Message, Side } from "#protocol";
import { formatPrice, formatQty } from "#lib/format.ts";
import { unnamed } from "#lib/words.ts";
import { words } from "./words.ts";

type Trade = Message<"trade">;

export interface Sentence {
  /** Trade id of its first trade. */
  id: number;
  inst: number;
  /** Side of the aggressor. */
  side: Side;
  text: string;
}

/** The trades of one incoming order in one instrument. */
interface Sweep {
  readonly newest: Trade;
  /** All its trades. */
  ids: number[];
  id: number;
  qty: number;
  low: number;
  high: number;
}

const isPartOf = (sweep: Sweep, trade: Trade) =>
  sweep.newest.seq === trade.seq &&
  sweep.newest.inst === trade.inst &&
  sweep.newest.side === trade.side;

/** The newest sweeps, at most `most`, from a tape that has the newest trade first. */
function sweepsOf(tape: readonly Trade[], most: number): Sweep[] {
  const sweeps: Sweep[] = [];
  for (const trade of tape) {
    const { trade_id: id, qty, price } = trade;
    const last = sweeps.at(-1);
    if (last !== undefined && isPartOf(last, trade)) {
      last.id = id;
      last.ids.push(id);
      last.qty += qty;
      last.low = Math.min(last.low, price);
      last.high = Math.max(last.high, price);
      continue;
    }
    if (sweeps.length === most) break;
    sweeps.push({ newest: trade, id, ids: [id], qty, low: price, high: price });
  }
  return sweeps;
}

/**
 * The sentences of the last trades, newest first.
 * @param instrument gives an instrument by its id; a room with a single one need not name it
 */
export function sentencesOf(
  tape: readonly Trade[],
  instrument: (inst: number) => Pick<Instrument, "symbol" | "tick_size"> | undefined,
  isOnlyOne: boolean,
  most: number,
  names: TradeNames = new Map(),
): Sentence[] {
  return sweepsOf(tape, most).map(({ newest, id, ids, qty, low, high }) => {
    const { inst, side } = newest;
    const one = instrument(inst);
    const price = (value: number) => formatPrice(value, one?.tick_size ?? 1);
    const [from, to] = side === "buy" ? [low, high] : [high, low];
    const prices = low === high ? price(low) : words.trades.range(price(from), price(to));
    const symbol = isOnlyOne ? null : (one?.symbol ?? unnamed(inst));
    const said = [side, formatQty(qty), symbol, prices] as const;
    const who = peopleOf(ids, side, names);
    const text = who === null ? words.trades.sentence(...said) : words.trades.named(who, ...said);
    return { id, inst, side, text };
  });
}

/** Names of buyer and seller, by trade. */
export type TradeNames = ReadonlyMap<number, { readonly buyer: string; readonly seller: string }>;

/** The aggressor and those whose orders rested, each once; null while a name is not known. */
function peopleOf(
  ids: readonly number[],
  side: Side,
  names: TradeNames,
): { aggressor: string; others: string } | null {
  const known = ids.flatMap((id) => names.get(id) ?? []);
  const [first] = known;
  if (first === undefined || known.length < ids.length) return null;
  const buys = side === "buy";
  const others = new Set(known.map(({ buyer, seller }) => (buys ? seller : buyer)));
  return { aggressor: buys ? first.buyer : first.seller, others: [...others].join(", ") };
}
