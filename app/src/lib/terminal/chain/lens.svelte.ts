/** Decides which flags of the lens a trader sees: by the host's setting for the room, and the trader's switch. */

import { createContext } from "svelte";
import type { Instrument } from "#protocol";
import { Lens } from "#lib/lens/lens.svelte.ts";
import type { Violation } from "#lib/lens/violations.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { Preferences } from "#lib/terminal/desk/preferences.svelte.ts";
import { outsideBook } from "#lib/trading/book.ts";

const none: ReadonlyMap<number, readonly Violation[]> = new Map();

export class ChainLens {
  readonly #room: RoomClient;
  readonly #preferences: Pick<Preferences, "lens">;
  readonly #lens: Lens;

  constructor(room: RoomClient, preferences: Pick<Preferences, "lens">) {
    this.#room = room;
    this.#preferences = preferences;
    // The trader's own quotes are left out: nobody can trade with themselves.
    this.#lens = new Lens(room, (one) => outsideBook(room, one.id));
  }

  /** Whether the lens may be turned on for the options on `underlying`. */
  isAllowed(underlying: Instrument): boolean {
    const { lens } = this.#room;
    return lens === "always" || (lens === "after" && this.#lens.isOver(underlying));
  }

  /** Violations that are flagged, by the option in whose row they are shown. */
  flags(underlying: Instrument): ReadonlyMap<number, readonly Violation[]> {
    const isShown = this.#preferences.lens && this.isAllowed(underlying);
    return isShown ? this.#lens.flags(underlying) : none;
  }

  /** Remembers the violations of now, for when trading is over. To be called about once a second. */
  note(now: number): void {
    if (this.#room.lens !== "off") this.#lens.note(now);
  }
}

export const [getLens, setLens] = createContext<ChainLens>();
