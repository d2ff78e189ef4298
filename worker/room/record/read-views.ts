/** Who reads which state of the session's tables: each open view is shared by all who came after the same entry. */

import type { growingTables } from "./statements.ts";

/** The tables as they stood after an entry. */
export interface ReadView {
  readonly n: number;
  /** The last keys of the tables that grow. */
  readonly last: Readonly<Record<(typeof growingTables)[number], number>>;
}

export class ReadViews {
  /** How many read each open view. */
  readonly #readers = new Map<ReadView, number>();

  /** Opens the view after entry `n` once more. @param make it, if nobody has it open */
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

  /** How many are open. */
  get size(): number {
    return this.#readers.size;
  }

  /** The entries after which views are open. */
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
