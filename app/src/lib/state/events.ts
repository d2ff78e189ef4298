/** Events that a person is told of, as data: the screens put them into words. */

import type { ErrorCode, LensSetting, Message, Request, Session, Side } from "#protocol";

/** Reasons for which somebody or something else than the owner ends an order. */
export type RemovalReason = Message<"order">["reason"];

export type RoomEvent =
  /** One order has traded `qty` in all, for `value`: the sum of price times quantity. */
  | { type: "filled"; orderId: number; inst: number; side: Side; qty: number; value: number }
  /** A request was refused, by the exchange or before it was sent (then without a code). */
  | {
      type: "refused";
      code?: ErrorCode;
      message: string;
      inst?: number | null;
      price?: number | null;
    }
  /** Own orders were taken out of the book. */
  | { type: "cancelled"; count: number; reason: RemovalReason }
  /** The line dropped before the answer to an order, and the exchange had accepted it. */
  | { type: "accepted" }
  | { type: "halted" | "resumed"; insts: readonly number[] }
  /** `others`: how many options settled with it. `payout`: of all of them; null for who held none. */
  | { type: "settled"; inst: number; value: number; others: number; payout: number | null }
  /** The host stopped one's trading, or allows it again. */
  | { type: "killed" | "revived" }
  /** `timeUp`: paused by the clock, not by the host. */
  | { type: "session"; state: Session["state"]; timeUp: boolean }
  | { type: "lens"; lens: LensSetting }
  | { type: "news"; text: string }
  /** A screen's own sentence. */
  | { type: "remark"; text: string };

/** Tells of a refusal where its request was made: at its instrument and price. */
export function refused({ code, message }: Message<"error">, request?: Request): RoomEvent {
  const inst = request && "inst" in request ? (request.inst ?? null) : null;
  const price = request && "price" in request ? (request.price ?? null) : null;
  return { type: "refused", code, message, inst, price };
}
