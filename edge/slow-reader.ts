/** Decides when a client has left too much unread: one rule for guard and rooms. The clock comes in as an argument. */

import { limits } from "../protocol/limits.ts";

export interface Reader {
  /** Since when more is unread than is allowed; null: it is not. */
  slowSinceMs: number | null;
}

/**
 * True for a reader that has left too much unread for too long, or far too much at once.
 * @param unreadBytes sent to it and not yet gone
 */
export function isTooSlow(reader: Reader, unreadBytes: number, now: number): boolean {
  if (unreadBytes <= limits.backlogBytes) {
    reader.slowSinceMs = null;
    return false;
  }
  reader.slowSinceMs ??= now;
  const isFarTooMuch = unreadBytes > limits.backlogBytesMost;
  return isFarTooMuch || now - reader.slowSinceMs >= limits.backlogGraceMs;
}

export const slowReaderText = "You did not read what was sent: reconnect.";
