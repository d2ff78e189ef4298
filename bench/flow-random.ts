/** The random numbers of the order streams. *Source:* the workload's definition. */

/** xorshift64* in two 32-bit halves: the upper half of each draw. */
export class Random {
  #low: number;
  #high: number;

  constructor(state: bigint) {
    this.#low = Number(BigInt.asIntN(32, state));
    this.#high = Number(BigInt.asIntN(32, state >> 32n));
  }

  hi(): number {
    let low = this.#low;
    let high = this.#high;
    low ^= (low >>> 12) | (high << 20);
    high ^= high >>> 12;
    high ^= (high << 25) | (low >>> 7);
    low ^= low << 25;
    low ^= (low >>> 27) | (high << 5);
    high ^= high >>> 27;
    this.#low = low;
    this.#high = high;
    // Takes the upper word of the state times 0x2545f4914f6cdd1d.
    const carried = upperProduct(low, 0x4f6cdd1d);
    return (carried + Math.imul(high, 0x4f6cdd1d) + Math.imul(low, 0x2545f491)) >>> 0;
  }

  below(n: number): number {
    return scaled(this.hi(), n);
  }
}

/** The upper 32 bits of a product of 32-bit words, by its 16-bit parts. */
function upperProduct(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + Math.floor(middle / 65_536) + (other >>> 16);
}

/** A number below `n` out of a draw. */
export function scaled(hi: number, n: number): number {
  return Math.floor((hi * n) / 2 ** 32);
}
