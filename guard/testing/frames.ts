/** Frames for the tests of the walkers, encoded and decoded by code of its own. */

export interface Frame {
  isLast: boolean;
  opcode: number;
  payload: Buffer;
}

/** @param mask null: as a server sends it */
export function encode({ isLast, opcode, payload }: Frame, mask: Buffer | null): Buffer {
  const { length } = payload;
  const bit = mask === null ? 0 : 0x80;
  const head =
    length < 126
      ? Buffer.from([0, bit | length])
      : length < 65_536
        ? Buffer.from([0, bit | 126, length >> 8, length & 255])
        : Buffer.alloc(10);
  if (length >= 65_536) {
    head[1] = bit | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  head[0] = (isLast ? 0x80 : 0) | opcode;
  const masked = mask === null ? payload : payload.map((byte, at) => byte ^ mask[at % 4]!);
  return Buffer.concat([head, mask ?? Buffer.alloc(0), masked]);
}

/** Whole frames of masked bytes, with payloads unmasked. */
export function decode(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    let length = bytes[at + 1]! & 127;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    const mask = bytes.subarray(at, at + 4);
    at += 4;
    const payload = Buffer.from(bytes.subarray(at, at + length)).map(
      (byte, index) => byte ^ mask[index % 4]!,
    );
    if (payload.length !== length) throw new Error("a frame is cut short");
    at += length;
    frames.push({ isLast: first >= 128, opcode: first & 15, payload: Buffer.from(payload) });
  }
  return frames;
}

/** Random numbers out of a seed. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * n);
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}
