/** The trader's quotes: in the active instrument and in the quote grid, and which of the two the keys act on. */

import { createContext } from "svelte";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { QuoteGrid } from "./grid.svelte.ts";
import { QuoteState } from "./quote.svelte.ts";
import { words } from "./words.ts";

export class TraderQuotes {
  readonly #desk: Desk;
  readonly ticket: QuoteState;
  /** The quote grid; null until the user has opened it, for its code is loaded then. */
  grid = $state.raw<QuoteGrid | null>(null);

  /** The pointer, or the focus, is in the grid. */
  pointed = $state(false);
  focused = $state(false);
  #isSaid = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.ticket = new QuoteState(desk);
  }

  get #isSeen(): boolean {
    return this.#desk.chainPanel === "quotes" && this.#desk.chainOpen;
  }

  /**
   * Whether the user is at the grid: then no key trades on a ladder, which lies elsewhere. A ladder under the pointer
   * counts more than a focus that was left in the grid.
   */
  get leads(): boolean {
    return this.#isSeen && (this.pointed || (this.focused && this.#desk.hovered === null));
  }

  /** Says why a key of the ladder did nothing, once each time that the pointer or the focus comes into the grid. */
  sayLeads(): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    this.#desk.room.notices.add({ type: "remark", text: words.grid.leads });
  }

  /** Follows the pointer and the focus into the grid and out of it. */
  enter(by: "pointed" | "focused", isIn: boolean): void {
    if (isIn && !this.pointed && !this.focused) this.#isSaid = false;
    this[by] = isIn;
  }

  /** The state on which keys act: the grid while ticked rows are in sight, else the quote in the active instrument. */
  get keyed(): QuoteGrid | QuoteState {
    return this.#isSeen && this.grid !== null && this.grid.ticked.size > 0
      ? this.grid
      : this.ticket;
  }
}

export const [getTraderQuotes, setTraderQuotes] = createContext<TraderQuotes>();
