/** Numbers as 32-bit words of linear memory. */

const INT32_MAX = 0x7fff_ffff;
const INT32_MIN = -0x8000_0000;
const { isInteger } = Number;

/** One more than the largest word. */
export const WORD = 2 ** 32;

/** Reads a word, which is there as far as the engine's own addresses lead. */
export function word(words: Int32Array, at: number): number {
  return words[at] as number;
}

/** Integers past 32 bits become the outermost one, which lies outside every range that the engine accepts. */
export function clampToWord(value: number): number {
  return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value;
}

/** A number that is no id becomes 0, which is nobody's. */
export function toId(value: number): number {
  return value >>> 0 === value ? value : 0;
}

/** Takes up to four at a time: rest parameters would allocate. */
export function areIntegers(a: number, b = 0, c = 0, d = 0): boolean {
  return isInteger(a) && isInteger(b) && isInteger(c) && isInteger(d);
}
