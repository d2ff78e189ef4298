/** Describes the effect of a click on a cell of a ladder, in words. */

import type { Side } from "#protocol";
import { formatQty } from "#lib/format.ts";
import { shared } from "#lib/terminal/desk/words.ts";
import { words } from "#lib/terminal/ladder/words.ts";
import { type LadderColumn, sideOf, isOwn } from "./columns.ts";

export interface CellClick {
  readonly column: LadderColumn;
  readonly symbol: string;
  readonly price: string;
  readonly size: number;
  /** Quantity that the right button sends; null: the button opens the browser's menu. */
  readonly second: number | null;
  /** Quantity that would trade at once in a sale by the right button; null: the column decides the side. */
  readonly soldTakes: number | null;
  readonly working: number;
  /** Quantity that would trade at once. */
  readonly takes: number;
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
  const byButtons = at.soldTakes !== null;
  if (isOwn(at.column) && side !== null)
    return at.working > 0 ? words.hint.cancel(side, formatQty(at.working), at.price) : null;
  if (at.block !== null) return at.block;
  if (side === null) return words.hint.price;
  const second = at.second === null ? "" : words.hint.second(formatQty(at.second));
  if (!at.armed) return byButtons ? words.hint.lockedButtons : shared.locked + second;
  const size = formatQty(at.size);
  if (at.soldTakes !== null)
    return (
      words.hint.left(size, at.symbol, at.price) +
      effectOf("buy", at.takes, at.beyond) +
      words.hint.right(size) +
      effectOf("sell", at.soldTakes, at.soldBeyond)
    );
  return (
    shared.place(side, size, at.symbol, at.price) + effectOf(side, at.takes, at.beyond) + second
  );
}

function effectOf(side: Side, takes: number, beyond: string | null): string {
  const effect = takes > 0 ? words.hint.takes(side, formatQty(takes)) : words.hint.rests;
  return effect + (beyond === null ? "" : shared.beyond(side, beyond));
}
