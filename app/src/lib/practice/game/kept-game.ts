/** The game that is under way, kept over a reload of the tab: which one it is, the seat, and the room's journal. */

import { tabStore } from "#lib/storage.ts";

const KEY = "mmg.practice.game";
const VERSION = 1;

export interface KeptGame {
  /** The game, as its page names it. */
  id: string;
  code: string;
  token: string;
  batches: Uint8Array[];
  /** Further facts of the page. */
  more: Record<string, unknown>;
}

/** The kept game of this id; null: there is none, or it cannot be read. */
export function keptGame(id: string): KeptGame | null {
  try {
    const stored = JSON.parse(tabStore.get(KEY) ?? "null") as [number, KeptGame, string[]] | null;
    if (stored === null || stored[0] !== VERSION || stored[1].id !== id) return null;
    return { ...stored[1], batches: stored[2].map(bytesOf) };
  } catch {
    return null;
  }
}

/** The id of the game that is kept; null: none is. */
export function keptId(): string | null {
  try {
    const [version, game] = JSON.parse(tabStore.get(KEY) ?? "[0]") as [number, KeptGame];
    return version === VERSION ? game.id : null;
  } catch {
    return null;
  }
}

export function keepGame({ batches, ...game }: KeptGame): void {
  tabStore.keep(KEY, JSON.stringify([VERSION, game, batches.map(textOf)]));
}

export function dropGame(): void {
  tabStore.remove(KEY);
}

const textOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
