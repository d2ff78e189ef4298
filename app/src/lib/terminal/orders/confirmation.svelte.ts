/**
 * The question before an unusual order: the second press of the same thing within two seconds is its confirmation.
 * Knows presses, and no orders.
 */

import type { Side } from "#protocol";

/** Time in which the second press counts. */
export const CONFIRM_MS = 2_000;
/** Time after the first press in which the second click of a double click does not count. */
const DOUBLE_CLICK_MS = 300;

export interface Asked {
  /** The thing that was pressed, as text. */
  readonly key: string;
  /** The reason in words. */
  readonly text: string;
  readonly inst: number;
  readonly side: Side;
  readonly price: number | null;
}

interface Waiting extends Asked {
  /** Time of the first press, by `performance.now()`. */
  readonly since: number;
}

export class Confirmation {
  /** The presses that wait for their second, the newest last: one press may be several orders. */
  waiting = $state.raw<readonly Waiting[]>([]);
  /** The click under way is a further one of a multiple click. */
  #isMultiple = false;

  /** The newest press that waits for its second; null: none. */
  get newest(): Asked | null {
    return this.waiting.at(-1) ?? null;
  }

  /** Notes the `detail` of a click before anything is made of it; 0: of a key. */
  noteClick(detail: number): void {
    this.#isMultiple = detail > 1;
  }

  /** @returns whether the press counts as the second one; if not, it has become the first */
  presses(asked: Asked): boolean {
    const now = performance.now();
    const first = this.waiting.find(({ key }) => key === asked.key);
    if (first !== undefined) {
      if (this.#isMultiple && now - first.since < DOUBLE_CLICK_MS) return false;
      this.#forget(first);
      return true;
    }
    const waiting = { ...asked, since: now };
    this.waiting = [...this.waiting, waiting];
    setTimeout(() => this.#forget(waiting), CONFIRM_MS);
    return false;
  }

  drop(): void {
    this.waiting = [];
  }

  #forget(waiting: Waiting): void {
    this.waiting = this.waiting.filter((other) => other !== waiting);
  }
}
