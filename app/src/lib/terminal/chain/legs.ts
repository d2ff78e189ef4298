/** Decides which presses on the chain change the spread instead of trading, and describes them. */

import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { flip } from "#lib/trading/sides.ts";
import { modifierKey } from "#lib/ui/keyboard.ts";
import type { ChainPlace } from "./place.ts";
import { words } from "./words.ts";

interface LegPress {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly code: string;
  readonly repeat: boolean;
}

/** Whether the key adds a leg: S on a focused price, or Ctrl with a key that would trade there without it. */
export function isLegKey({ code, ctrlKey, metaKey, altKey, repeat }: LegPress): boolean {
  if (repeat || altKey) return false;
  const isPressing = code === "Enter" || code === "NumpadEnter" || code === "Space";
  return ctrlKey || metaKey ? isPressing : code === "KeyS";
}

/** Passes a press on to the spread, if it is meant for it. @returns whether it was: then it must not trade */
export function toSpread(
  desk: Desk,
  place: ChainPlace,
  { ctrlKey, metaKey }: Pick<LegPress, "ctrlKey" | "metaKey">,
): boolean {
  if (place.column === null || desk.spectator) return false;
  if (!ctrlKey && !metaKey && !desk.spread?.addsLegs) return false;
  desk.spread?.press(place.inst, place.column === "bid" ? "sell" : "buy");
  return true;
}

export function onLegKey(desk: Desk, place: ChainPlace | null, event: KeyboardEvent): void {
  if (place === null || !isLegKey(event)) return;
  if (toSpread(desk, place, { ctrlKey: true, metaKey: false })) event.preventDefault();
}

/** The effect of a press on the spread, in words; null if it has none. */
export function legHint(desk: Desk, { inst, column }: ChainPlace): string | null {
  if (column === null || desk.spectator) return null;
  const side = column === "bid" ? "sell" : "buy";
  const { spread } = desk;
  const press = spread?.addsLegs
    ? words.hint.click
    : `${modifierKey}-${words.hint.click.toLowerCase()}`;
  const here = spread?.ratioAt(inst, side) ?? 0;
  const other = spread?.ratioAt(inst, flip(side)) ?? 0;
  return `${press}: ${
    other > 0 ? words.hint.legOff : here > 0 ? words.hint.legMore(here + 1) : words.hint.leg(side)
  }`;
}
