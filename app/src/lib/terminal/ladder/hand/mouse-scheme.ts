/** Which side the buttons of a mouse trade on a ladder. Fingers and keys have one way of pressing: they go by column. */

import type { Side } from "#protocol";
import type { MouseScheme } from "#lib/terminal/desk/preferences.svelte.ts";
import { isOwn, sideOf, type Column } from "./hint.ts";

/** The side of the book that a press in a column trades; null: it places nothing. */
export function sidePressed(column: Column, scheme: MouseScheme): Side | null {
  if (isOwn(column) || column === "price") return null;
  return scheme === "buttons" ? "buy" : sideOf(column);
}
