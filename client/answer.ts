/** Answers to requests as values: what was asked for, or why not. */

import {
  errorText,
  operations,
  type ErrorCode,
  type Message,
  type Op,
  type ReplyTo,
} from "#protocol";

/** The line has ended for good, or was never there. */
export type ClientCode = "GONE" | "STALE";

export interface Refusal {
  readonly ok: false;
  /** One of the protocol's, or of the client: `GONE` (the line has ended), `STALE` (not sent again after a broken line). */
  readonly code: ErrorCode | ClientCode;
  /** A sentence for a person. */
  readonly message: string;
}
export type Answer<O extends Op = Op> =
  { readonly ok: true; readonly reply: ReplyTo<O>; readonly isRepeated: boolean } | Refusal;

const words: Record<ClientCode, string> = {
  GONE: "The line has ended, and the client does not come back by itself.",
  STALE: "The line broke before the answer, and the order has grown old: look at your open orders.",
};
export const refusedBy = (code: ClientCode, message: string = words[code]): Refusal => ({
  ok: false,
  code,
  message,
});

/** Makes an answer of the first message with the request's cid. A refusal inside an acknowledgement is one as well. */
export function answerOf<O extends Op>(op: O, message: Message): Answer<O> {
  if (message.type === "error") return { ok: false, code: message.code, message: message.message };
  if (!operations[op].reply.includes(message.type))
    return refusedBy("GONE", `The answer to ${op} was a ${message.type}.`);
  const isRepeated = "duplicate" in message && message.duplicate === true;
  if ("success" in message && !message.success) {
    const code = codeOf(message);
    if (code !== undefined) return { ok: false, code, message: errorText[code] };
  }
  return { ok: true, reply: message as ReplyTo<O>, isRepeated };
}

function codeOf(message: Message): ErrorCode | undefined {
  switch (message.type) {
    case "quote_ack":
      return message.refused?.bid ?? message.refused?.ask;
    case "cancel_ack":
    case "replace_ack":
      return message.code;
    default:
      return undefined;
  }
}
