/**
 * The host's presets in this browser. Every change first reads the storage again, for other tabs may have saved as
 * well.
 */

import { MOST_PRESETS, parsePresets, withPreset, writePresets, type Preset } from "./preset.ts";
import { PRESETS_KEY } from "./stored.ts";

/** False if the change was not saved: the storage is full or forbidden, or there are too many presets. */
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
    try {
      localStorage.setItem(PRESETS_KEY, writePresets(next));
    } catch {
      return false;
    }
    this.presets = next;
    return true;
  }
}

function load(): Preset[] {
  try {
    return parsePresets(localStorage.getItem(PRESETS_KEY));
  } catch {
    return [];
  }
}
