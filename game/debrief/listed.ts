/**
 * Instruments to be looked at after an entry: those on the screens, and once more each that has just left them. A session of
 * many rounds has thousands of others.
 */

import type { RoomInstrument, RoomState } from "../state.ts";

export class Listed {
  readonly #state: Readonly<RoomState>;
  #known = 0;
  #listed: RoomInstrument[] = [];

  constructor(state: Readonly<RoomState>) {
    this.#state = state;
  }

  /** Gives them after an entry. Has to be asked once after each that can list or retire an instrument. */
  now(): readonly RoomInstrument[] {
    const { instruments } = this.#state;
    const present = this.#listed;
    for (; this.#known < instruments.length; this.#known++) {
      const instrument = instruments[this.#known];
      if (instrument !== undefined) present.push(instrument);
    }
    if (present.some(({ retired }) => retired))
      this.#listed = present.filter(({ retired }) => !retired);
    return present;
  }
}
