/**
 * How fast connections of one address are taken: to accept, read and end one takes the guard more time than a request
 * on one that is there. Those that come faster wait unread, and a connection that breaks the rules counts as many.
 * The clock comes in as an argument; knows no socket.
 */

import { Bucket, type Rate } from "./bucket.ts";

interface Address {
  bucket: Bucket;
  /** Connections that wait, the longest first. */
  waiting: Set<() => void>;
}

export class Arrivals {
  readonly #rate: Rate;
  /** How many addresses are remembered that nobody waits for. */
  readonly #most: number;
  readonly #byAddress = new Map<string, Address>();
  #waiting = 0;

  constructor(rate: Rate, most: number) {
    this.#rate = rate;
    this.#most = most;
  }

  get isAnybodyWaiting(): boolean {
    return this.#waiting > 0;
  }

  /**
   * A connection has come.
   * @param go is called when its turn has come, if that is not now
   * @returns gives its place in the queue up; null: its turn is now
   */
  enter(address: string, now: number, go: () => void): (() => void) | null {
    const known = this.#of(address, now);
    if (known.waiting.size === 0 && known.bucket.refill(now) >= 1) {
      known.bucket.units--;
      return null;
    }
    known.waiting.add(go);
    this.#waiting++;
    return () => {
      if (known.waiting.delete(go)) this.#waiting--;
    };
  }

  /** A connection of the address has broken a rule. It never costs more than two seconds of the address's time. */
  fault(address: string, units: number, now: number): void {
    const { bucket } = this.#of(address, now);
    bucket.units = Math.max(-2 * this.#rate.perSec, bucket.refill(now) - units);
  }

  /** Lets those go on whose turn has come. */
  look(now: number): void {
    if (this.#waiting === 0) return;
    for (const { bucket, waiting } of this.#byAddress.values())
      for (const go of waiting) {
        if (bucket.refill(now) < 1) break;
        bucket.units--;
        waiting.delete(go);
        this.#waiting--;
        go();
      }
  }

  #of(address: string, now: number): Address {
    const known = this.#byAddress.get(address);
    if (known !== undefined) return known;
    if (this.#byAddress.size >= this.#most) this.#forget(now);
    const made = { bucket: new Bucket(this.#rate, now), waiting: new Set<() => void>() };
    this.#byAddress.set(address, made);
    return made;
  }

  /** Forgets the addresses that are owed nothing, or else the oldest that nobody waits for. */
  #forget(now: number): void {
    for (const [address, { bucket, waiting }] of this.#byAddress)
      if (waiting.size === 0 && bucket.refill(now) >= this.#rate.burst)
        this.#byAddress.delete(address);
    for (const [address, { waiting }] of this.#byAddress) {
      if (this.#byAddress.size < this.#most) return;
      if (waiting.size === 0) this.#byAddress.delete(address);
    }
  }
}
