/**
 * An SQLite database file as a stream, first byte to last, from tables that can be read twice. Holds
 * a leaf of rows and three numbers for each leaf. Knows nothing of what the tables mean.
 * Source: https://www.sqlite.org/fileformat2.html, 1.3 (the header), 2.6 (the schema table).
 */

import { renderLeaf } from "./leaves.ts";
import { lockPage, pageNumber } from "./pages.ts";
import { pagesOf, planTable, renderTable, type SqlTable, type TablePlan } from "./table.ts";

export type { SqlTable } from "./table.ts";

/**
 * SQLite's own default: an empty table costs 4 KiB, and no row of ours but the longest texts leaves
 * its leaf. Larger pages would make small files several times as large, and the list of leaves is
 * short as it is.
 */
const PAGE_SIZE = 4_096;

/** Pages go out by this many bytes or some more. */
const CHUNK_BYTES = 65_536;

const HEADER_SIZE = 100;
/** Read and written without a write-ahead log. */
const LEGACY_JOURNAL = 1;
/** The format that knows the values 0 and 1 as serial types. */
const SCHEMA_FORMAT = 4;
const UTF8 = 1;
/** Any value does that is not 0; `version-valid-for` repeats it and so vouches for the page count. */
const CHANGE_COUNTER = 1;
/** The first SQLite that believes the header's page count. */
const SQLITE_VERSION = 3_007_000;

/**
 * The bytes of a database of these tables.
 * @param pageSize a power of two from 512 to 32,768, bytes
 * @throws Error where the rows of a table do not ascend, or are others when they are read again
 */
export async function* sqliteFile(
  tables: readonly SqlTable[],
  pageSize = PAGE_SIZE,
): AsyncGenerator<Uint8Array, undefined> {
  let chunk: Uint8Array[] = [];
  let number = 0;
  for await (const page of pagesInOrder(tables, pageSize)) {
    if (++number === lockPage(pageSize)) {
      chunk.push(new Uint8Array(pageSize));
      number++;
    }
    chunk.push(page);
    if (chunk.length * pageSize < CHUNK_BYTES) continue;
    yield joined(chunk, pageSize);
    chunk = [];
  }
  if (chunk.length > 0) yield joined(chunk, pageSize);
}

async function* pagesInOrder(
  tables: readonly SqlTable[],
  pageSize: number,
): AsyncGenerator<Uint8Array, undefined> {
  const planned: { table: SqlTable; plan: TablePlan; root: number }[] = [];
  let place = 2;
  for (const table of tables) {
    const plan = await planTable(table, pageSize);
    planned.push({ table, plan, root: place });
    place += pagesOf(plan, pageSize);
  }
  yield firstPage(planned, place - 1, pageSize);
  for (const { table, plan, root } of planned) yield* renderTable(table, plan, root, pageSize);
}

/** The file's header and the schema table, which is small enough to be a leaf. */
function firstPage(
  planned: { table: SqlTable; root: number }[],
  pages: number,
  pageSize: number,
): Uint8Array {
  const rows = planned.map(({ table: { name, sql }, root }, index) => ({
    rowid: index + 1,
    cells: ["table", name, name, pageNumber(root, pageSize), sql],
  }));
  const schema = { rows, content: 0, overflow: 0 };
  const [page, ...more] = renderLeaf(schema, 1, pageSize, HEADER_SIZE);
  if (page === undefined || more.length > 0)
    throw new RangeError("the schema does not fit on the first page");
  page.set(new TextEncoder().encode("SQLite format 3\0"));
  const view = new DataView(page.buffer);
  view.setUint16(16, pageSize);
  page.set([LEGACY_JOURNAL, LEGACY_JOURNAL], 18);
  // Fractions of a page that a cell may take, which the format fixes.
  page.set([64, 32, 32], 21);
  view.setUint32(24, CHANGE_COUNTER);
  view.setUint32(28, pageNumber(pages, pageSize));
  // The schema cookie: like the counter, anything but 0.
  view.setUint32(40, 1);
  view.setUint32(44, SCHEMA_FORMAT);
  view.setUint32(56, UTF8);
  view.setUint32(92, CHANGE_COUNTER);
  view.setUint32(96, SQLITE_VERSION);
  return page;
}

function joined(pages: Uint8Array[], pageSize: number): Uint8Array {
  const bytes = new Uint8Array(pages.length * pageSize);
  for (const [index, page] of pages.entries()) bytes.set(page, index * pageSize);
  return bytes;
}
