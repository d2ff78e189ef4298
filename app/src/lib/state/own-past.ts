/**
 * What a trader's page knows and the exchange does not tell again, kept over a reload: the orders that are done, those
 * that were open, and the P&L's curve. In the tab's own storage and for one seat at a time: whoever sits down next in
 * the tab finds nothing of the one before.
 */

import type { OpenOrder } from "#protocol";

export interface OwnOrders {
  /** Newest first. */
  readonly done: readonly OpenOrder[];
  readonly open: readonly OpenOrder[];
}

/** Room ids are never used again, so a session and a user in it name one person's game. */
export interface Whose {
  readonly sessionId: string;
  readonly userId: number;
}

type Part = "orders" | "pnl";
/** Of the stored form; what another build wrote counts as nothing. */
const VERSION = 1;
const keyOf = (part: Part) => `mmg.past.${part}`;
const ownerOf = ({ sessionId, userId }: Whose) => `${VERSION}/${sessionId}/${userId}`;

/** What was kept for this seat; null if nothing was, or somebody else's. */
export function recall<T>(part: Part, whose: Whose): T | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(part)) ?? "null");
    if (!Array.isArray(stored) || stored[0] !== ownerOf(whose)) return null;
    return stored[1] as T;
  } catch {
    return null;
  }
}

/** Takes the place of what was kept before, whosever it was. */
export function keep(part: Part, whose: Whose, what: unknown): void {
  try {
    sessionStorage.setItem(keyOf(part), JSON.stringify([ownerOf(whose), what]));
  } catch {
    // No storage: it lasts as long as the page.
  }
}
