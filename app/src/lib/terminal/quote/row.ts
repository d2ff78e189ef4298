/**
 * Contents of a row of the quote grid: the others' market, the own quote side by side with what would be sent, and the
 * state in words. A side that would trade is told before it is sent.
 */

import type { Level, OpenOrder } from "#protocol";
import { formatPrice, formatQty, formatTicks } from "#lib/format.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { outsideBook } from "#lib/trading/book.ts";
import { gridOf } from "#lib/trading/grid.ts";
import type { QuoteGrid } from "./grid.svelte.ts";
import type { QuoteTicks } from "./steps.ts";
import { words } from "./words.ts";

export interface QuotedSide {
  /** The resting side; null: it does not rest. */
  readonly live: OpenOrder | null;
  /** The price that would be sent. */
  readonly draft: number | null;
  /** The last quote's side was refused by itself. */
  readonly refused: boolean;
  /** The price of another order that the draft would trade with at once; null: it would rest. */
  readonly meets: number | null;
}

export interface QuoteRow {
  /** The best bid and ask of the others. */
  readonly market: { readonly bid: Level | null; readonly ask: Level | null };
  readonly bid: QuotedSide;
  readonly ask: QuotedSide;
  readonly state: RowState;
}

export interface RowState {
  readonly kind: "none" | "sent" | "working" | "pending" | "trades" | "refused";
  readonly text: string;
}

const text = words.grid;

/** Takes from the lists of orders and books what concerns a row. */
export function rowOf(room: RoomClient, grid: QuoteGrid, inst: number): QuoteRow {
  const { bids, asks } = outsideBook(room, inst);
  const live = grid.live(inst);
  const draft = grid.prices(inst);
  const refused = grid.refusedSides(inst);
  const ticks = gridOf(room.instrument(inst)?.tick_size ?? 1);
  const meets = grid.meets(inst, draft);
  const side = (name: "bid" | "ask"): QuotedSide => ({
    live: live.find((order) => order.side === (name === "bid" ? "buy" : "sell")) ?? null,
    draft: draft === null ? null : ticks.price(draft[name]),
    refused: refused[name] !== undefined,
    meets: meets[name],
  });
  const [bid, ask] = [side("bid"), side("ask")];
  return {
    market: { bid: bids[0] ?? null, ask: asks[0] ?? null },
    bid,
    ask,
    state: stateOf(room, grid, inst, { bid, ask, draft }),
  };
}

interface RowSides {
  readonly bid: QuotedSide;
  readonly ask: QuotedSide;
  readonly draft: QuoteTicks | null;
}

function stateOf(
  room: RoomClient,
  grid: QuoteGrid,
  inst: number,
  { bid, ask, draft }: RowSides,
): RowState {
  const status = grid.state(inst);
  if (status.kind === "sent") return { kind: "sent", text: text.sent };
  if (status.kind === "refused") return { kind: "refused", text: status.reason };
  const refused = (
    [
      ["bid", bid],
      ["ask", ask],
    ] as const
  ).filter(([, side]) => side.refused);
  if (refused.length > 0)
    return { kind: "refused", text: text.sidesRefused(refused.map(([name]) => name)) };
  const isLive = bid.live !== null || ask.live !== null;
  // A ticked row is going to be sent, so its error is shown before.
  const problem = grid.ticked.has(inst) ? grid.problem(inst) : null;
  if (problem !== null && !isLive) return { kind: "none", text: problem };
  const isPending = grid.ticked.has(inst) && isLive && (moves(bid) || moves(ask));
  const tick = room.instrument(inst)?.tick_size ?? 1;
  if ((grid.ticked.has(inst) && !isLive) || isPending) {
    const meets = meeting(bid, ask, tick, grid.choices.gridPostOnly);
    if (meets !== null) return { kind: "trades", text: meets };
  }
  if (problem !== null) return { kind: "pending", text: problem };
  if (isPending && draft !== null) {
    const ticks = gridOf(tick);
    const next = text.next(formatTicks(draft.bid, ticks), formatTicks(draft.ask, ticks));
    return { kind: "pending", text: next };
  }
  if (!isLive) return { kind: "none", text: draft === null ? "" : text.draft };
  return { kind: "working", text: restOf(bid, ask, tick) };
}

/** Whether the draft differs from what rests. */
const moves = ({ live, draft }: QuotedSide): boolean =>
  live !== null && draft !== null && live.price !== draft;

function meeting(
  bid: QuotedSide,
  ask: QuotedSide,
  tick: number,
  isPostOnly: boolean,
): string | null {
  if (bid.meets !== null) return text.meets("bid", formatPrice(bid.meets, tick), isPostOnly);
  return ask.meets === null ? null : text.meets("ask", formatPrice(ask.meets, tick), isPostOnly);
}

function restOf({ live: bid }: QuotedSide, { live: ask }: QuotedSide, tick: number): string {
  if (bid !== null && ask !== null) return text.working;
  const left = bid ?? ask;
  return left === null ? "" : text.oneSide(left.side, formatPrice(left.price, tick));
}

/** A resting side in full, for those who do not see the short one. */
export function sayLive({ price, leaves, qty }: OpenOrder, tick: number): string {
  return text.live(formatPrice(price, tick), formatQty(leaves), formatQty(qty));
}
