/** Events to be told to a user, as data: the screens put them into words. */

import type {
  ErrorCode,
  LensSetting,
  Message,
  Request,
  Scoring,
  Session,
  SettlementResult,
  Side,
} from "#protocol";

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
   * `others`: number of options that settled with it. `result`: the user's, in all of them; null for a user who has not
   * traded in them.
   */
  | {
      type: "settled";
      inst: number;
      value: number;
      others: number;
      corrected: boolean;
      result: SettlementResult | null;
    }
  /** The host has stopped the user's trading, or allows it again. */
  | { type: "killed" | "revived" }
  /** `timeUp`: the session has paused at its end, and not by the host. */
  | { type: "session"; state: Session["state"]; timeUp: boolean }
  | { type: "lens"; lens: LensSetting }
  | { type: "scoring"; scoring: Scoring }
  /** `isPrivate`: it was sent to the user and not to everybody. */
  | { type: "news"; text: string; isPrivate?: boolean }
  /** New instruments. */
  | { type: "listed"; insts: readonly number[] }
  /** An instrument has another symbol. */
  | { type: "symbol_changed"; inst: number; from: string }
  | { type: "tick"; inst: number; tick: number }
  /** A sentence of a screen. */
  | { type: "remark"; text: string };

/** The event of a refusal, with the instrument and price of its request, where it is to be shown. */
export function refused({ code, message }: Message<"error">, request?: Request): RoomEvent {
  const inst = request && "inst" in request ? (request.inst ?? null) : null;
  const price = request && "price" in request ? (request.price ?? null) : null;
  return { type: "refused", code, message, inst, price };
}
