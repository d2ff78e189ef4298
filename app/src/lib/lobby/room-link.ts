/** Reads a room from what a person typed or pasted: a code, with or without spaces, or a whole link. */

import { normalizeRoomCode } from "#protocol";

export function roomFromInput(input: string): string | null {
  const link = /\/r\/([^/?#\s]+)/.exec(input);
  return normalizeRoomCode(link?.[1] ?? input);
}
