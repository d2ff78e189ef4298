/** The last `cid`s that a user has used, with the journal row of each. */

import { limits } from "#protocol";

export class UsedCids {
  readonly #rows = new Map<string, number>();
  /** Ring of the cids: a map finds its oldest key only by walking past all deleted ones. */
  readonly #ring: string[] = [];
  #oldest = 0;

  row(cid: string): number | undefined {
    return this.#rows.get(cid);
  }

  /** @param n the journal row in which it was used */
  use(cid: string, n: number): void {
    const known = this.#rows.size;
    if (this.#rows.set(cid, n).size === known) return;
    if (this.#ring.length < limits.cidsRemembered) {
      this.#ring.push(cid);
      return;
    }
    this.#rows.delete(this.#ring[this.#oldest] as string);
    this.#ring[this.#oldest] = cid;
    this.#oldest = (this.#oldest + 1) % limits.cidsRemembered;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** In the order of use. */
  forEach(look: (cid: string, n: number) => void): void {
    this.#rows.forEach((n, cid) => look(cid, n));
  }
}
