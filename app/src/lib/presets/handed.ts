/** Hands the set-up of a room that is over to the console of the next one, in the tab. */

import { tabStore } from "#lib/storage.ts";
import { parsePresets, writePresets, type Preset } from "./preset.ts";

const key = (code: string) => `mmg.set-up-for.${code}`;

export function handOver(code: string, preset: Preset): void {
  tabStore.set(key(code), writePresets([preset]));
}

/** The set-up for this room; removes it from the tab. */
export function takeHanded(code: string): Preset | null {
  const text = tabStore.get(key(code));
  tabStore.remove(key(code));
  return parsePresets(text)[0] ?? null;
}
