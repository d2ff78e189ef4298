/**
 * Limits the requests that the runtime works on at a time, in all and by address. Further ones wait, addresses taking
 * turns, so an address that asks for a thousand things at once delays itself only. A request just let through keeps the
 * runtime's one thread busy; one that stays longer waits for a disk or another object, and is counted apart. Knows nothing of
 * their content.
 */

/** Gives the place back and lets the next one through; may be called more than once. */
export type Leave = () => void;

/** Most that may be inside, in all and from one address. */
export interface PlaceLimits {
  all: number;
  byAddress: number;
}

/** Places taken, in all and by address. */
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

  /** @returns a function that gives the place back; it may be called more than once */
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
  readonly #paceMs: () => number;
  /** Waiting requests by address; the address whose turn is next comes first. */
  readonly #waiting = new Map<string, Set<(leave: Leave) => void>>();

  /**
   * @param inside places for requests that have not left
   * @param begun places for those of them let through less than `ms` ago; by default they are not limited
   * @param paceMs time for which such a place stays taken once its request has left
   */
  constructor(
    inside: PlaceLimits,
    begun: PlaceLimits & { ms: number } = { all: Infinity, byAddress: Infinity, ms: 0 },
    paceMs: () => number = () => 0,
  ) {
    this.#inside = new Places(inside);
    this.#begun = new Places(begun);
    this.#begunMs = begun.ms;
    this.#paceMs = paceMs;
  }

  /** Number of requests let through that have not left. */
  get inside(): number {
    return this.#inside.all;
  }

  /**
   * @param go is called as soon as there is a place, perhaps at once
   * @returns a function that gives the place in the queue up
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
    const settleAfter = (ms: number) =>
      setTimeout(() => {
        settle();
        this.#next();
      }, ms);
    let hasLeft = false;
    const timer = settleAfter(this.#begunMs);
    go(() => {
      if (hasLeft) return;
      hasLeft = true;
      clearTimeout(timer);
      leave();
      const paceMs = this.#paceMs();
      if (paceMs > 0) settleAfter(paceMs);
      else settle();
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
      // The address goes to the end of the turns.
      if (queue.size > 0) this.#waiting.set(address, queue);
      return this.#let(address, go);
    }
  }
}
