/**
 * Finds what is unusual about an order before it is sent: its size, and its distance from the market. Knows neither
 * presses nor words.
 */

import type { Instrument, Level, Side } from "#protocol";
import { best, take } from "#lib/trading/book.ts";
import { gridOf } from "#lib/trading/grid.ts";
import { toLot } from "#lib/trading/lots.ts";

/** The trader's choices. */
export interface GuardSettings {
  /** Whether an unusual order is asked again. */
  readonly guard: boolean;
  /** The largest quantity that is not asked; null: see `usualMost`. */
  readonly guardQty: number | null;
  /** Distance from the market up to which nothing is asked: the larger of the two. */
  readonly guardTicks: number;
  readonly guardPercent: number;
  /** The sizes on the buttons. */
  readonly presets: readonly number[];
}

/** An order, or a change of one, that a press would send. */
export interface GuardedOrder {
  readonly inst: number;
  readonly side: Side;
  readonly qty: number;
  /** null: at the market. */
  readonly price: number | null;
  /** Whether its size is no choice of the user's: it only closes a position, or the order had it before. */
  readonly isSizeGiven?: boolean;
}

export interface GuardedMarket {
  readonly instrument: Instrument;
  /** The others' book, best prices first, and the number of levels a side that the page is shown at most. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly depth: number;
  /** The price that counts where the order would not trade at once: the mid, else the last trade. */
  readonly mark: number | null;
}

export type Concern =
  | { readonly kind: "size"; readonly qty: number; readonly most: number }
  /** A limit beyond the best price of the other side; or beyond the mark, if it would rest. */
  | {
      readonly kind: "far";
      readonly price: number;
      readonly ticks: number;
      readonly from: "best" | "mark";
      readonly reference: number;
    }
  /** An order at the market that goes through the book. `unseen`: the part below the shown levels. */
  | {
      readonly kind: "deep";
      readonly average: number;
      readonly worst: number;
      readonly ticks: number;
      readonly unseen: number;
    };

/** Lots that are always usual: ten times the size with which a page begins. */
const USUAL_LOTS = 100;

/** The largest quantity that is usual while the trader has set none: the largest preset, or a hundred lots. */
export function usualMost(presets: readonly number[], lot: number): number {
  return Math.max(USUAL_LOTS * lot, toLot(Math.max(...presets), lot));
}

export function concernsOf(
  order: GuardedOrder,
  market: GuardedMarket,
  settings: GuardSettings,
): Concern[] {
  if (!settings.guard) return [];
  const size = sizeConcern(order, market.instrument, settings);
  const distance =
    order.price === null
      ? depthConcern(order, market, settings, size !== null)
      : farConcern(order, order.price, market, settings);
  return [size, distance].filter((concern) => concern !== null);
}

function sizeConcern(
  { qty, isSizeGiven = false }: GuardedOrder,
  { lot_size: lot }: Instrument,
  { guardQty, presets }: GuardSettings,
): Concern | null {
  const most = guardQty ?? usualMost(presets, lot);
  return isSizeGiven || qty <= most ? null : { kind: "size", qty, most };
}

function farConcern(
  { side }: GuardedOrder,
  price: number,
  { instrument, bids, asks, mark }: GuardedMarket,
  settings: GuardSettings,
): Concern | null {
  const first = best(side === "buy" ? asks : bids);
  const trades = first !== null && (side === "buy" ? price >= first : price <= first);
  const reference = trades ? first : mark;
  if (reference === null) return null;
  const ticks = ticksThrough(side, reference, price, instrument);
  return ticks <= allowedTicks(reference, instrument, settings)
    ? null
    : { kind: "far", price, ticks, from: trades ? "best" : "mark", reference };
}

/** @param isAsked the order is asked again anyway: then its prices are told as well */
function depthConcern(
  { side, qty }: GuardedOrder,
  { instrument, bids, asks, depth }: GuardedMarket,
  settings: GuardSettings,
  isAsked: boolean,
): Concern | null {
  const levels = side === "buy" ? asks : bids;
  const first = best(levels);
  const { qty: taken, average, worst } = take(levels, side, null, qty);
  if (first === null || average === null || worst === null) return null;
  const ticks = ticksThrough(side, first, worst, instrument);
  const unseen = levels.length >= depth ? qty - taken : 0;
  const isUsual = unseen === 0 && ticks <= allowedTicks(first, instrument, settings);
  return isUsual && !isAsked ? null : { kind: "deep", average, worst, ticks, unseen };
}

/** Ticks by which a price is worse than the reference for who trades there; negative: better. */
function ticksThrough(side: Side, from: number, price: number, { tick_size }: Instrument): number {
  const grid = gridOf(tick_size);
  const higher = grid.ticks(price) - grid.ticks(from);
  return side === "buy" ? higher : -higher;
}

function allowedTicks(
  reference: number,
  { tick_size }: Instrument,
  { guardTicks, guardPercent }: GuardSettings,
): number {
  return Math.max(guardTicks, Math.floor((Math.abs(reference) * guardPercent) / 100 / tick_size));
}
