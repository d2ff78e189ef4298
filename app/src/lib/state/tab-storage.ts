/**
 * Keeps the orders that are done, those that were open, and the P&L's curve over a reload: the exchange does not tell
 * them again. In the tab's own storage and for one player at a time: the next one in the tab finds nothing of the one
 * before.
 */

import type { OpenOrder } from "#protocol";

export interface OwnOrders {
  /** Newest first. */
  readonly done: readonly OpenOrder[];
  readonly open: readonly OpenOrder[];
}

/** Room ids are never used again, so a session and a user in it name one person's game. */
export interface TraderInSession {
  readonly sessionId: string;
  readonly userId: number;
}

type StoredPart = "orders" | "pnl";
/** Version of the stored form; another version counts as nothing. */
const VERSION = 1;
const keyOf = (part: StoredPart) => `mmg.past.${part}`;
const ownerOf = ({ sessionId, userId }: TraderInSession) => `${VERSION}/${sessionId}/${userId}`;

/** The value kept for this player; null if nothing was, or another player's. */
export function loadFromTab<T>(part: StoredPart, trader: TraderInSession): T | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(part)) ?? "null");
    if (!Array.isArray(stored) || stored[0] !== ownerOf(trader)) return null;
    return stored[1] as T;
  } catch {
    return null;
  }
}

/** Replaces the value that was kept before, whichever player it belonged to. */
export function saveInTab(part: StoredPart, trader: TraderInSession, value: unknown): void {
  try {
    sessionStorage.setItem(keyOf(part), JSON.stringify([ownerOf(trader), value]));
  } catch {
    // No storage: it lasts as long as the page.
  }
}
