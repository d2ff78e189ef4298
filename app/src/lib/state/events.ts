/** Events to be told to a user, as data: the screens put them into words. */

import type { ErrorCode, LensSetting, Message, Request, Session, Side } from "#protocol";

/** Reasons for which an order is ended by others than its owner. */
export type RemovalReason = Message<"order">["reason"];

export type RoomEvent =
  /** An order has traded `qty` in all; `value` is the sum of price times quantity. */
  | { type: "filled"; orderId: number; inst: number; side: Side; qty: number; value: number }
  /** A request was refused: by the exchange, or without a code before it was sent. */
  | {
      type: "refused";
      code?: ErrorCode;
      message: string;
      inst?: number | null;
      price?: number | null;
    }
  /** Own orders were removed from the book. */
  | { type: "cancelled"; count: number; reason: RemovalReason }
  /** The line dropped before the reply to an order, and it has turned out that the exchange accepted it. */
  | { type: "accepted" }
  | { type: "halted" | "resumed"; insts: readonly number[] }
  /**
   * `others`: number of options that settled with it. `payout`: that of all together; null for a user without
   * positions.
   */
  | { type: "settled"; inst: number; value: number; others: number; payout: number | null }
  /** The host has stopped the user's trading, or allows it again. */
  | { type: "killed" | "revived" }
  /** `timeUp`: the session has paused at its end, and not by the host. */
  | { type: "session"; state: Session["state"]; timeUp: boolean }
  | { type: "lens"; lens: LensSetting }
  | { type: "news"; text: string }
  /** A sentence of a screen. */
  | { type: "remark"; text: string };

/** The event of a refusal, with the instrument and price of its request, where it is to be shown. */
export function refused({ code, message }: Message<"error">, request?: Request): RoomEvent {
  const inst = request && "inst" in request ? (request.inst ?? null) : null;
  const price = request && "price" in request ? (request.price ?? null) : null;
  return { type: "refused", code, message, inst, price };
}
