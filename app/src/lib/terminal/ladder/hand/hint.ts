/** Describes the effect of a click on a cell of a ladder, in words. */

import type { Side } from "#protocol";
import { formatQty, formatTicks } from "#lib/format.ts";
import { shared } from "#lib/terminal/desk/words.ts";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { words } from "#lib/terminal/ladder/words.ts";
import type { Met } from "#lib/trading/met.ts";
import { type LadderColumn, sideOf, isOwn } from "./columns.ts";

export interface CellClick {
  readonly column: LadderColumn;
  readonly symbol: string;
  readonly price: string;
  /** The prices of the cell, if its row has several. */
  readonly span: string | null;
  readonly size: number;
  /** Quantity that the right button sends; null: the button opens the browser's menu. */
  readonly second: number | null;
  /** The part of the book that a sale by the right button would meet; null: the column decides the side. */
  readonly sold: Met | null;
  readonly working: number;
  /** The part of the book that the order would meet. */
  readonly meets: Met;
  /** The extreme of the settlement, if the order's price is beyond it: see `beyondSettlement`. */
  readonly beyond: string | null;
  /** The same for the sale by the right button. */
  readonly soldBeyond: string | null;
  readonly armed: boolean;
  readonly block: string | null;
}

/** The effect of a click in words; null if it has none. */
export function describeClick(at: CellClick): string | null {
  const side = sideOf(at.column);
  const byButtons = at.sold !== null;
  if (isOwn(at.column) && side !== null)
    return at.working > 0
      ? words.hint.cancel(side, formatQty(at.working), at.span ?? at.price)
      : null;
  if (at.block !== null) return at.block;
  if (side === null) return words.hint.price;
  const row = at.span === null ? "" : words.hint.row(at.span);
  const second = at.second === null ? "" : words.hint.second(formatQty(at.second));
  if (!at.armed) return byButtons ? words.hint.lockedButtons : shared.locked + second;
  const size = formatQty(at.size);
  if (at.sold !== null)
    return (
      words.hint.left(size, at.symbol, at.price) +
      effectOf("buy", at.size, at.meets, at.beyond) +
      words.hint.right(size) +
      effectOf("sell", at.size, at.sold, at.soldBeyond) +
      row
    );
  return (
    shared.place(side, size, at.symbol, at.price) +
    effectOf(side, at.size, at.meets, at.beyond) +
    second +
    row
  );
}

function effectOf(side: Side, size: number, { others, own }: Met, beyond: string | null): string {
  const effect = others > 0 ? words.hint.takes(side, formatQty(others)) : words.hint.rests;
  const cancels = own > 0 ? shared.cancelsOwn(side, formatQty(own)) : "";
  const rest = others > 0 && others < size ? shared.restGoes(formatQty(size - others), "rest") : "";
  return effect + rest + cancels + (beyond === null ? "" : shared.beyond(side, beyond));
}

/** The effect of dropping the carried orders where they are, by the market and the state of now; null: none are. */
export function describeDrop({
  carried,
  grid,
  block,
  carriedTakes: takes,
}: Pick<LadderState, "carried" | "grid" | "block" | "carriedTakes">): string | null {
  if (carried === null) return null;
  if (carried.to === carried.from) return words.hint.dropHome;
  if (block !== null) return words.hint.dropBlocked(block);
  const text = (ticks: number) => formatTicks(ticks, grid);
  const move = words.hint.drop(carried.side, formatQty(carried.qty), text(carried.to));
  if (takes === null) return move;
  return move + words.hint.dropTrades(formatQty(takes.qty), text(takes.from), text(takes.to));
}
