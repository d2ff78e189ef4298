/** A refusal as data: a code of the closed list and the sentence that the user is shown. */

import { errorText, type ErrorCode } from "#protocol";
import { Reject } from "./engine-port.ts";

export interface Rejection {
  code: ErrorCode;
  message: string;
}

export function reject(code: ErrorCode, message: string = errorText[code]): Rejection {
  return { code, message };
}

const fromEngine: Record<Reject, Rejection> = {
  [Reject.ok]: reject("INTERNAL"),
  [Reject.noSuchInstrument]: reject("NO_SUCH_INSTRUMENT"),
  [Reject.noSuchOrder]: reject("NO_SUCH_ORDER"),
  [Reject.halted]: reject("HALTED"),
  [Reject.settled]: reject("SETTLED"),
  [Reject.offTick]: reject("OFF_TICK"),
  [Reject.offLot]: reject("OFF_LOT"),
  [Reject.priceOutOfRange]: reject("PRICE_OUT_OF_RANGE"),
  [Reject.badQty]: reject("BAD_QTY"),
  [Reject.postOnlyWouldCross]: reject("POST_ONLY_WOULD_CROSS"),
  [Reject.fokUnfilled]: reject("FOK_UNFILLED"),
  [Reject.positionLimit]: reject("POSITION_LIMIT"),
  [Reject.orderQtyLimit]: reject(
    "ORDER_LIMIT",
    "The order is larger than your limit for one order: make it smaller.",
  ),
  [Reject.openOrderLimit]: reject(
    "ORDER_LIMIT",
    "You have as many open orders as your limit allows: cancel some first.",
  ),
  [Reject.badCommand]: reject("BAD_REQUEST", "The bid of a quote must be below its ask."),
  [Reject.capacity]: reject("ORDER_LIMIT", "This is more than the room can hold: make it smaller."),
};

/** Said of a number that `toUnits` does not take. */
export const notExact = "may have at most six decimals, and at most fifteen digits in all.";

/** Prices of the instrument would exceed the exact integers of the engine. */
export const inexactListing = reject(
  "BAD_REQUEST",
  "Tick, bounds or strike are too large to be counted exactly: make them smaller.",
);

/** A settlement makes an event for every order and every position; the engine has no memory left for them. */
export const noRoomToSettle = reject(
  "BAD_REQUEST",
  "The room's memory is too full to settle this: pull the orders first.",
);

/** Refusal for a reject code of the engine, shown to the user who entered an order or a quote. */
export function engineRejection(code: Reject): Rejection {
  return fromEngine[code];
}
