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
  [Reject.capacity]: reject("INTERNAL", "The room has no space for this: nothing was done."),
};

/** The refusal that a reject code of the engine means to the user. */
export function engineRejection(code: Reject): Rejection {
  return fromEngine[code];
}
