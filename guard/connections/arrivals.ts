/**
 * Rate at which connections of one address are taken. Accepting, reading and ending a connection takes the guard more
 * time than a request on an open one. Connections beyond the rate wait unread; one that breaks a rule counts as many.
 * The clock comes in as an argument; knows no socket.
 */

import { TokenBucket, type Rate } from "../../protocol/token-bucket.ts";

interface Address {
  bucket: TokenBucket;
  /** Waiting connections, the oldest first. */
  waiting: Set<() => void>;
}

export class Arrivals {
  readonly #rate: Rate;
  /** Most addresses that are remembered without a waiting connection. */
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
   * Takes a new connection.
   * @param go is called when its turn has come, unless that is now
   * @returns a function that gives its place in the queue up; null: its turn is now
   */
  enter(address: string, now: number, go: () => void): (() => void) | null {
    const known = this.#of(address, now);
    if (known.waiting.size === 0 && known.bucket.take(now)) return null;
    known.waiting.add(go);
    this.#waiting++;
    return () => {
      if (known.waiting.delete(go)) this.#waiting--;
    };
  }

  /** Charges an address for a connection that broke a rule, at most two seconds of the address's rate. */
  fault(address: string, units: number, now: number): void {
    const { bucket } = this.#of(address, now);
    bucket.left(now);
    bucket.charge(units, 2 * this.#rate.perSec);
  }

  /** Lets in the connections that have their turn. */
  look(now: number): void {
    if (this.#waiting === 0) return;
    for (const { bucket, waiting } of this.#byAddress.values())
      for (const go of waiting) {
        if (!bucket.take(now)) break;
        waiting.delete(go);
        this.#waiting--;
        go();
      }
  }

  #of(address: string, now: number): Address {
    const known = this.#byAddress.get(address);
    if (known !== undefined) return known;
    if (this.#byAddress.size >= this.#most) this.#forget(now);
    const made = { bucket: new TokenBucket(this.#rate, now), waiting: new Set<() => void>() };
    this.#byAddress.set(address, made);
    return made;
  }

  /** Forgets the addresses without debt, or else the oldest one without a waiting connection. */
  #forget(now: number): void {
    for (const [address, { bucket, waiting }] of this.#byAddress)
      if (waiting.size === 0 && bucket.left(now) >= this.#rate.burst)
        this.#byAddress.delete(address);
    for (const [address, { waiting }] of this.#byAddress) {
      if (this.#byAddress.size < this.#most) return;
      if (waiting.size === 0) this.#byAddress.delete(address);
    }
  }
}
