/** Symbols of instruments: their form, and that no two are alike. */

import { reject, type Rejection } from "../rejection.ts";
import type { RoomState } from "../state.ts";

const pattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{Sc} ._\-+/#&%]*$/u;

/**
 * The symbol as it is shown, or its refusal.
 * @param except the instrument that is renamed
 */
export function symbolOf(
  { instruments }: Readonly<RoomState>,
  asked: string,
  except?: number,
): { symbol: string } | Rejection {
  const symbol = asked.normalize("NFKC").trim();
  if (!pattern.test(symbol))
    return reject(
      "BAD_REQUEST",
      "The symbol must be 1 to 16 letters, digits, spaces or . _ - + / # & %, and begin with a letter or digit.",
    );
  const isTaken = instruments.some(
    (other) =>
      other.inst !== except &&
      !other.retired &&
      other.symbol.toUpperCase() === symbol.toUpperCase(),
  );
  return isTaken
    ? reject(
        "BAD_REQUEST",
        `There is an instrument named ${symbol} already: choose another symbol.`,
      )
    : { symbol };
}
