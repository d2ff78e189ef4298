/** The pace at which sessions are read out of D1, and deleted from it. */

export interface Reading {
  /** Rows of a query or a deletion, so that no answer and no statement of D1 grows with the session. */
  rows: number;
  /** Pieces of the debrief or the log of a query. */
  pieces: number;
  /** Reads or deletes a page, when its turn has come. */
  page<T>(work: () => Promise<T>): Promise<T>;
}

/** Pages where D1 is elsewhere: an invocation may ask it a thousand times. */
export const apart: Reading = { rows: 2_000, pieces: 8, page: (work) => work() };
