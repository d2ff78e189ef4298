/**
 * How much is asked of the runtime at a time, in all and by address. What is beyond waits its turn, addresses by turns: so
 * whoever asks for a thousand things at once waits for them, and nobody else does. What has just been let through keeps
 * the runtime's one thread busy; what stays longer waits for a disk or another object, and is counted apart. Knows no
 * request.
 */

/** Calls it to let the next one through; more than once is no mistake. */
export type Leave = () => void;

/** How many may be inside, in all and from one address. */
export interface PlaceLimits {
  all: number;
  byAddress: number;
}

/** Counts in all and by address. */
class Places {
  #all = 0;
  readonly #byAddress = new Map<string, number>();
  readonly #limits: PlaceLimits;

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  get all(): number {
    return this.#all;
  }

  get isFull(): boolean {
    return this.#all >= this.#limits.all;
  }

  isFree(address: string): boolean {
    return !this.isFull && (this.#byAddress.get(address) ?? 0) < this.#limits.byAddress;
  }

  /** @returns gives the place back; more than once is no mistake */
  take(address: string): () => void {
    this.#all++;
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#all--;
      const left = (this.#byAddress.get(address) ?? 0) - 1;
      if (left > 0) this.#byAddress.set(address, left);
      else this.#byAddress.delete(address);
    };
  }
}

export class Gate {
  readonly #inside: Places;
  readonly #begun: Places;
  readonly #begunMs: number;
  /** Who waits, by address. The address whose turn it is comes first. */
  readonly #waiting = new Map<string, Set<(leave: Leave) => void>>();

  /**
   * @param inside has room for those that have not left
   * @param begun has room for those of them that came in less than `ms` ago; unless said, they are not counted
   */
  constructor(
    inside: PlaceLimits,
    begun: PlaceLimits & { ms: number } = { all: Infinity, byAddress: Infinity, ms: 0 },
  ) {
    this.#inside = new Places(inside);
    this.#begun = new Places(begun);
    this.#begunMs = begun.ms;
  }

  /** How many are through and have not left. */
  get inside(): number {
    return this.#inside.all;
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
    return this.#inside.isFree(address) && this.#begun.isFree(address);
  }

  #let(address: string, go: (leave: Leave) => void): void {
    const leave = this.#inside.take(address);
    const settle = this.#begun.take(address);
    const timer = setTimeout(() => {
      settle();
      this.#next();
    }, this.#begunMs);
    go(() => {
      clearTimeout(timer);
      settle();
      leave();
      this.#next();
    });
  }

  #next(): void {
    for (const [address, queue] of this.#waiting) {
      if (this.#inside.isFull || this.#begun.isFull) return;
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
