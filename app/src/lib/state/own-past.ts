/**
 * What a trader's page knows and the exchange does not tell again, kept over a reload: the orders that are done, those
 * that were open, and the P&L's curve. For one seat at a time, in the tab's own storage and for the next tab that takes
 * this seat in the browser's: whoever sits down in another seat finds nothing of this one.
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
    for (const storage of [sessionStorage, localStorage]) {
      const stored: unknown = JSON.parse(storage.getItem(keyOf(part)) ?? "null");
      if (Array.isArray(stored) && stored[0] === ownerOf(whose)) return stored[1] as T;
    }
  } catch {
    // No storage, or not what this build wrote: nothing was kept.
  }
  return null;
}

/** Takes the place of what was kept before, whosever it was. */
export function keep(part: Part, whose: Whose, what: unknown): void {
  try {
    const text = JSON.stringify([ownerOf(whose), what]);
    for (const storage of [sessionStorage, localStorage]) storage.setItem(keyOf(part), text);
  } catch {
    // No storage: it lasts as long as the page.
  }
}
