/** Keeps the preset that the lobby chose for a new room, in the tab, until the room's console applies it. */

import { tabStore } from "#lib/storage.ts";

const key = (code: string) => `mmg.preset-for.${code}`;

export function choosePreset(code: string, name: string): void {
  tabStore.set(key(code), name);
}

/** The name of the chosen preset; removes it from the tab. */
export function takeChosen(code: string): string | null {
  const name = tabStore.get(key(code));
  tabStore.remove(key(code));
  return name;
}
