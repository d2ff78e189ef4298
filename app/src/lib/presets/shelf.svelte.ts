/**
 * The host's presets in this browser. Every change first reads the storage again, for other tabs may have saved as
 * well.
 */

import { browserStore } from "#lib/storage.ts";
import { MOST_PRESETS, parsePresets, withPreset, writePresets, type Preset } from "./preset.ts";
import { PRESETS_KEY } from "./stored.ts";

/**
 * False if the change was not saved: the storage is full, or there are too many presets. Where the browser stores
 * nothing at all, the shelf lasts as long as the page.
 */
type Kept = boolean;

export class PresetShelf {
  presets = $state.raw<readonly Preset[]>(load());

  save(preset: Preset): Kept {
    return this.#change((all) => withPreset(all, preset));
  }

  rename(preset: Preset, name: string): Kept {
    return this.#change((all) =>
      withPreset(
        all.filter((one) => one.name !== preset.name),
        { ...preset, name },
      ),
    );
  }

  remove(name: string): Kept {
    return this.#change((all) => all.filter((one) => one.name !== name));
  }

  #change(change: (all: Preset[]) => Preset[]): Kept {
    const next = change(load());
    if (next.length > MOST_PRESETS) return false;
    const [text, isBlocked] = [writePresets(next), browserStore.isBlocked];
    if (isBlocked) browserStore.set(PRESETS_KEY, text);
    else if (!browserStore.keep(PRESETS_KEY, text)) return false;
    this.presets = next;
    return true;
  }
}

function load(): Preset[] {
  return parsePresets(browserStore.get(PRESETS_KEY));
}
