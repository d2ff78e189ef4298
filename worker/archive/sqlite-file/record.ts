/**
 * One row as SQLite stores it: a header of serial types, then the values. Knows no pages.
 * Source: https://www.sqlite.org/fileformat2.html, 1.6 (varints) and 2.1 (the record format).
 */

/** A column's value. Text goes in as UTF-8, a lone surrogate as U+FFFD. */
export type SqlCell = string | number | null;

const FLOAT = 7;
/** Bytes of a value by its serial type, for those below the texts. 8 and 9 are the values 0 and 1 themselves. */
const fixedSizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;
/** Serial types of integers and how many values each side of zero they reach. */
const integerTypes = [
  [1, 2 ** 7],
  [2, 2 ** 15],
  [3, 2 ** 23],
  [4, 2 ** 31],
  [5, 2 ** 47],
] as const;

/** Bytes of a varint. @param value not negative, at most 2^53-1 */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

/** Writes the varint, most significant bits first, and returns where it ends. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  const end = at + varintSize(value);
  let rest = value;
  for (let index = end - 1; index >= at; index--) {
    bytes[index] = (rest % 0x80) | (index === end - 1 ? 0 : 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return end;
}

/** Bytes of the record of these cells. */
export function recordSize(cells: readonly SqlCell[]): number {
  let header = 0;
  let content = 0;
  for (const cell of cells) {
    const type = serialType(cell);
    header += varintSize(type);
    content += valueSize(type);
  }
  return headerSize(header) + content;
}

/** The record of these cells: `recordSize` bytes. */
export function encodeRecord(cells: readonly SqlCell[]): Uint8Array {
  const types = cells.map(serialType);
  const header = headerSize(types.reduce((sum, type) => sum + varintSize(type), 0));
  const bytes = new Uint8Array(types.reduce((sum, type) => sum + valueSize(type), header));
  let at = putVarint(bytes, 0, header);
  for (const type of types) at = putVarint(bytes, at, type);
  const encoder = new TextEncoder();
  for (const [index, type] of types.entries()) {
    const cell = cells[index] ?? null;
    const size = valueSize(type);
    if (typeof cell === "string") encoder.encodeInto(cell, bytes.subarray(at));
    else if (type === FLOAT) new DataView(bytes.buffer).setFloat64(at, cell ?? 0);
    else putInteger(bytes, at, cell ?? 0, size);
    at += size;
  }
  return bytes;
}

/**
 * A whole number is stored as an integer in a REAL column too, as SQLite itself does; it is read
 * back as a REAL there.
 * @throws RangeError for NaN and the infinities, which no cell of ours may hold.
 */
function serialType(cell: SqlCell): number {
  if (cell === null) return 0;
  if (typeof cell === "string") return 13 + 2 * utf8Size(cell);
  if (!Number.isFinite(cell)) throw new RangeError(`a cell of the export is ${cell}`);
  if (!Number.isSafeInteger(cell)) return FLOAT;
  if (cell === 0 || cell === 1) return 8 + cell;
  for (const [type, reach] of integerTypes) if (cell >= -reach && cell < reach) return type;
  return 6;
}

function valueSize(type: number): number {
  return fixedSizes[type] ?? (type - 13) / 2;
}

/** The header counts itself: `types` bytes of serial types, and the varint of the sum. */
function headerSize(types: number): number {
  const size = types + varintSize(types);
  return types + varintSize(size);
}

/** Two's complement, most significant byte first. */
function putInteger(bytes: Uint8Array, at: number, value: number, size: number): void {
  let rest = value;
  for (let index = at + size - 1; index >= at; index--) {
    const higher = Math.floor(rest / 0x100);
    bytes[index] = rest - higher * 0x100;
    rest = higher;
  }
}

/** Bytes that TextEncoder makes of the text, without making them. */
function utf8Size(text: string): number {
  let size = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    size += unit < 0x800 ? 1 : 2;
    // A pair is two units and four bytes; a surrogate alone becomes U+FFFD, of three.
    if (unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(index + 1))) index++;
  }
  return size;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
