/** What the parts of one console share: which dialog is open, the settlement that waits, the saved set-ups. */

import type { Instrument } from "#protocol";
import type { RoomState } from "#lib/state/room.svelte.ts";
import { inStrikeOrder } from "#lib/trading/instruments.ts";
import type { Ask } from "#lib/console/instruments/InstrumentRow.svelte";
import { PendingSettlement } from "#lib/console/settle/pending.svelte.ts";
import { PresetDesk } from "#lib/console/presets/preset-desk.svelte.ts";

export class HostDesk {
  readonly room: RoomState;
  readonly presets: PresetDesk;
  readonly settlement: PendingSettlement;
  /** The dialog that adds instruments is open. */
  adding = $state(false);
  /** The dialog about an instrument. */
  asked = $state.raw<{ what: Ask; inst: number } | null>(null);
  /** Where news are written. */
  newsField = $state.raw<HTMLElement | null>(null);

  constructor(room: RoomState) {
    this.room = room;
    this.presets = new PresetDesk(room);
    this.settlement = new PendingSettlement(room);
  }

  ask(what: Ask, inst: number): void {
    this.asked = { what, inst };
  }

  /** What there is to settle next: the first that is not, each scalar before its options. */
  get toSettle(): Instrument | undefined {
    return inStrikeOrder(this.room.instruments).find((one) => !one.settled);
  }
}
