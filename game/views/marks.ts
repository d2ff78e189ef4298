/** Marks of the instruments, each worked out once between two entries of the journal, however many people hold it. */

import type { EnginePort, Units } from "../engine-port.ts";
import type { RoomInstrument, RoomState } from "../state.ts";
import { doubleMark } from "../units/money.ts";

export class Marks {
  readonly #engine: EnginePort;
  readonly #state: Readonly<RoomState>;
  readonly #known = new Map<number, Units | null>();
  /** The entry after which they are known. */
  #n = -1;

  constructor(engine: EnginePort, state: Readonly<RoomState>) {
    this.#engine = engine;
    this.#state = state;
  }

  /**
   * Twice the mark: see `doubleMark`. A handler that has given the engine a command must not ask any more, for its entry
   * is not counted yet.
   */
  double(instrument: RoomInstrument): Units | null {
    const { journalled, markLots } = this.#state;
    if (journalled !== this.#n) {
      this.#known.clear();
      this.#n = journalled;
    }
    let mark = this.#known.get(instrument.inst);
    if (mark === undefined) {
      mark = doubleMark(this.#engine, instrument, markLots);
      this.#known.set(instrument.inst, mark);
    }
    return mark;
  }
}
