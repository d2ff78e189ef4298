/** Open views of the session's tables. Each is shared by all readers who came after the same entry. */

import type { growingTables } from "./statements.ts";

/** The tables as they stood after an entry. */
export interface ReadView {
  readonly n: number;
  /** The last keys of the tables that grow. */
  readonly last: Readonly<Record<(typeof growingTables)[number], number>>;
}

export class ReadViews {
  /** Number of readers of each open view. */
  readonly #readers = new Map<ReadView, number>();

  /** Opens the view after entry `n`. @param make makes it, if nobody has it open */
  open(n: number, make: () => ReadView): ReadView {
    const view = [...this.#readers.keys()].find((open) => open.n === n) ?? make();
    this.#readers.set(view, (this.#readers.get(view) ?? 0) + 1);
    return view;
  }

  close(view: ReadView): void {
    const readers = this.#readers.get(view) ?? 0;
    if (readers > 1) this.#readers.set(view, readers - 1);
    else this.#readers.delete(view);
  }

  closeAll(): void {
    this.#readers.clear();
  }

  has(view: ReadView): boolean {
    return this.#readers.has(view);
  }

  /** The number of open views. */
  get size(): number {
    return this.#readers.size;
  }

  /** The entries of the open views. */
  get entries(): number[] {
    return [...this.#readers.keys()].map(({ n }) => n);
  }

  get newest(): ReadView | null {
    let newest: ReadView | null = null;
    for (const view of this.#readers.keys())
      if (newest === null || view.n > newest.n) newest = view;
    return newest;
  }
}
