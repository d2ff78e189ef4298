/** The positions of a trader that mattered most, and what each one teaches. Knows no words. */

import type { Debrief, DebriefInstrument } from "#protocol";
import { valueAt } from "./path.ts";
import { priceOf, qtyOf, storiesOf, type Story, type StoryTrade } from "./stories.ts";

/** Lesson of a position: the source of most of its gain or loss. */
export type Lesson =
  | "pickedOff"
  | "chased"
  | "paidSpread"
  | "crossedTwice"
  | "cutLoss"
  | "closedTooSoon"
  | "heldLoss"
  | "inventoryLoss"
  | "earnedSpread"
  | "ahead"
  | "tookGain"
  | "heldGain"
  | "flat";

/** Sources of a position's gain, in money; they add up to it. */
export interface Sources {
  /** Better prices than the middle of the market, going in and coming out. */
  readonly entry: number;
  readonly exit: number;
  /** The market in the five seconds after the opening. */
  readonly selection: number;
  /** The market from there to the closing, of what was closed. */
  readonly move: number;
  /** The market from there to the end, of what was kept. */
  readonly held: number;
}

export interface KeyTrade {
  readonly tradeId: number;
  readonly ts: number;
  readonly instrument: DebriefInstrument;
  readonly side: "buy" | "sell";
  readonly isMaker: boolean;
  readonly price: number;
  readonly qty: number;
  /** Everybody on the other side. */
  readonly otherIds: readonly number[];
  readonly m0: number | null;
  readonly m5: number | null;
  /** The contracts that closed a part of it, or all; null: none did. */
  readonly closed: {
    readonly qty: number;
    readonly price: number;
    /** Time to the last closing, ms. */
    readonly afterMs: number;
    readonly isAtOnce: boolean;
  } | null;
  readonly kept: number;
  /** Final value. */
  readonly settlement: number;
  readonly gain: number;
  readonly sources: Sources;
  readonly lesson: Lesson;
}

/** Positions that a page tells of. */
const told = 3;
const laterMs = 5_000;

/**
 * @param trades of the session, in their order
 * @returns the positions that made or lost the most, the largest first
 */
export function keyTrades(
  debrief: Debrief,
  userId: number,
  trades: readonly StoryTrade[],
): KeyTrade[] {
  return storiesOf(trades, userId)
    .flatMap((story) => keyTrade(debrief, story, trades) ?? [])
    .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain))
    .slice(0, told);
}

function keyTrade(
  { instruments, noted_trades: noted }: Debrief,
  story: Story,
  trades: readonly StoryTrade[],
): KeyTrade | null {
  const { inst, side, opened, closed, kept } = story;
  const instrument = instruments.find((one) => one.inst === inst);
  if (instrument?.counts !== true) return null;
  const settlement =
    instrument.settlement ?? trades.findLast((trade) => trade.inst === inst)?.price ?? 0;
  const sign = side === "buy" ? 1 : -1;
  const money = (change: number) => Number((sign * change * instrument.tick_value).toFixed(6)) + 0;
  const first = opened[0] as Story["opened"][number];
  const known = noted.find(({ trade_id }) => trade_id === first.tradeId);
  const price = priceOf(opened);
  const qty = qtyOf(opened);
  const m0 = known?.m0 ?? valueAt(instrument.path, first.ts - 1);
  const m5 = known?.m5 ?? valueAt(instrument.path, first.ts + laterMs);
  const before = m0 ?? price;
  const after = m5 ?? before;
  const sums = { exit: 0, selection: kept * (after - before), move: 0 };
  for (const lot of closed) {
    const out = valueAt(instrument.path, lot.ts - 1) ?? lot.price;
    const isLater = lot.ts - first.ts >= laterMs;
    sums.exit += lot.qty * (lot.price - out);
    sums.selection += isLater ? lot.qty * (after - before) : 0;
    sums.move += lot.qty * (out - (isLater ? after : before));
  }
  const sources: Sources = {
    entry: money(qty * (before - price)),
    exit: money(sums.exit),
    selection: money(sums.selection),
    move: money(sums.move),
    held: money(kept * (settlement - after)),
  };
  const closedQty = qtyOf(closed);
  const out = closedQty === 0 ? 0 : priceOf(closed);
  const lastTs = closed.at(-1)?.ts ?? 0;
  const gain = money(closedQty * out + kept * settlement - qty * price);
  const isMaker = 2 * qtyOf(opened.filter((lot) => lot.isMaker)) > qty;
  return {
    ...{ tradeId: first.tradeId, ts: first.ts, instrument, side, isMaker, price, qty, m0, m5 },
    otherIds: [...new Set(opened.map(({ otherId }) => otherId))].filter((id) => id !== 0),
    closed:
      closedQty === 0
        ? null
        : {
            ...{ qty: closedQty, price: out, afterMs: lastTs - first.ts },
            isAtOnce: closed.every(({ ts }) => ts === lastTs),
          },
    ...{ kept, settlement, gain, sources },
    lesson: lessonOf(gain, sources, { isMaker, later: money(closedQty * (settlement - out)) }),
  };
}

/**
 * Finds the source of most of a gain, or of a loss.
 *
 * @param later what the closed part would have made if it had been kept as well
 */
export function lessonOf(
  gain: number,
  { entry, exit, selection, move, held }: Sources,
  { isMaker, later }: { isMaker: boolean; later: number },
): Lesson {
  if (gain === 0) return "flat";
  const sign = Math.sign(gain);
  const parts = { spread: entry + exit, selection, move, held };
  const [[largest]] = Object.entries(parts).sort(([, a], [, b]) => sign * (b - a)) as [
    [keyof typeof parts, number],
  ];
  if (gain > 0)
    return (
      { spread: "earnedSpread", selection: "ahead", move: "tookGain", held: "heldGain" } as const
    )[largest];
  if (largest === "spread") return entry < 0 && exit < 0 ? "crossedTwice" : "paidSpread";
  if (largest === "selection") return isMaker ? "pickedOff" : "chased";
  if (largest === "move") return later > 0 ? "closedTooSoon" : "cutLoss";
  return isMaker ? "inventoryLoss" : "heldLoss";
}
