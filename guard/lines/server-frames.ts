/**
 * Walks over the frames that a room sends: finds the close frame, which the guard sends itself, and before an admission
 * the start of each message. Keeps at most a header and the payload of a close frame, and takes frames for well formed.
 */

import { admissionLength } from "../../edge/switchboard.ts";

const closeOpcode = 8;

/** Hears messages before an admission. */
export interface Listener {
  /** Hears that a message has ended. @param start its first characters */
  answered(start: string): void;
}

export class ServerFrames {
  /** Code and reason of the close frame; null: none has come. */
  closed: { code: number; reason: string } | null = null;

  readonly #header = Buffer.alloc(10);
  #headerHas = 0;
  #left = 0;
  #first = 0;
  #payload: Buffer | null = null;
  #payloadHas = 0;
  readonly #start = Buffer.alloc(admissionLength);
  #startHas = 0;

  /** True between frames, where another one may be inserted. */
  get isBetween(): boolean {
    return this.#left === 0 && this.#headerHas === 0 && this.#payload === null;
  }

  get #isData(): boolean {
    return (this.#first & 15) < closeOpcode;
  }

  /** @returns bytes of the chunk that go on to the client: all, or those before the close frame */
  take(chunk: Buffer, listener: Listener | null): number {
    if (this.closed !== null) return 0;
    const { length } = chunk;
    let at = 0;
    let pass = this.#payload === null ? length : 0;
    while (at < length && this.closed === null) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, length - at);
        if (this.#payload !== null)
          this.#payloadHas += chunk.copy(this.#payload, this.#payloadHas, at, at + step);
        else if (listener !== null && this.#startHas < admissionLength && this.#isData)
          this.#startHas += chunk.copy(this.#start, this.#startHas, at, at + step);
        this.#left -= step;
        at += step;
        if (this.#left === 0) this.#endFrame(listener);
        continue;
      }
      const headerAt = at;
      const first = this.#headerHas > 0 ? (this.#header[0] as number) : (chunk[at] as number);
      at += this.#readHeader(chunk, at);
      if ((first & 15) === closeOpcode) pass = Math.min(pass, headerAt);
      if (this.#headerHas > 0) break;
      if ((first & 15) === closeOpcode) {
        this.#payload = Buffer.alloc(this.#left);
        this.#payloadHas = 0;
      }
      if (this.#left === 0) this.#endFrame(listener);
    }
    return pass;
  }

  /** Reads a header, or the part of it that is there. @returns how many bytes */
  #readHeader(chunk: Buffer, from: number): number {
    let at = from;
    if (this.#headerHas === 0 && chunk.length - from >= 10) {
      this.#first = chunk[from] as number;
      return this.#readLength(chunk, from);
    }
    while (at < chunk.length && (this.#headerHas < 2 || this.#headerHas < sizeOf(this.#header)))
      this.#header[this.#headerHas++] = chunk[at++] as number;
    if (this.#headerHas < 2 || this.#headerHas < sizeOf(this.#header)) return at - from;
    this.#first = this.#header[0] as number;
    this.#readLength(this.#header, 0);
    this.#headerHas = 0;
    return at - from;
  }

  #readLength(bytes: Buffer, at: number): number {
    const short = (bytes[at + 1] as number) & 127;
    if (short < 126) {
      this.#left = short;
      return 2;
    }
    if (short === 126) {
      this.#left = bytes.readUInt16BE(at + 2);
      return 4;
    }
    this.#left = bytes.readUInt32BE(at + 2) * 2 ** 32 + bytes.readUInt32BE(at + 6);
    return 10;
  }

  #endFrame(listener: Listener | null): void {
    if (this.#payload !== null) {
      const isEmpty = this.#payload.length < 2;
      const code = isEmpty ? 1005 : this.#payload.readUInt16BE(0);
      this.closed = { code, reason: isEmpty ? "" : this.#payload.toString("utf8", 2) };
      this.#payload = null;
      return;
    }
    if (!this.#isData || this.#first < 128) return;
    const start = this.#start.toString("latin1", 0, this.#startHas);
    this.#startHas = 0;
    listener?.answered(start);
  }
}

function sizeOf(header: Buffer): number {
  const short = (header[1] as number) & 127;
  return short < 126 ? 2 : short === 126 ? 4 : 10;
}

/** Encodes a close frame. @param isMasked as a client sends it */
export function closeFrame(code: number, reason: string, isMasked: boolean): Buffer {
  const said = code === 1005 ? Buffer.alloc(0) : Buffer.from(`\0\0${reason}`).subarray(0, 125);
  if (said.length > 0) said.writeUInt16BE(code, 0);
  const head = [0x88, (isMasked ? 0x80 : 0) | said.length, ...(isMasked ? [0, 0, 0, 0] : [])];
  return Buffer.concat([Buffer.from(head), said]);
}
