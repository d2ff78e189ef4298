/**
 * The lens over one room: violations in the quotes of now, and those that there were. A settlement or the end of the
 * session takes the quotes out of the books, and people who talk about the session afterwards still want to see them.
 */

import type { Instrument, Session } from "#protocol";
import type { Book } from "#lib/trading/book.ts";
import { LensRecord } from "./record.svelte.ts";
import { violations, type Violation } from "./violations.ts";

/** The part of a room that the lens reads. */
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

  /** Whether trading in this instrument is over for good. */
  isOver(instrument: Instrument): boolean {
    return instrument.settled || this.#room.session?.state === "closed";
  }

  /**
   * Violations of now, or past ones once trading in this instrument is over, by the option in whose row they are shown.
   */
  flags(instrument: Instrument): ReadonlyMap<number, readonly Violation[]> {
    return this.isOver(instrument) ? this.#record.byInst : this.#byInst;
  }

  /** Remembers the violations of now, to be shown when trading is over. To be called about once a second. */
  note(now: number): void {
    this.#record.note(this.found, now);
  }
}
