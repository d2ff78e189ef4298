/** Which side the buttons of a mouse trade on a ladder. Fingers and keys have one way of pressing: they go by column. */

import type { Side } from "#protocol";
import { isOwn, sideOf, type Column } from "./hint.ts";

/** `columns`: bids are bought, asks sold. `buttons`: on either, the left button buys and the right one sells. */
export const mouseSchemes = ["columns", "buttons"] as const;
export type MouseScheme = (typeof mouseSchemes)[number];

/** The side of the book that a press in a column trades; null: it places nothing. */
export function sidePressed(column: Column, scheme: MouseScheme): Side | null {
  if (isOwn(column) || column === "price") return null;
  return scheme === "buttons" ? "buy" : sideOf(column);
}
