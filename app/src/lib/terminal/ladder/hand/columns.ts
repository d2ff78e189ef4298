/** The columns of a ladder, their sides, and the side that a press in each trades. */

import type { Side } from "#protocol";
import type { MouseScheme } from "#lib/terminal/desk/preferences.svelte.ts";

export type LadderColumn = "myBid" | "bid" | "price" | "ask" | "myAsk";

export const columns: readonly LadderColumn[] = ["myBid", "bid", "price", "ask", "myAsk"];

export function isColumn(text: string | undefined): text is LadderColumn {
  return columns.includes(text as LadderColumn);
}

export function sideOf(column: LadderColumn): Side | null {
  if (column === "price") return null;
  return column === "bid" || column === "myBid" ? "buy" : "sell";
}

/** Whether the column shows own orders. */
export function isOwn(column: LadderColumn): boolean {
  return column === "myBid" || column === "myAsk";
}

/** The side of the order that a press in the column places; null: it places none. */
export function sidePressed(column: LadderColumn, scheme: MouseScheme): Side | null {
  if (isOwn(column) || column === "price") return null;
  return scheme === "buttons" ? "buy" : sideOf(column);
}
