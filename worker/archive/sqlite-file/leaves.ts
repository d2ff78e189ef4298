/**
 * The leaves of a table: which rows share one, and its bytes with those of the overflow pages that
 * follow it. Knows nothing of what is above the leaves.
 * Source: https://www.sqlite.org/fileformat2.html, 1.6 (b-tree pages).
 */

import {
  CELL_POINTER,
  LEAF_HEADER,
  localSize,
  overflowPages,
  overflowRoom,
  PAGE_POINTER,
  pageNumber,
} from "./pages.ts";
import { encodeRecord, putVarint, recordSize, varintSize, type SqlCell } from "./record.ts";

const TABLE_LEAF = 0x0d;

/** A column that is the rowid's other name is null in `cells`. */
export interface SqlRow {
  rowid: number;
  cells: readonly SqlCell[];
}

/** Rows by any number at a time, rowids ascending. */
export type SqlRows = AsyncIterable<Iterable<SqlRow>>;

/** The rows of one leaf. */
export interface Leaf {
  rows: SqlRow[];
  /** Bytes of its cells. */
  content: number;
  /** Number of overflow pages that its rows need. */
  overflow: number;
}

/**
 * Cuts the rows into leaves, each as full as it goes. No rows are one empty leaf.
 * @throws RangeError where rowids do not ascend
 */
export async function* cutIntoLeaves(rows: SqlRows, pageSize: number): AsyncGenerator<Leaf> {
  let leaf: Leaf = { rows: [], content: 0, overflow: 0 };
  let last = -1;
  for await (const some of rows)
    for (const row of some) {
      if (!Number.isSafeInteger(row.rowid) || row.rowid <= last)
        throw new RangeError(`row ${row.rowid} comes after row ${last}`);
      last = row.rowid;
      const payload = recordSize(row.cells);
      const content = cellSize(row.rowid, payload, pageSize);
      if (roomBeside(leaf, pageSize) < content) {
        yield leaf;
        leaf = { rows: [], content: 0, overflow: 0 };
      }
      leaf.rows.push(row);
      leaf.content += content;
      leaf.overflow += overflowPages(payload, pageSize);
    }
  yield leaf;
}

/** Bytes that one more cell may have on the leaf. */
function roomBeside(leaf: Leaf, pageSize: number): number {
  return pageSize - LEAF_HEADER - CELL_POINTER * (leaf.rows.length + 1) - leaf.content;
}

function cellSize(rowid: number, payload: number, pageSize: number): number {
  const local = localSize(payload, pageSize);
  return varintSize(payload) + varintSize(rowid) + local + (local < payload ? PAGE_POINTER : 0);
}

/**
 * The leaf's page and, behind it, its overflow pages.
 * @param place of the leaf; its overflow pages take the next ones
 * @param head bytes at the front of the page that belong to something else: the file's header
 * @throws RangeError where the rows do not fit
 */
export function renderLeaf(leaf: Leaf, place: number, pageSize: number, head = 0): Uint8Array[] {
  const page = new Uint8Array(pageSize);
  const view = new DataView(page.buffer);
  const pages: Uint8Array[] = [page];
  let end = pageSize;
  let pointer = head + LEAF_HEADER;
  for (const { rowid, cells } of leaf.rows) {
    const record = encodeRecord(cells);
    const local = localSize(record.length, pageSize);
    end -= cellSize(rowid, record.length, pageSize);
    if (end < pointer + CELL_POINTER) throw new RangeError("a page has no room for its rows");
    view.setUint16(pointer, end);
    pointer += CELL_POINTER;
    const start = putVarint(page, putVarint(page, end, record.length), rowid);
    page.set(record.subarray(0, local), start);
    if (local === record.length) continue;
    const first = place + pages.length;
    view.setUint32(start + local, pageNumber(first, pageSize));
    pages.push(...renderOverflow(record.subarray(local), first, pageSize));
  }
  page[head] = TABLE_LEAF;
  view.setUint16(head + 3, leaf.rows.length);
  view.setUint16(head + 5, end);
  return pages;
}

/** Each overflow page begins with the number of the next, the last with 0. */
function* renderOverflow(rest: Uint8Array, first: number, pageSize: number): Generator<Uint8Array> {
  const room = overflowRoom(pageSize);
  for (let at = 0, next = first + 1; at < rest.length; at += room, next++) {
    const page = new Uint8Array(pageSize);
    const isLast = at + room >= rest.length;
    new DataView(page.buffer).setUint32(0, isLast ? 0 : pageNumber(next, pageSize));
    page.set(rest.subarray(at, at + room), PAGE_POINTER);
    yield page;
  }
}
