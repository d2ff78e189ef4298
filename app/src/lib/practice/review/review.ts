/** Finds what decided a game: the part of its P&L, and the trades that made or lost most. */

import type { OwnTrade } from "#lib/engine/messages.ts";

export type Part = "spread" | "selection" | "drift";
export const parts: readonly Part[] = ["spread", "selection", "drift"];

/** Time within which trades of one instrument and direction count as one decision. */
const togetherMs = 60_000;

/** Trades of one instrument and direction within a minute. Prices are means by quantity, money is the room's. */
export interface Deciding {
  readonly trades: readonly OwnTrade[];
  /** The first of them. */
  readonly trade: OwnTrade;
  readonly qty: number;
  readonly price: number;
  readonly before: number;
  readonly later: number;
  readonly total: number;
  /** Its part of all gains and losses, from 0 to 1. */
  readonly share: number;
  /** The part that weighs most. */
  readonly part: Part;
  readonly isGain: boolean;
}

export const totalOf = ({ spread, selection, drift }: OwnTrade) => spread + selection + drift;

const sumOf = <T>(list: readonly T[], of: (one: T) => number) =>
  list.reduce((sum, one) => sum + of(one), 0);

/** The trades that decided, the largest gains and losses first. */
export function deciding(trades: readonly OwnTrade[], most = 3): Deciding[] {
  const groups = grouped(trades).map(summed);
  const all = sumOf(groups, ({ total }) => Math.abs(total));
  return groups
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || a.trade.tradeId - b.trade.tradeId)
    .slice(0, most)
    .map((one) => ({ ...one, share: all === 0 ? 0 : Math.abs(one.total) / all }));
}

function grouped(trades: readonly OwnTrade[]): OwnTrade[][] {
  const groups: OwnTrade[][] = [];
  const open = new Map<string, OwnTrade[]>();
  for (const trade of trades) {
    const key = `${trade.inst} ${trade.side}`;
    const group = open.get(key);
    if (group?.[0] !== undefined && trade.ts - group[0].ts <= togetherMs) group.push(trade);
    else {
      const begun = [trade];
      open.set(key, begun);
      groups.push(begun);
    }
  }
  return groups;
}

function summed(trades: readonly OwnTrade[]): Omit<Deciding, "share"> {
  const trade = trades[0] as OwnTrade;
  const qty = sumOf(trades, (one) => one.qty);
  const mean = (of: "price" | "before" | "later") =>
    sumOf(trades, (one) => one[of] * one.qty) / qty;
  const money = (part: Part) => sumOf(trades, (one) => one[part]);
  const total = sumOf(trades, totalOf);
  const byPart = { spread: money("spread"), selection: money("selection"), drift: money("drift") };
  const part = decidingPart(byPart, total);
  return {
    ...{ trades, trade, qty, price: mean("price"), before: mean("before"), later: mean("later") },
    ...{ total, part, isGain: byPart[part] >= 0 },
  };
}

/** The part that went furthest in the direction of the total. */
export function decidingPart(money: Readonly<Record<Part, number>>, total: number): Part {
  const sign = total < 0 ? -1 : 1;
  return parts.reduce((best, part) => (sign * money[part] > sign * money[best] ? part : best));
}
