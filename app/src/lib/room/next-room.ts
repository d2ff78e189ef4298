/**
 * The room in which a closed one goes on. The host's page says it in the news; other pages offer it as one button. Only
 * a path to a room is read out of the news, by itself or behind this page's own origin: a link to anywhere else stays
 * text.
 */

import { normalizeRoomCode, type Role } from "#protocol";
import { tabStore } from "#lib/storage.ts";

/** The news of the next room: a sentence for people, with the path that pages read. */
export const nextRoomText = (code: string) => `The game goes on in a new room: /r/${code}`;

/** The code of the next room in the newest news; null if that names none, or the room itself. */
export function nextRoomIn(
  news: readonly { readonly text: string }[],
  here: string,
  origin: string,
): string | null {
  const words = news[0]?.text.split(/\s+/) ?? [];
  for (const word of words) {
    const path = word.startsWith(`${origin}/`) ? word.slice(origin.length) : word;
    const typed = /^\/r\/([A-Za-z0-9]+)$/.exec(path)?.[1];
    const code = typed === undefined ? null : normalizeRoomCode(typed);
    if (code !== null && code !== here) return code;
  }
  return null;
}

/** Name and role under which a user goes on. */
export interface Follower {
  name: string;
  role: Exclude<Role, "exchange">;
}
const key = (code: string) => `mmg.follow.${code}`;

export function keepFollower(code: string, { name, role }: Follower): void {
  tabStore.set(key(code), JSON.stringify({ name, role }));
}

/** Takes the person who goes on into this room from another out of the tab's storage. */
export function takeFollower(code: string): Follower | null {
  const text = tabStore.get(key(code));
  tabStore.remove(key(code));
  return JSON.parse(text ?? "null") as Follower | null;
}
