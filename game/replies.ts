/** Makes and compares replies to requests. */

import type { Message, Request } from "#protocol";
import type { Unchanged } from "./context.ts";
import type { Rejection } from "./rejection.ts";

/** The fields of a reply that say what became of an order: a replay has to bring them again. */
const outcomeFields = ["type", "order_id", "success", "filled", "leaves", "cancelled", "seq"];

/** Whether two replies say the same of what became of an order. */
export function hasSameOutcome(a: Message, b: Message): boolean {
  const [one, other] = [a, b] as unknown as Record<string, unknown>[];
  return outcomeFields.every((field) => one?.[field] === other?.[field]);
}

/** Makes the answer to a request that has changed nothing. */
export function answerTo(
  outcome: Rejection | Unchanged,
  request: Request,
  ts: number,
  seq: number,
): Message {
  return "code" in outcome
    ? errorMessage(outcome, request)
    : ({ ...outcome.unchanged, ts, seq } as Message);
}

export function withCid(message: Message, cid: string | undefined): Message {
  return cid === undefined ? message : ({ ...message, cid } as Message);
}

export function errorMessage(
  rejection: Rejection,
  request: { op: string; cid?: string | undefined },
): Message<"error"> {
  const { code, message } = rejection;
  const { op, cid } = request;
  return withCid({ type: "error", code, message, op }, cid) as Message<"error">;
}
