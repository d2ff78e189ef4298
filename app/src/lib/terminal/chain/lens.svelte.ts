/**
 * Which marks of the lens a trader may see: the host's choice for the room, the trader's own switch, and what the
 * quotes give away now, or gave away before the round was over.
 */

import { createContext } from "svelte";
import type { Instrument } from "#protocol";
import { violations, type Violation } from "#lib/lens/lens.ts";
import { LensRecord } from "#lib/lens/record.svelte.ts";
import type { RoomView } from "#lib/state/room-view.ts";
import type { Preferences } from "#lib/terminal/desk/preferences.svelte.ts";
import { outsideBook } from "#lib/trading/book.ts";

const none: ReadonlyMap<number, readonly Violation[]> = new Map();

export class ChainLens {
  readonly #room: RoomView;
  readonly #preferences: Pick<Preferences, "lens">;
  readonly #record = new LensRecord();
  readonly #now = $derived.by(() => Map.groupBy(this.#look(), (one) => one.inst));

  constructor(room: RoomView, preferences: Pick<Preferences, "lens">) {
    this.#room = room;
    this.#preferences = preferences;
  }

  /** Whether the lens may be turned on for the options on `underlying`. */
  isAllowed(underlying: Instrument): boolean {
    const { lens } = this.#room;
    return lens === "always" || (lens === "after" && this.#isOver(underlying));
  }

  /** What is marked, by the option in whose row it is told. */
  marks(underlying: Instrument): ReadonlyMap<number, readonly Violation[]> {
    if (!this.#preferences.lens || !this.isAllowed(underlying)) return none;
    return this.#isOver(underlying) ? this.#record.byInst : this.#now;
  }

  /** Remembers what there is now, to be shown when the round is over. Run it about once a second. */
  note(now: number): void {
    if (this.#room.lens !== "off") this.#record.note(this.#look(), now);
  }

  #isOver(underlying: Instrument): boolean {
    return underlying.settled || this.#room.session?.state === "closed";
  }

  /** What one quotes oneself is nobody's mistake. */
  #look(): Violation[] {
    const room = this.#room;
    return violations(room.instruments, (one) => outsideBook(room, one.id));
  }
}

export const [getLens, setLens] = createContext<ChainLens>();
