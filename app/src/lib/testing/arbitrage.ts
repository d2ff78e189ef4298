/** A room with options on X, in which Cy quotes prices that do not fit together, and the lens's sentences about them. */

import { Exchange, type Program } from "./exchange.ts";
import { X } from "./market.ts";

export const [C90, P90, C100, P100] = [2, 3, 4, 5] as const;

export const parityText =
  "Parity: buy call 2.0, sell put 1.5, sell X 101: locks in 0.5, up to 4 times.";
/** The text of a box that costs 6 - 1 + 5 - 1 = 9 and pays 10, once it is gone. */
export const pastBoxText =
  /Box: buy 90 call 6\.0, sell 100 call 1\.0, buy 100 put 5\.0, sell 90 put 1\.0: locked in 1, up to 3 times, at \d\d:\d\d:\d\d\./;

export class ArbitrageRoom {
  readonly exchange = new Exchange();
  readonly cy: Program;

  constructor() {
    this.exchange.list("X");
    this.exchange.listStrip(X, "X", [90, 100]);
    this.cy = this.exchange.program("Cy");
  }

  quoteParity(): void {
    this.#quote(X, 101, 103, 4);
    this.#quote(C100, 1, 2);
    this.#quote(P100, 1.5, 2.5);
  }

  quoteBox(): void {
    this.#quote(C90, 5, 6);
    this.#quote(C100, 1, 2);
    this.#quote(P90, 1, 2, 3);
    this.#quote(P100, 4, 5);
  }

  #quote(inst: number, bid: number, ask: number, qty = 9): void {
    this.cy.ask("quote", { inst, bid, bid_qty: qty, ask, ask_qty: qty });
  }
}
