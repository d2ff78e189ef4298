/**
 * Walks over the frames that a client sends, chunk by chunk, and says which bytes go on to the room. Keeps at most one
 * frame's header or one close frame, unmasks only the close frame's code and copies nothing else: passed bytes are
 * parts of the chunk. In place of a message too large for any room it passes a small one that the room refuses in the
 * same words. Source: RFC 6455, section 5.
 */

import { closeCode } from "../../protocol/errors.ts";
import { guardLimits } from "../limits.ts";

const { messageBytes, fragments, swallowedBytes, unitBytes } = guardLimits;

const opcode = { continuation: 0, text: 1, binary: 2, close: 8, pong: 10 } as const;

/** Receives the bytes that pass: parts of frames, in order. @param isControl they belong to a control frame */
export type Pass = (bytes: Buffer, isControl: boolean) => void;

export class ClientFrames {
  /** Close code for the client's breach of the protocol; null: there was none. */
  fault: number | null = null;
  /** The client has sent a close frame; nothing behind it counts. */
  isClosing = false;
  /** A message ended where `take` stopped. */
  hasMessage = false;
  /** Units of the bytes that the last `take` took. */
  cost = 0;

  readonly #header = Buffer.alloc(14);
  /** Bytes of a header that is not whole yet. */
  #headerHas = 0;
  /** Bytes of this frame's payload that are still to come. */
  #left = 0;
  #opcode = 0;
  #isLast = false;
  /** This frame's payload is dropped. */
  #isSwallowing = false;
  /** Opcode of the message under way; 0: none is. */
  #message = 0;
  #messageBytes = 0;
  #messageFrames = 0;
  /** The message under way is refused; another one is passed in its place. */
  #isRefused = false;
  #swallowed = 0;
  /** Frame that is passed in place of the refused message. */
  #standIn: Buffer | null = null;
  /** Close frame under way, header first: it goes on whole, once its code has been read. */
  #closeFrame: Buffer[] | null = null;

  /**
   * @param most units: no frame begins beyond them
   * @param oneMessage stops behind the first message, and passes each frame by itself
   * @returns bytes taken; the others belong to a later call
   */
  take(chunk: Buffer, most: number, oneMessage: boolean, pass: Pass): number {
    const { length } = chunk;
    /** Start of the bytes that pass and have not been passed yet. */
    let from = 0;
    let at = 0;
    this.cost = 0;
    this.hasMessage = false;
    while (at < length && this.fault === null) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, length - at);
        this.#left -= step;
        at += step;
        this.cost += step / unitBytes;
        if (this.#isSwallowing) {
          from = at;
          if (this.#closeFrame !== null)
            this.#closeFrame.push(Buffer.from(chunk.subarray(at - step, at)));
          else {
            this.#swallowed += step;
            if (this.#swallowed > swallowedBytes) this.fault = closeCode.tooLarge;
          }
        }
        if (this.#left === 0) {
          const isControl = this.#endFrame(pass);
          if (oneMessage) {
            if (from < at) pass(chunk.subarray(from, at), isControl);
            from = at;
          }
          if (oneMessage && this.hasMessage) break;
        }
        continue;
      }
      if (this.isClosing || this.cost >= most) break;
      const headerAt = at;
      const size = sizeOfHeader(chunk, at);
      const isWhole = this.#headerHas === 0 && size <= length - at;
      if (isWhole) {
        at += size;
        this.#begin(chunk, headerAt);
      } else {
        if (from < headerAt) pass(chunk.subarray(from, headerAt), false);
        at += this.#collect(chunk, at);
        from = at;
        if (this.#headerHas > 0 && this.#headerHas < sizeOfHeader(this.#header, 0, this.#headerHas))
          break;
        this.#begin(this.#header, 0);
      }
      this.cost += 1;
      if (this.fault !== null) {
        if (isWhole && from < headerAt) pass(chunk.subarray(from, headerAt), false);
        return at;
      }
      if (this.#isSwallowing) {
        if (isWhole && from < headerAt) pass(chunk.subarray(from, headerAt), false);
        from = at;
        const standIn = this.#standIn;
        this.#standIn = null;
        if (standIn !== null) {
          pass(standIn, false);
          this.hasMessage = true;
        }
      } else if (!isWhole)
        pass(Buffer.from(this.#header.subarray(0, this.#headerHas)), this.#opcode >= opcode.close);
      this.#headerHas = 0;
      if (this.#left === 0) {
        const isControl = this.#endFrame(pass);
        if (oneMessage) {
          if (from < at) pass(chunk.subarray(from, at), isControl);
          from = at;
        }
      }
      if (oneMessage && this.hasMessage) break;
    }
    if (from < at) pass(chunk.subarray(from, at), this.#opcode >= opcode.close);
    return at;
  }

  /** Takes bytes for a header that comes in pieces. @returns how many */
  #collect(chunk: Buffer, at: number): number {
    let taken = 0;
    while (at + taken < chunk.length) {
      const has = this.#headerHas;
      if (has >= 2 && has >= sizeOfHeader(this.#header, 0, has)) break;
      this.#header[has] = chunk[at + taken] as number;
      this.#headerHas++;
      taken++;
    }
    return taken;
  }

  /** Decides on a frame whose header is whole. */
  #begin(bytes: Buffer, at: number): void {
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    this.#opcode = first & 15;
    this.#isLast = first >= 128;
    this.#isSwallowing = false;
    const short = second & 127;
    const length =
      short < 126
        ? short
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6);
    this.#left = length;
    const isMasked = second >= 128;
    const isReserved = (first & 0x70) !== 0 || !isKnown(this.#opcode);
    if (isReserved || !isMasked || !isSaidShortest(short, length))
      this.fault = closeCode.protocolError;
    else if (this.#opcode >= opcode.close) {
      if (!this.#isLast || length > 125) this.fault = closeCode.protocolError;
      else if (this.#opcode === opcode.close) {
        this.#isSwallowing = true;
        this.#closeFrame = [Buffer.from(bytes.subarray(at, at + sizeOfHeader(bytes, at)))];
      }
    } else this.#beginData(length);
  }

  #beginData(length: number): void {
    const isFirst = this.#opcode !== opcode.continuation;
    if (isFirst !== (this.#message === 0)) {
      this.fault = closeCode.protocolError;
      return;
    }
    if (isFirst) {
      this.#message = this.#opcode;
      this.#messageBytes = 0;
      this.#messageFrames = 0;
    }
    this.#messageBytes += length;
    this.#messageFrames++;
    if (this.#isRefused) this.#isSwallowing = true;
    else if (this.#messageBytes > messageBytes || this.#messageFrames > fragments) {
      this.#isSwallowing = true;
      this.#isRefused = true;
      this.#swallowed = 0;
      this.#standIn = isFirst && this.#message === opcode.binary ? emptyBinary : tooLong(isFirst);
    }
  }

  /** @returns true if it was a control frame */
  #endFrame(pass: Pass): boolean {
    if (this.#closeFrame !== null) {
      const frame = Buffer.concat(this.#closeFrame);
      this.#closeFrame = null;
      // The runtime logs a line for each invalid code.
      if (!isClose(frame)) this.fault = closeCode.protocolError;
      else {
        this.isClosing = true;
        pass(frame, true);
      }
      return true;
    }
    if (this.#opcode >= opcode.close) return true;
    if (!this.#isLast) return false;
    // For the room a refused message has ended with the one in its place.
    this.hasMessage ||= !this.#isRefused;
    this.#message = 0;
    this.#isRefused = false;
    return false;
  }
}

/** Size of the header at this place, as far as `has` bytes tell; at least 2. */
function sizeOfHeader(bytes: Buffer, at: number, has = bytes.length - at): number {
  if (has < 2) return 2;
  const second = bytes[at + 1] as number;
  const short = second & 127;
  return 2 + (short < 126 ? 0 : short === 126 ? 2 : 8) + (second >= 128 ? 4 : 0);
}

/** True if a whole close frame has no code, or one that may be sent. Source: RFC 6455, section 7.4. */
function isClose(frame: Buffer): boolean {
  const size = sizeOfHeader(frame, 0);
  const payload = frame.subarray(size);
  if (payload.length === 0) return true;
  if (payload.length === 1) return false;
  const code = payload.readUInt16BE(0) ^ frame.readUInt16BE(size - 4);
  const isOfProtocol = code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code);
  return isOfProtocol || (code >= 3000 && code <= 4999);
}

/** True if a length is valid and encoded in as few bytes as possible. Source: RFC 6455, section 5.2. */
function isSaidShortest(short: number, length: number): boolean {
  if (short < 126) return true;
  return short === 126 ? length > 125 : length > 65_535 && length <= Number.MAX_SAFE_INTEGER;
}

function isKnown(code: number): boolean {
  return code <= opcode.binary || (code >= opcode.close && code <= opcode.pong);
}

/** Message of one byte more than any room takes: blanks, under a mask of zeros. */
function tooLong(isFirst: boolean): Buffer {
  return isFirst ? longText : longContinuation;
}

function blanks(first: number): Buffer {
  const frame = Buffer.alloc(8 + messageBytes + 1, " ");
  frame.set([first, 0xfe, (messageBytes + 1) >> 8, (messageBytes + 1) & 255, 0, 0, 0, 0]);
  return frame;
}

const longText = blanks(0x80 | opcode.text);
const longContinuation = blanks(0x80 | opcode.continuation);
const emptyBinary = Buffer.from([0x80 | opcode.binary, 0x80, 0, 0, 0, 0]);
