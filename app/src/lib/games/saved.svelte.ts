/** Set-ups of games that a host has saved in this browser. Broken ones in the storage are left out. */

import * as v from "valibot";
import { chosenFormatSchema, limits } from "#protocol";
import { browserStore } from "#lib/storage.ts";

const KEY = "mmg.games";
const most = 30;

const savedSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.roomNameLength)),
  format: chosenFormatSchema,
});
export type SavedGame = v.InferOutput<typeof savedSchema>;

export class SavedGames {
  list = $state.raw<readonly SavedGame[]>(load());

  /** Saves a set-up; it takes the place of one with the same name. @returns false if there is no room for it */
  save(game: SavedGame): boolean {
    const others = load().filter(({ name }) => name !== game.name);
    if (others.length >= most) return false;
    return this.#keep([...others, game].sort((a, b) => a.name.localeCompare(b.name)));
  }

  remove(name: string): boolean {
    return this.#keep(load().filter((one) => one.name !== name));
  }

  #keep(list: SavedGame[]): boolean {
    const [text, isBlocked] = [JSON.stringify(list), browserStore.isBlocked];
    // They last as long as the page if the browser stores nothing at all.
    if (isBlocked) browserStore.set(KEY, text);
    else if (!browserStore.keep(KEY, text)) return false;
    this.list = list;
    return true;
  }
}

function load(): SavedGame[] {
  let raw: unknown;
  try {
    raw = JSON.parse(browserStore.get(KEY) ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((one) => {
    const read = v.safeParse(savedSchema, one);
    return read.success ? [read.output] : [];
  });
}
