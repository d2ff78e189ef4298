/** Checks of a frame before anything reads its JSON. */

import { limits } from "./limits.ts";

/** Why a frame is refused unread, in a sentence; null if it may be parsed. */
export function frameFault(data: unknown): string | null {
  if (typeof data !== "string") return "Binary frames are not understood: send JSON as text.";
  // A code unit is at most three bytes, so most frames need no counting.
  const tooLarge =
    data.length > limits.frameBytes ||
    (data.length * 3 > limits.frameBytes && utf8Length(data) > limits.frameBytes);
  return tooLarge ? `A frame may be at most ${limits.frameBytes} bytes.` : null;
}

/** Bytes of a text in UTF-8; the halves of a surrogate pair are two bytes each. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const isHalf = unit >= 0xd800 && unit < 0xe000;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHalf ? 2 : 3;
  }
  return bytes;
}
