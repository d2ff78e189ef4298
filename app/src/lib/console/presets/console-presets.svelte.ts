/** The presets in one console: the saved ones, and the one that is being applied. */

import type { Preset } from "#lib/presets/preset.ts";
import { PresetShelf } from "#lib/presets/shelf.svelte.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { applyPreset, fits } from "./apply-preset.ts";
import { words } from "./words.ts";

export class ConsolePresets {
  readonly shelf = new PresetShelf();
  /** The progress of the preset that is being applied, in words; null while none is. */
  progress = $state.raw<string | null>(null);
  /** The last preset if it was not applied to the end, and the reason. */
  stopped = $state.raw<{ preset: Preset; why: string } | null>(null);
  readonly #room: RoomClient;

  constructor(room: RoomClient) {
    this.#room = room;
  }

  get isEmpty(): boolean {
    return this.#room.instruments.length === 0;
  }

  /** Applies the preset, unless the room has other instruments or a preset is being applied. */
  async apply(preset: Preset): Promise<void> {
    if (this.progress !== null || !fits(preset, this.#room.instruments)) return;
    this.stopped = null;
    const why = await applyPreset(preset, this.#room, (done, all) => {
      this.progress = words.applying(done, all);
    });
    this.progress = null;
    this.stopped = why === null ? null : { preset, why };
  }
}
