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

/** Own quantities of one side at a price. */
export interface OwnQuantities {
  readonly working: number;
  /** Sent and unanswered. */
  readonly sent: number;
  /** Being moved here. */
  readonly ghost: number;
  /** The part of the working quantity for which a cancel or replace is under way. */
  readonly leaving: number;
  /** Just cancelled. */
  readonly gone: number;
  /** Estimated quantity ahead of the first own order; null if unknown. */
  readonly ahead: number | null;
}

/** Bids and asks. */
export interface Sides<T> {
  readonly bid: T;
  readonly ask: T;
}

/** One side of the market, by row. */
export interface SourceSide {
  readonly levels: ReadonlyMap<number, number>;
  readonly best: number | null;
  /** Recent changes of sizes; empty if they are not shown. */
  readonly changes: ReadonlyMap<number, number>;
  readonly own: ReadonlyMap<number, OwnQuantities>;
}

export interface LadderSource extends Sides<SourceSide> {
  readonly grid: TickGrid;
  readonly min: number;
  readonly max: number;
  /** Quantity of a full depth bar. */
  readonly deepest: number;
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
  /** Reasons of refusals by price, in words. */
  readonly refusals: ReadonlyMap<number, string>;
}

/** One side of a row. */
export interface RowSide extends OwnQuantities {
  readonly qty: number;
  /** Length of the bar, whole percents. */
  readonly depth: number;
  readonly isBest: boolean;
  /** The recent change of the size; 0: none, or not shown. */
  readonly change: number;
}

export interface LadderRow extends Sides<RowSide> {
  readonly ticks: number;
  readonly price: string;
  readonly inBounds: boolean;
  readonly volume: number;
  /** The highest of several prices that share the volume; null: it was traded at this price. */
  readonly volumeTo: string | null;
  /** Length of the bar, whole percents. */
  readonly volumeBar: number;
  readonly lastQty: number | null;
  readonly lastMove: -1 | 0 | 1;
  readonly average: -1 | 0 | 1;
  readonly isHigh: boolean;
  readonly isLow: boolean;
  readonly refusal: string | null;
  /** Whether the refusal is shown above the row, and not below. */
  readonly isToldAbove: boolean;
}

const nothing: OwnQuantities = { working: 0, sent: 0, ghost: 0, leaving: 0, gone: 0, ahead: null };

function buildSide(side: SourceSide, deepest: number, ticks: number): RowSide {
  const qty = side.levels.get(ticks) ?? 0;
  return {
    qty,
    depth: percent(qty, deepest),
    isBest: ticks === side.best,
    change: side.changes.get(ticks) ?? 0,
    ...(side.own.get(ticks) ?? nothing),
  };
}

export function buildRow(source: LadderSource, ticks: number): LadderRow {
  const volume = source.volume.get(ticks) ?? 0;
  return {
    ticks,
    price: formatTicks(ticks, source.grid),
    inBounds: ticks >= source.min && ticks <= source.max,
    bid: buildSide(source.bid, source.deepest, ticks),
    ask: buildSide(source.ask, source.deepest, ticks),
    volume,
    volumeTo:
      volume > 0 && source.volumeTicks > 1
        ? formatTicks(ticks + source.volumeTicks - 1, source.grid)
        : null,
    volumeBar: percent(volume, source.busiest),
    lastQty: ticks === source.last ? source.lastQty : null,
    lastMove: ticks === source.last ? source.lastMove : 0,
    average: ticks === source.average ? source.held : 0,
    isHigh: ticks === source.high,
    isLow: ticks === source.low,
    refusal: source.refusals.get(ticks) ?? null,
    isToldAbove: false,
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
    return old !== undefined && same(old, row) ? old : row;
  });
}

/** Most rows that a refusal covers. */
const TOLD_ROWS = 3;

/**
 * Whether a refusal is shown above its row: on the side away from the inside market, which must stay readable, and
 * between bid and ask towards the farther one. At the edges of the window it goes where it fits.
 */
function isToldAbove({ bid, ask }: LadderSource, t: number, row: number, of: number) {
  if (row < TOLD_ROWS) return false;
  if (row >= of - TOLD_ROWS) return true;
  const toAsk = ask.best === null ? Infinity : ask.best - t;
  const toBid = bid.best === null ? Infinity : t - bid.best;
  if (toAsk <= 0) return true;
  return toBid > 0 && toAsk > toBid;
}

/** Whether two rows, or parts of them, have the same content. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return false;
  for (const key in a) if (!same(a[key as keyof typeof a], b[key as keyof typeof b])) return false;
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

interface OrderAtPrice {
  readonly side: Side;
  readonly price: number | null;
  readonly qty: number;
}

/** A trader's orders in one instrument. */
export interface OwnOrders {
  readonly resting: readonly RestingOrder[];
  /** Unanswered ones. */
  readonly sent: readonly OrderAtPrice[];
  /** Orders at the prices to which they are being moved. */
  readonly moving: readonly OrderAtPrice[];
  /** Ids of orders that are being cancelled or moved. */
  readonly leaving: ReadonlySet<number>;
  readonly queue: ReadonlyMap<number, { readonly ahead: number }>;
  /** Orders that have just been cancelled. */
  readonly gone: readonly OrderAtPrice[];
}

/** Own quantities that are being added up. */
type Counting = { -readonly [K in keyof OwnQuantities]: OwnQuantities[K] };

/** Own quantities of a side by price. */
export function ownMap(
  grid: TickGrid,
  side: Side,
  { resting, sent, moving, leaving, queue, gone }: OwnOrders,
): Map<number, OwnQuantities> {
  const map = new Map<number, Counting>();
  /** Lets the quantities change at the price of an order of this side. */
  const at = (
    order: { readonly side: Side; readonly price: number | null },
    change: (quantities: Counting) => void,
  ) => {
    if (order.side !== side || order.price === null) return;
    const ticks = grid.rowOf(order.price, side);
    const quantities = map.get(ticks) ?? { ...nothing };
    map.set(ticks, quantities);
    change(quantities);
  };
  const add = (orders: readonly OrderAtPrice[], kind: "sent" | "ghost" | "gone") => {
    for (const order of orders)
      if (order.qty > 0) at(order, (quantities) => (quantities[kind] += order.qty));
  };
  for (const order of resting) {
    const { order_id: id, leaves } = order;
    const ahead = queue.get(id)?.ahead;
    at(order, (quantities) => {
      quantities.working += leaves;
      if (leaving.has(id)) quantities.leaving += leaves;
      if (ahead !== undefined) quantities.ahead = Math.min(quantities.ahead ?? ahead, ahead);
    });
  }
  add(sent, "sent");
  add(moving, "ghost");
  add(gone, "gone");
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
