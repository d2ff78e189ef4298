/** Measures by which a level is won or lost: figures of the game that was played. */

import { formatMoney, formatQty } from "#lib/format.ts";
import type { OwnTrade, OwnTrades } from "#lib/engine/messages.ts";
import type { Message, Side } from "#protocol";

export type ResultRow = Message<"round_result">["rows"][number];

/** Figures of one player in one game. Money in the room's unit, quantities in contracts. */
export interface Measures {
  readonly pnl: number;
  /** Traded by orders that rested. */
  readonly quoted: number;
  /** Traded by them on the side that has less of it. */
  readonly bothSides: number;
  /** Traded in options. */
  readonly options: number;
  readonly maxPosition: number;
  /** The largest position in one instrument that was left at the end, or is held now. */
  readonly endPosition: number;
  readonly spread: number;
  readonly selection: number;
  readonly drift: number;
  /** Money that came from no trade: a pot, cards that were dealt. 0 while the game goes on. */
  readonly apart: number;
  /** Spread and selection of orders that rested: what quoting earned after it was picked off. */
  readonly kept: number;
  /** Null where nobody can count fair values. */
  readonly edge: number | null;
  readonly information: number | null;
  /** Gained against the value by the own hand at the moment of each trade: edge, and what the hand told beyond it. */
  readonly known: number | null;
  readonly score: number;
}
export type Measure = keyof Measures;

const sum = <T>(list: readonly T[], of: (one: T) => number) =>
  list.reduce((total, one) => total + of(one), 0);

/** @param row of the result; undefined: the game goes on, and what is known so far counts */
export function measure(own: OwnTrades, row: ResultRow | undefined): Measures {
  const { trades, maxPosition, standing } = own;
  const made = trades.filter(({ isMaker }) => isMaker);
  const madeOn = (on: Side) => sum(made, ({ side, qty }) => (side === on ? qty : 0));
  const held = new Map<number, number>();
  for (const { inst, side, qty } of trades)
    held.set(inst, (held.get(inst) ?? 0) + (side === "buy" ? qty : -qty));
  const edge = row === undefined ? (standing?.edge ?? null) : row.edge;
  const byHand = row === undefined ? (standing?.own ?? null) : row.own;
  const part = (name: "spread" | "selection" | "drift", of = trades) =>
    sum(of, (trade: OwnTrade) => trade[name]);
  const traded = { spread: part("spread"), selection: part("selection"), drift: part("drift") };
  const all = traded.spread + traded.selection + traded.drift;
  return {
    pnl: row?.pnl ?? 0,
    quoted: sum(made, ({ qty }) => qty),
    bothSides: Math.min(madeOn("buy"), madeOn("sell")),
    endPosition: Math.max(0, ...[...held.values()].map(Math.abs)),
    options: sum(trades, ({ qty, isOption }) => (isOption ? qty : 0)),
    maxPosition,
    ...traded,
    apart: row === undefined ? 0 : Number((row.pnl - all).toFixed(6)) + 0,
    kept: part("spread", made) + part("selection", made),
    ...{ edge, information: row?.information ?? null },
    known: edge === null || byHand === null ? null : edge + byHand,
    score: row?.score ?? standing?.lockedIn ?? 0,
  };
}

/** A condition to win a level. */
export interface Goal {
  readonly measure: Measure;
  readonly least?: number;
  readonly most?: number;
  readonly text: string;
  /** The text for where there is little room. */
  readonly short: string;
}

const inContracts = new Set<Measure>([
  "quoted",
  "bothSides",
  "options",
  "maxPosition",
  "endPosition",
]);

/** The figure that a goal is about, in words. */
export function figureOf({ measure: name }: Goal, measures: Measures, decimals: number): string {
  const value = measures[name] ?? 0;
  return inContracts.has(name) ? formatQty(value) : formatMoney(value, decimals);
}

export function isReached({ measure: name, least, most }: Goal, measures: Measures): boolean {
  const value = measures[name] ?? 0;
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}
