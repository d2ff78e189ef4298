/** The storage key of the presets, and whether there are any: only then the lobby loads the code that reads them. */

import { browserStore } from "#lib/storage.ts";

export const PRESETS_KEY = "mmg.presets";

export function hasPresets(): boolean {
  return browserStore.get(PRESETS_KEY) !== null;
}
