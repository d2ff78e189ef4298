/**
 * A table's part of the file, planned with one reading of its rows and written with another: the
 * interior pages from the root down, then the leaves. Between the two the plan is all that is kept.
 * Source: https://www.sqlite.org/fileformat2.html, 1.6 (b-tree pages).
 */

import { cutIntoLeaves, renderLeaf, type Leaf, type SqlRows } from "./leaves.ts";
import { CELL_POINTER, INTERIOR_HEADER, PAGE_POINTER, pageNumber } from "./pages.ts";
import { putVarint, varintSize } from "./record.ts";

const TABLE_INTERIOR = 0x05;

export interface SqlTable {
  name: string;
  /** Its CREATE TABLE, as `sqlite_schema` shows it. Nothing in it may need an index. */
  sql: string;
  /** All rows, rowids ascending; the same ones whenever it is called. */
  rows: () => SqlRows;
}

/** Three numbers a leaf: all that has to be known of the rows to number the pages. */
export interface TablePlan {
  lastRowids: number[];
  /** The beginning of each leaf, in pages behind the first; at the end, how many pages all of them take. */
  starts: number[];
  /** Bytes of each leaf's cells. */
  contents: number[];
}

/** Reads all rows and remembers how they are cut into leaves. */
export async function planTable(table: SqlTable, pageSize: number): Promise<TablePlan> {
  const plan: TablePlan = { lastRowids: [], starts: [0], contents: [] };
  let end = 0;
  for await (const leaf of leavesOf(table, pageSize)) {
    end += 1 + leaf.overflow;
    plan.starts.push(end);
    plan.lastRowids.push(lastRowid(leaf));
    plan.contents.push(leaf.content);
  }
  return plan;
}

/** Number of pages that the planned table takes, its interior pages first. */
export function pagesOf(plan: TablePlan, pageSize: number): number {
  return interiorPagesOf(plan, pageSize) + (plan.starts.at(-1) ?? 0);
}

/**
 * The table's pages in the order of their numbers.
 * @param root place of its first page, the root
 * @throws Error where the rows are not those of the plan
 */
export async function* renderTable(
  table: SqlTable,
  plan: TablePlan,
  root: number,
  pageSize: number,
): AsyncGenerator<Uint8Array> {
  yield* renderInterior(plan, root, pageSize);
  const firstLeaf = root + interiorPagesOf(plan, pageSize);
  let index = 0;
  for await (const leaf of leavesOf(table, pageSize)) {
    if (!isPlanned(leaf, plan, index)) throw changed(table);
    yield* renderLeaf(leaf, firstLeaf + (plan.starts[index] ?? 0), pageSize);
    index++;
  }
  if (index !== plan.contents.length) throw changed(table);
}

async function* leavesOf(table: SqlTable, pageSize: number): AsyncGenerator<Leaf> {
  try {
    yield* cutIntoLeaves(table.rows(), pageSize);
  } catch (cause) {
    throw new Error(`the rows of ${table.name} cannot be written to an SQLite file`, { cause });
  }
}

function isPlanned(leaf: Leaf, plan: TablePlan, index: number): boolean {
  const [start = 0, next] = plan.starts.slice(index, index + 2);
  return (
    plan.lastRowids[index] === lastRowid(leaf) &&
    plan.contents[index] === leaf.content &&
    next === start + 1 + leaf.overflow
  );
}

function changed(table: SqlTable): Error {
  return new Error(`the rows of ${table.name} changed while the file was written`);
}

function lastRowid(leaf: Leaf): number {
  return leaf.rows.at(-1)?.rowid ?? 0;
}

/** Number of pages of each level: the leaves first, the root last. A level's pages share those below evenly. */
function levelsOf(plan: TablePlan, pageSize: number): number[] {
  const longest = PAGE_POINTER + varintSize(plan.lastRowids.at(-1) ?? 0) + CELL_POINTER;
  // The last child has no cell: the header points to it.
  const fanOut = Math.floor((pageSize - INTERIOR_HEADER) / longest) + 1;
  const levels = [plan.contents.length];
  for (let count = plan.contents.length; count > 1; levels.push(count))
    count = Math.ceil(count / fanOut);
  return levels;
}

function interiorPagesOf(plan: TablePlan, pageSize: number): number {
  const [, ...interior] = levelsOf(plan, pageSize);
  return interior.reduce((sum, count) => sum + count, 0);
}

function* renderInterior(plan: TablePlan, root: number, pageSize: number): Generator<Uint8Array> {
  const levels = levelsOf(plan, pageSize);
  let below = root;
  for (let level = levels.length - 1; level > 0; level--) {
    below += levels[level] ?? 0;
    for (let index = 0; index < (levels[level] ?? 0); index++) {
      const children = childrenOf(levels, level, index).map((child) => ({
        place: below + (level === 1 ? (plan.starts[child] ?? 0) : child),
        lastRowid: plan.lastRowids[lastLeafOf(levels, level - 1, child)] ?? 0,
      }));
      yield renderInteriorPage(children, pageSize);
    }
  }
}

/** Which pages of the level below are the children of a page. */
function childrenOf(levels: number[], level: number, index: number): number[] {
  const first = firstChild(levels, level, index);
  const count = firstChild(levels, level, index + 1) - first;
  return Array.from({ length: count }, (_, offset) => first + offset);
}

function firstChild(levels: number[], level: number, index: number): number {
  return Math.floor((index * (levels[level - 1] ?? 0)) / (levels[level] ?? 1));
}

/** The last leaf below a page. */
function lastLeafOf(levels: number[], level: number, index: number): number {
  let leaf = index;
  for (let at = level; at > 0; at--) leaf = firstChild(levels, at, leaf + 1) - 1;
  return leaf;
}

/** Each cell has a child and the largest rowid below it; the last child stands in the header. */
function renderInteriorPage(
  children: { place: number; lastRowid: number }[],
  pageSize: number,
): Uint8Array {
  const page = new Uint8Array(pageSize);
  const view = new DataView(page.buffer);
  let end = pageSize;
  for (const [index, { place, lastRowid: rowid }] of children.slice(0, -1).entries()) {
    end -= PAGE_POINTER + varintSize(rowid);
    view.setUint32(end, pageNumber(place, pageSize));
    putVarint(page, end + PAGE_POINTER, rowid);
    view.setUint16(INTERIOR_HEADER + CELL_POINTER * index, end);
  }
  page[0] = TABLE_INTERIOR;
  view.setUint16(3, children.length - 1);
  view.setUint16(5, end);
  view.setUint32(8, pageNumber(children.at(-1)?.place ?? 0, pageSize));
  return page;
}
