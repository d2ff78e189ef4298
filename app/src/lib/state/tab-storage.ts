/**
 * Keeps data over a reload that the exchange does not send again: the orders that are done, those that were open,
 * the curve of the P&L, and the names of instruments that were traded. They are in the tab's storage, and for one trader at a time: another user of the tab finds
 * none.
 */

import type { OpenOrder } from "#protocol";
import { tabStore } from "#lib/storage.ts";

export interface OwnOrders {
  /** Orders that are done, newest first. */
  readonly done: readonly OpenOrder[];
  readonly open: readonly OpenOrder[];
}

/** A trader in one game. Session ids are never used again, so the two ids are unique for ever. */
export interface TraderInSession {
  readonly sessionId: string;
  readonly userId: number;
}

type StoredPart = "orders" | "pnl" | "instruments";
/** Version of the stored form. Data of another version is ignored. */
const VERSION = 1;
const keyOf = (part: StoredPart) => `mmg.past.${part}`;
const ownerOf = ({ sessionId, userId }: TraderInSession) => `${VERSION}/${sessionId}/${userId}`;

/** The value kept for this trader; null if there is none, or another trader's. */
export function loadFromTab<T>(part: StoredPart, trader: TraderInSession): T | null {
  try {
    const stored: unknown = JSON.parse(tabStore.get(keyOf(part)) ?? "null");
    if (!Array.isArray(stored) || stored[0] !== ownerOf(trader)) return null;
    return stored[1] as T;
  } catch {
    return null;
  }
}

/** Replaces the kept value, whichever trader it belonged to. */
export function saveInTab(part: StoredPart, trader: TraderInSession, value: unknown): void {
  tabStore.keep(keyOf(part), JSON.stringify([ownerOf(trader), value]));
}
