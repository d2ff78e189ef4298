/**
 * Rules that hold on every line, whether it leads to a room or, on `/ws`, to the lobby: malformed frames, requests that
 * come too often, wrong secrets, the time to join, and the answers to all of them. Knows no socket.
 */

import { errorMessage } from "#game/replies.ts";
import {
  closeCode,
  errorText,
  limits,
  type ErrorCode,
  type Message,
  parseRequest,
  type ParsedRequest,
  type Request as ClientRequest,
  TokenBucket,
} from "#protocol";
import type { Ending } from "../edge/switchboard.ts";
import { counted } from "./metrics.ts";

/** The rules of one line: how much it may do before it is closed. */
export class LineRules {
  /** Times of recent malformed frames, Unix ms. */
  #malformed: number[] = [];
  /** Wrong passcodes and tokens so far. */
  #wrongSecrets = 0;
  readonly #others: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(now: number) {
    const { bytesPerSec, bytesAtOnce, otherPerSec } = limits;
    this.#bytes = new TokenBucket({ perSec: bytesPerSec, burst: bytesAtOnce }, now);
    this.#others = new TokenBucket({ perSec: otherPerSec, burst: otherPerSec }, now);
  }

  /** Reads a frame, if the line has not sent too much of late. */
  read(frame: string | ArrayBuffer, now: number): ParsedRequest {
    const size = typeof frame === "string" ? frame.length : frame.byteLength;
    return parseRequest(frame, this.#bytes.take(now, size));
  }

  /** A long answer costs the line as much as several requests. @param size characters */
  answered(size: number): void {
    this.#others.charge(Math.floor(size / limits.answerBytesPerRequest));
  }

  /** Takes one of the requests that have no rate of their own. @returns false if it comes too soon */
  mayAsk(now: number): boolean {
    return this.#others.take(now);
  }

  /** Counts a frame that was refused unread. @returns the line's end, if that was one malformed frame too many */
  refused({ code }: ParsedRequest & { ok: false }, now: number): Ending | null {
    if (code === "RATE_LIMITED") return null;
    const recent = this.#malformed.filter((at) => now - at < limits.malformedWindowMs);
    this.#malformed = [...recent, now];
    if (this.#malformed.length < limits.malformedFrames) return null;
    return { code: closeCode.policyViolation, reason: "Too many malformed frames." };
  }

  /** Counts a wrong passcode or token. @returns the line's end, if that was one too many */
  wrongSecret(): Ending | null {
    if (++this.#wrongSecrets < limits.wrongSecrets) return null;
    return { code: closeCode.policyViolation, reason: "Too many wrong tries." };
  }
}

/** The end of a line that has not joined in time. */
export const tooLate: Ending = {
  code: closeCode.joinTimeout,
  reason: "Join within ten seconds of connecting.",
};

/** Milliseconds that the line may still take to join. @param openedAt when it connected, Unix ms */
export function joinLeftMs(openedAt: number, now: number): number {
  return Math.max(0, openedAt + limits.joinDeadlineMs - now);
}

export function pong({ timestamp, cid }: ClientRequest<"ping">, now: number): Message<"pong"> {
  return {
    type: "pong",
    ...(timestamp === undefined ? {} : { timestamp }),
    server_time: now,
    ...(cid === undefined ? {} : { cid }),
  };
}

/** Makes the refusal of a request, and counts it. */
export function refusal(
  code: ErrorCode,
  request: ClientRequest,
  message: string = errorText[code],
): Message<"error"> {
  counted.rejects.add(code);
  return errorMessage({ code, message }, request);
}

/** Makes the answer to a frame that was refused unread, and counts it. */
export function unreadError(parsed: ParsedRequest & { ok: false }): Message<"error"> {
  const { code, message, op, cid } = parsed;
  counted.rejects.add(code);
  return { type: "error", code, message, op, ...(cid === null ? {} : { cid }) };
}

/** Whether a close code may be sent: some only say that none came, and a client can send any number. */
export function maySay(code: number): boolean {
  return (
    (code >= 3_000 && code < 5_000) ||
    [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012].includes(code)
  );
}
