/** Symbols of instruments: their form, and that no two are alike. */

import { reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument, RoomState } from "../state.ts";

const pattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{Sc} ._\-+/#&%]*$/u;

/** The instrument on the screens that has the symbol, whatever the case of its letters. */
export function bearerOf(
  { instruments }: Readonly<RoomState>,
  symbol: string,
  except?: number,
): RoomInstrument | undefined {
  return instruments.find(
    (other) =>
      other.inst !== except &&
      !other.retired &&
      other.symbol.toUpperCase() === symbol.toUpperCase(),
  );
}

/**
 * The symbol as it is shown, or its refusal.
 * @param except the instrument that is renamed
 */
export function symbolOf(
  state: Readonly<RoomState>,
  asked: string,
  except?: number,
): { symbol: string } | Rejection {
  const symbol = asked.normalize("NFKC").trim();
  if (!pattern.test(symbol))
    return reject(
      "BAD_REQUEST",
      "The symbol must be 1 to 16 letters, digits, spaces or . _ - + / # & %, and begin with a letter or digit.",
    );
  return bearerOf(state, symbol, except) === undefined
    ? { symbol }
    : reject(
        "BAD_REQUEST",
        `There is an instrument named ${symbol} already: choose another symbol.`,
      );
}
