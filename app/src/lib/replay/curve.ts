/** The P&L of a seat up to the shown moment, for the terminal's curve. */

import { Series, type Point } from "#lib/terminal/blotter/series.ts";

export class ReplayCurve extends Series {
  readonly #until: () => number;
  readonly #whole: () => readonly (readonly [number, number])[];

  /** @param whole the seat's P&L over the session. @param until Unix ms of the shown moment */
  constructor(whole: () => readonly (readonly [number, number])[], until: () => number) {
    super(1, 1);
    this.#whole = whole;
    this.#until = until;
  }

  override get points(): readonly Point[] {
    const until = this.#until();
    return this.#whole()
      .filter(([t]) => t <= until)
      .map(([t, v]) => ({ t, v }));
  }
}
