/** Where saved set-ups are stored, and whether there are any: the lobby loads what reads them only then. */

export const PRESETS_KEY = "mmg.presets";

export function hasPresets(): boolean {
  try {
    return localStorage.getItem(PRESETS_KEY) !== null;
  } catch {
    return false;
  }
}
