/**
 * The numbers of a file's pages and what fits on one. A page is known here by its place: 1 for the
 * first that holds anything, and so on. Its number is the same until the lock-byte page, which
 * SQLite leaves empty, and one more behind it.
 * Source: https://www.sqlite.org/fileformat2.html, 1.2 (pages), 1.4 (lock-byte page), 1.6 (cells), 2.1 (overflow).
 */

/** SQLite locks bytes of the page that begins here, and so never stores anything on it. */
const LOCK_BYTE = 2 ** 30;

/** Header of a leaf; an interior page has four bytes more. */
export const LEAF_HEADER = 8;
export const INTERIOR_HEADER = 12;
/** Bytes of a cell's entry in the list of cells, beside its content. */
export const CELL_POINTER = 2;
/** The number of a page, where a page names another. */
export const PAGE_POINTER = 4;

/** The page's number in the file. */
export function pageNumber(place: number, pageSize: number): number {
  return place < lockPage(pageSize) ? place : place + 1;
}

/** The number of the page that has to stay empty. */
export function lockPage(pageSize: number): number {
  return LOCK_BYTE / pageSize + 1;
}

/** Bytes of a row's record that stay on its leaf; the rest goes to overflow pages. */
export function localSize(payload: number, pageSize: number): number {
  const most = pageSize - 35;
  if (payload <= most) return payload;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const wanted = least + ((payload - least) % overflowRoom(pageSize));
  return wanted <= most ? wanted : least;
}

/** Number of overflow pages that the record of a row needs. */
export function overflowPages(payload: number, pageSize: number): number {
  return Math.ceil((payload - localSize(payload, pageSize)) / overflowRoom(pageSize));
}

/** Bytes of a record on one overflow page. */
export function overflowRoom(pageSize: number): number {
  return pageSize - PAGE_POINTER;
}
