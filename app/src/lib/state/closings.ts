/**
 * Closed sessions that this browser has seen the end of: the room, and the hash that was told with the close, against which
 * the session's page checks the log that it is given later.
 */

import { browserStore } from "#lib/storage.ts";

export interface Closing {
  readonly sessionId: string;
  readonly room: string;
  /** Hash of the log's last line; null: it was not told. */
  readonly logHash: string | null;
}

const KEY = "mmg.closings";
const MOST = 50;

function read(): Closing[] {
  try {
    const stored: unknown = JSON.parse(browserStore.get(KEY) ?? "[]");
    return Array.isArray(stored) ? (stored as Closing[]) : [];
  } catch {
    return [];
  }
}

/** Remembers a close. What was told first stays: a hash that is told later proves nothing about it. */
export function noteClosing(closing: Closing): void {
  const others = read().filter(({ sessionId }) => sessionId !== closing.sessionId);
  const before = closingOf(closing.sessionId);
  const logHash = before?.logHash ?? closing.logHash;
  browserStore.set(KEY, JSON.stringify([{ ...closing, logHash }, ...others].slice(0, MOST)));
}

export function closingOf(sessionId: string): Closing | null {
  return read().find((one) => one.sessionId === sessionId) ?? null;
}

export function forgetClosing(sessionId: string): void {
  browserStore.set(KEY, JSON.stringify(read().filter((one) => one.sessionId !== sessionId)));
}
