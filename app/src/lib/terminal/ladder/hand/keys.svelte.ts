/** Handles the keys of a focused ladder: they move a cursor over its cells, trade, and move and change own orders. */

import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import type { Key } from "#lib/ui/keyboard.ts";
import { bestKeys, bestPlace, startOf, stepFrom, steps, type LadderPlace } from "./place.ts";
import type { LadderPress } from "./press.ts";

export type LadderKey = Omit<Key, "isComposing">;

export class LadderKeys {
  readonly #ladder: LadderState;
  readonly #press: LadderPress;
  #place = $state.raw<LadderPlace | null>(null);

  constructor(ladder: LadderState, press: LadderPress) {
    this.#ladder = ladder;
    this.#press = press;
  }

  /** The place of the cursor; null while the ladder has none. */
  get place(): LadderPlace | null {
    return this.#place;
  }

  begin(): void {
    this.#put(startOf(this.#ladder));
  }

  end(): void {
    this.#press.shift.letGo();
    this.#put(null);
  }

  /** @returns whether the ladder has used the key */
  handle(key: LadderKey): boolean {
    if (key.ctrlKey || key.altKey || key.metaKey) return false;
    const place = this.#place;
    const step = steps[key.key];
    if (key.code === "KeyM" && !key.shiftKey) return this.openMenu();
    const side = bestKeys[key.key];
    if (side !== undefined) return this.#goTo(bestPlace(this.#ladder, side));
    if (step === undefined && key.key !== "Enter") return false;
    if (place === null) this.begin();
    else if (step === undefined) this.#enter(place, key.repeat);
    else if (key.shiftKey && step[1] === 0) this.#shift(place, step[0], key.repeat);
    else this.#move(place, step);
    return true;
  }

  /** Opens the editor on own orders, as the right button does. @returns whether there were any */
  openMenu(): boolean {
    return this.#place !== null && this.#press.edit(this.#place);
  }

  #enter(place: LadderPlace, repeat: boolean): void {
    if (!repeat) this.#press.act(place, "other");
  }

  #move(place: LadderPlace, [rows, across]: readonly [number, number]): void {
    this.#press.shift.letGo();
    this.#put(stepFrom(this.#ladder, place, rows, across));
  }

  #goTo(place: LadderPlace | null): boolean {
    this.#press.shift.letGo();
    if (place !== null) this.#put(place);
    return true;
  }

  /** Moves own orders by a row a press. A held key does not repeat: the order would run into the market. */
  #shift(place: LadderPlace, rows: number, repeat: boolean): void {
    if (!repeat && this.#press.moveBy(place, rows))
      this.#put(stepFrom(this.#ladder, place, rows, 0));
  }

  #put(place: LadderPlace | null): void {
    this.#place = place;
    this.#ladder.cursorOn = place !== null;
  }
}
