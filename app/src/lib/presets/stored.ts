/** The storage key of the presets, and whether there are any: only then the lobby loads the code that reads them. */

export const PRESETS_KEY = "mmg.presets";

export function hasPresets(): boolean {
  try {
    return localStorage.getItem(PRESETS_KEY) !== null;
  } catch {
    return false;
  }
}
