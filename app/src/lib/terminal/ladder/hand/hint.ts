/** What a click on a cell of a ladder would do, in words. */

import type { Side } from "#protocol";
import { formatQty } from "#lib/format.ts";
import { shared } from "#lib/terminal/desk/words.ts";
import { words } from "#lib/terminal/ladder/words.ts";
import { type Column, sideOf, isOwn } from "./columns.ts";

export interface ClickAt {
  readonly column: Column;
  readonly symbol: string;
  readonly price: string;
  readonly size: number;
  /** What the right button sends; null: nothing of ours. */
  readonly second: number | null;
  /** Where the left button buys and the right one sells: what that sale would take at once; null: sides go by column. */
  readonly soldTakes: number | null;
  readonly working: number;
  /** What would trade at once. */
  readonly takes: number;
  /** What it settles at at most or at least, where an order here would be beyond that: see beyond-settlement.ts. */
  readonly beyond: string | null;
  /** Of what the right button sells. */
  readonly soldBeyond: string | null;
  readonly armed: boolean;
  readonly block: string | null;
}

/** Null where a click does nothing. */
export function describeClick(at: ClickAt): string | null {
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
