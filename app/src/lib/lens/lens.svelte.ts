/**
 * The lens over one room: the quotes that lock in a gain now, and those that did before their round was over. A
 * settlement or the end of the session takes quotes out of the books, and who talks about the round afterwards wants to
 * see them still.
 */

import type { Instrument, Session } from "#protocol";
import type { Book } from "#lib/trading/book.ts";
import { LensRecord } from "./record.svelte.ts";
import { violations, type Violation } from "./violations.ts";

/** The part of a room that is looked at. */
interface LensRoom {
  readonly instruments: readonly Instrument[];
  readonly session: Pick<Session, "state"> | null;
}

export class Lens {
  readonly #room: LensRoom;
  readonly #bookOf: (instrument: Instrument) => Book;
  readonly #record = new LensRecord();
  /** Violations in the books now. */
  readonly found: readonly Violation[] = $derived.by(() =>
    violations(this.#room.instruments, this.#bookOf),
  );
  readonly #byInst = $derived(Map.groupBy(this.found, (one) => one.inst));

  constructor(room: LensRoom, bookOf: (instrument: Instrument) => Book) {
    this.#room = room;
    this.#bookOf = bookOf;
  }

  /** Whether the round of this instrument is over. */
  isOver(instrument: Instrument): boolean {
    return instrument.settled || this.#room.session?.state === "closed";
  }

  /** Violations now, or before the round of this instrument was over, by the option in whose row they are told. */
  flags(instrument: Instrument): ReadonlyMap<number, readonly Violation[]> {
    return this.isOver(instrument) ? this.#record.byInst : this.#byInst;
  }

  /** Remembers the violations of this moment, to be shown when the round is over. To be run about once a second. */
  note(now: number): void {
    this.#record.note(this.found, now);
  }
}
