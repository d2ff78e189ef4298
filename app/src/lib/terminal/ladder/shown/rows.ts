/**
 * Computes the content of each row of a ladder from maps that are made once an update. A row whose content is unchanged
 * stays the same object, so that it is not rendered again.
 */

import type { Side, Level } from "#protocol";
import { formatTicks } from "#lib/format.ts";
import type { TickGrid } from "#lib/trading/grid.ts";

/** The fields of a resting own order that a row needs. */
export interface RestingOrder {
  readonly order_id: number;
  readonly side: Side;
  readonly price: number | null;
  readonly leaves: number;
}

/** Own quantities at a price: working, sent and unanswered, and being moved there. */
export interface OwnQuantities {
  readonly bid: number;
  readonly ask: number;
  readonly bidSent: number;
  readonly askSent: number;
  readonly bidGhost: number;
  readonly askGhost: number;
  /** The part of the working quantity for which a cancel or replace is under way. */
  readonly bidLeaving: number;
  readonly askLeaving: number;
  /** Quantity that has just been cancelled. */
  readonly bidGone: number;
  readonly askGone: number;
  /** Estimated quantity ahead of the first own order; null if unknown. */
  readonly bidAhead: number | null;
  readonly askAhead: number | null;
}

export interface LadderSource {
  readonly grid: TickGrid;
  readonly min: number;
  readonly max: number;
  readonly bids: ReadonlyMap<number, number>;
  readonly asks: ReadonlyMap<number, number>;
  /** Quantity of a full depth bar. */
  readonly deepest: number;
  readonly bestBid: number | null;
  readonly bestAsk: number | null;
  readonly own: ReadonlyMap<number, OwnQuantities>;
  readonly volume: ReadonlyMap<number, number>;
  /** Number of prices that share a volume, which stands at the lowest of them. */
  readonly volumeTicks: number;
  readonly busiest: number;
  readonly last: number | null;
  readonly lastQty: number | null;
  readonly lastMove: -1 | 0 | 1;
  /** Average entry price of the open position, and its sign. */
  readonly average: number | null;
  readonly held: -1 | 0 | 1;
  /** Highest and lowest trade. */
  readonly high: number | null;
  readonly low: number | null;
  /** Recent changes of sizes; empty if they are not shown. */
  readonly bidChanges: ReadonlyMap<number, number>;
  readonly askChanges: ReadonlyMap<number, number>;
  /** Reasons of refusals by price, in words. */
  readonly refusals: ReadonlyMap<number, string>;
}

export interface LadderRow extends OwnQuantities {
  readonly ticks: number;
  readonly price: string;
  readonly inBounds: boolean;
  readonly bidQty: number;
  readonly askQty: number;
  /** Lengths of bars, whole percents. */
  readonly bidDepth: number;
  readonly askDepth: number;
  readonly volume: number;
  /** The highest of several prices that share the volume; null: it was traded at this price. */
  readonly volumeTo: string | null;
  readonly volumeBar: number;
  readonly isBestBid: boolean;
  readonly isBestAsk: boolean;
  readonly lastQty: number | null;
  readonly lastMove: -1 | 0 | 1;
  readonly average: -1 | 0 | 1;
  readonly isHigh: boolean;
  readonly isLow: boolean;
  /** Recent changes of the sizes; 0: none, or not shown. */
  readonly bidChange: number;
  readonly askChange: number;
  readonly refusal: string | null;
  /** Whether the refusal is shown above the row, and not below. */
  readonly isToldAbove: boolean;
}

const nothing: OwnQuantities = {
  bid: 0,
  ask: 0,
  bidSent: 0,
  askSent: 0,
  bidGhost: 0,
  askGhost: 0,
  bidLeaving: 0,
  askLeaving: 0,
  bidGone: 0,
  askGone: 0,
  bidAhead: null,
  askAhead: null,
};

export function buildRow(source: LadderSource, ticks: number): LadderRow {
  const bidQty = source.bids.get(ticks) ?? 0;
  const askQty = source.asks.get(ticks) ?? 0;
  const volume = source.volume.get(ticks) ?? 0;
  return {
    ticks,
    price: formatTicks(ticks, source.grid),
    inBounds: ticks >= source.min && ticks <= source.max,
    bidQty,
    askQty,
    bidDepth: percent(bidQty, source.deepest),
    askDepth: percent(askQty, source.deepest),
    volume,
    volumeTo:
      volume > 0 && source.volumeTicks > 1
        ? formatTicks(ticks + source.volumeTicks - 1, source.grid)
        : null,
    volumeBar: percent(volume, source.busiest),
    isBestBid: ticks === source.bestBid,
    isBestAsk: ticks === source.bestAsk,
    lastQty: ticks === source.last ? source.lastQty : null,
    lastMove: ticks === source.last ? source.lastMove : 0,
    average: ticks === source.average ? source.held : 0,
    isHigh: ticks === source.high,
    isLow: ticks === source.low,
    bidChange: source.bidChanges.get(ticks) ?? 0,
    askChange: source.askChanges.get(ticks) ?? 0,
    refusal: source.refusals.get(ticks) ?? null,
    isToldAbove: false,
    ...(source.own.get(ticks) ?? nothing),
  };
}

/** The rows of a window; rows with unchanged content are the same objects as before. */
export function buildRows(
  source: LadderSource,
  ticks: readonly number[],
  before: readonly LadderRow[],
): LadderRow[] {
  const former = new Map(before.map((row) => [row.ticks, row]));
  return ticks.map((t, index) => {
    const built = buildRow(source, t);
    const row =
      built.refusal !== null && isToldAbove(source, t, index, ticks.length)
        ? { ...built, isToldAbove: true }
        : built;
    const old = former.get(t);
    return old !== undefined && sameRow(old, row) ? old : row;
  });
}

/** Most rows that a refusal covers. */
const TOLD_ROWS = 3;

/**
 * Whether a refusal is shown above its row: on the side away from the inside market, which must stay readable, and
 * between bid and ask towards the farther one. At the edges of the window it goes where it fits.
 */
function isToldAbove({ bestBid, bestAsk }: LadderSource, t: number, row: number, of: number) {
  if (row < TOLD_ROWS) return false;
  if (row >= of - TOLD_ROWS) return true;
  const toAsk = bestAsk === null ? Infinity : bestAsk - t;
  const toBid = bestBid === null ? Infinity : t - bestBid;
  if (toAsk <= 0) return true;
  return toBid > 0 && toAsk > toBid;
}

function sameRow(a: LadderRow, b: LadderRow): boolean {
  for (const key in a) if (a[key as keyof LadderRow] !== b[key as keyof LadderRow]) return false;
  return true;
}

function percent(part: number, whole: number): number {
  if (part <= 0 || whole <= 0) return 0;
  return Math.max(2, Math.round((100 * Math.min(part, whole)) / whole));
}

/** The levels of one side of a book as a map from ticks to quantity. */
export function levelMap(
  grid: TickGrid,
  levels: readonly Level[],
  side: Side,
): Map<number, number> {
  const map = new Map<number, number>();
  for (const [price, qty] of levels) {
    const ticks = grid.rowOf(price, side);
    map.set(ticks, (map.get(ticks) ?? 0) + qty);
  }
  return map;
}

interface PlacedOrder {
  readonly side: Side;
  readonly price: number | null;
}

interface OrderAtPrice extends PlacedOrder {
  readonly qty: number;
}

const columnOf = (side: Side) => (side === "buy" ? "bid" : "ask");

/**
 * Own quantities by price.
 * @param moving orders at the prices to which they are being moved
 * @param leaving ids of orders that are being cancelled or moved
 * @param gone orders that have just been cancelled
 */
export function ownMap(
  grid: TickGrid,
  resting: readonly RestingOrder[],
  sent: readonly OrderAtPrice[],
  moving: readonly OrderAtPrice[],
  leaving: ReadonlySet<number>,
  queue: ReadonlyMap<number, { readonly ahead: number }> = new Map(),
  gone: readonly OrderAtPrice[] = [],
): Map<number, OwnQuantities> {
  const map = new Map<number, { -readonly [K in keyof OwnQuantities]: OwnQuantities[K] }>();
  const placeAt = (price: number, side: Side) => {
    const ticks = grid.rowOf(price, side);
    const at = map.get(ticks) ?? { ...nothing };
    map.set(ticks, at);
    return at;
  };
  const add = (
    { price, side }: PlacedOrder,
    kind: "" | "Sent" | "Ghost" | "Leaving" | "Gone",
    qty: number,
  ) => {
    if (price !== null && qty > 0) placeAt(price, side)[`${columnOf(side)}${kind}`] += qty;
  };
  const setAhead = ({ price, side }: PlacedOrder, ahead: number | undefined) => {
    if (price === null || ahead === undefined) return;
    const at = placeAt(price, side);
    const key = `${columnOf(side)}Ahead` as const;
    at[key] = Math.min(at[key] ?? ahead, ahead);
  };
  for (const o of resting) {
    add(o, "", o.leaves);
    setAhead(o, queue.get(o.order_id)?.ahead);
    if (leaving.has(o.order_id)) add(o, "Leaving", o.leaves);
  }
  for (const o of sent) add(o, "Sent", o.qty);
  for (const o of moving) add(o, "Ghost", o.qty);
  for (const o of gone) add(o, "Gone", o.qty);
  return map;
}

/** Each level with the sum of the quantities from the best price to it. */
export function cumulate(levels: ReadonlyMap<number, number>, side: Side): Map<number, number> {
  const outwards = [...levels].sort(([a], [b]) => (side === "buy" ? b - a : a - b));
  let sum = 0;
  return new Map(outwards.map(([ticks, qty]) => [ticks, (sum += qty)]));
}

export function largest(map: ReadonlyMap<number, number>): number {
  let most = 0;
  for (const qty of map.values()) if (qty > most) most = qty;
  return most;
}
