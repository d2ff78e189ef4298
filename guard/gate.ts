/**
 * How much is asked of the runtime at a time, in all and by address. What is beyond waits its turn, addresses by turns: so
 * whoever asks for a thousand things at once waits for them, and nobody else does. Knows no request.
 */

/** Calls it to let the next one through; more than once is no mistake. */
export type Leave = () => void;

export class Gate {
  readonly #most: number;
  readonly #mostByAddress: number;
  readonly #inside = new Map<string, number>();
  /** Who waits, by address. The address whose turn it is comes first. */
  readonly #waiting = new Map<string, Set<(leave: Leave) => void>>();
  #all = 0;

  constructor(most: number, mostByAddress: number) {
    this.#most = most;
    this.#mostByAddress = mostByAddress;
  }

  /** How many are through and have not left. */
  get inside(): number {
    return this.#all;
  }

  /**
   * @param go is called as soon as there is room, maybe at once
   * @returns gives the place in the queue up
   */
  enter(address: string, go: (leave: Leave) => void): () => void {
    if (this.#hasRoom(address)) {
      this.#let(address, go);
      return () => {};
    }
    const queue = this.#waiting.get(address) ?? new Set();
    this.#waiting.set(address, queue.add(go));
    return () => {
      queue.delete(go);
      if (queue.size === 0 && this.#waiting.get(address) === queue) this.#waiting.delete(address);
    };
  }

  #hasRoom(address: string): boolean {
    return this.#all < this.#most && (this.#inside.get(address) ?? 0) < this.#mostByAddress;
  }

  #let(address: string, go: (leave: Leave) => void): void {
    this.#all++;
    this.#inside.set(address, (this.#inside.get(address) ?? 0) + 1);
    let hasLeft = false;
    go(() => {
      if (hasLeft) return;
      hasLeft = true;
      this.#all--;
      const left = (this.#inside.get(address) ?? 0) - 1;
      if (left > 0) this.#inside.set(address, left);
      else this.#inside.delete(address);
      this.#next();
    });
  }

  #next(): void {
    for (const [address, queue] of this.#waiting) {
      if (this.#all >= this.#most) return;
      if (!this.#hasRoom(address)) continue;
      const [go] = queue;
      this.#waiting.delete(address);
      if (go === undefined) continue;
      queue.delete(go);
      // To the end of the line of addresses.
      if (queue.size > 0) this.#waiting.set(address, queue);
      return this.#let(address, go);
    }
  }
}
