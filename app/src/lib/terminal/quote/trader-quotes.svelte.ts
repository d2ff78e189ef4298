/** The trader's quotes: in the active instrument and in the quote grid, and which of the two the keys act on. */

import { createContext } from "svelte";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { QuoteGrid } from "./grid.svelte.ts";
import { QuoteState } from "./quote.svelte.ts";

export class TraderQuotes {
  readonly #desk: Desk;
  readonly ticket: QuoteState;
  /** The quote grid; null until the user has opened it, for its code is loaded then. */
  grid = $state.raw<QuoteGrid | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
    this.ticket = new QuoteState(desk);
  }

  /** The state on which keys act: the grid while ticked rows are in sight, else the quote in the active instrument. */
  get keyed(): QuoteGrid | QuoteState {
    const isSeen = this.#desk.chainPanel === "quotes" && this.#desk.chainOpen;
    return isSeen && this.grid !== null && this.grid.ticked.size > 0 ? this.grid : this.ticket;
  }
}

export const [getTraderQuotes, setTraderQuotes] = createContext<TraderQuotes>();
