/** The quotes of the trader: of the active instrument, of many rows, and which of them the keys act on. */

import { createContext } from "svelte";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { QuoteGrid } from "./grid.svelte.ts";
import { QuoteState } from "./quote.svelte.ts";

export class TraderQuotes {
  readonly #desk: Desk;
  readonly ticket: QuoteState;
  /** Once somebody has opened the rows: their code is not loaded before. */
  grid = $state.raw<QuoteGrid | null>(null);

  constructor(desk: Desk) {
    this.#desk = desk;
    this.ticket = new QuoteState(desk);
  }

  /** The ticked rows while there are some in sight, else the quote of the active instrument. */
  get keyed(): QuoteGrid | QuoteState {
    const isSeen = this.#desk.chainPanel === "quotes" && this.#desk.chainOpen;
    return isSeen && this.grid !== null && this.grid.ticked.size > 0 ? this.grid : this.ticket;
  }
}

export const [getTraderQuotes, setTraderQuotes] = createContext<TraderQuotes>();
