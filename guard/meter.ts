/**
 * Decides how many units (see limits.ts) each line may send: its assured ones, its own as long as its address has some
 * left, and a share of the pool of all lines. The clock comes in as an argument.
 */

import { Bucket } from "./bucket.ts";
import { guardLimits } from "./limits.ts";

const { assured, own, address, pool } = guardLimits;

/** Lines of one address, and the units that they share. */
interface Address {
  bucket: Bucket;
  lines: number;
  /** Units that its lines have taken in this second. */
  recent: number;
}

const secondMs = 1_000;

/** One line's units. */
export class Allowance {
  readonly assured: Bucket;
  readonly own: Bucket;
  readonly address: Address;

  constructor(ofAddress: Address, now: number) {
    this.assured = new Bucket(assured, now);
    this.own = new Bucket(own, now);
    this.address = ofAddress;
  }
}

export class Meter {
  /** Share of their units that pool and addresses give out; set from strain.ts. */
  share = 1;
  /** Units gone through so far. */
  charged = 0;
  #isAlone = true;
  #secondAtMs: number;
  readonly #pool: Bucket;
  readonly #addresses = new Map<string, Address>();
  /** Addresses without lines, the longest gone first, kept so that reconnecting brings no new units. */
  readonly #gone = new Map<string, Bucket>();

  constructor(now: number) {
    this.#pool = new Bucket(pool, now);
    this.#secondAtMs = now;
  }

  /** Whether nearly everything sent in the last whole second came from one address. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  /** Adds a new line. */
  enter(key: string, now: number): Allowance {
    const known = this.#addresses.get(key) ?? {
      bucket: this.#gone.get(key) ?? new Bucket(address, now),
      ...{ lines: 0, recent: 0 },
    };
    known.lines++;
    this.#gone.delete(key);
    this.#addresses.set(key, known);
    return new Allowance(known, now);
  }

  /** Removes an ended line. */
  leave(key: string): void {
    const known = this.#addresses.get(key);
    if (known === undefined || --known.lines > 0) return;
    this.#addresses.delete(key);
    this.#gone.set(key, known.bucket);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > guardLimits.sockets && oldest !== undefined) this.#gone.delete(oldest);
  }

  /** @returns units that the line may take now: below one, it waits */
  granted(line: Allowance, now: number): number {
    this.#count(now);
    const { bucket, lines } = line.address;
    const ofClass = Math.min(1, assured.lines / lines);
    const ofLine = this.#isAlone ? 1 : Math.max(assured.leastShare, this.share);
    const assuredNow = Math.max(0, line.assured.refill(now, ofClass * ofLine));
    const least = this.#isAlone ? address.leastShareAlone : address.leastShare;
    const ofAddress = bucket.refill(now, Math.max(least, this.share));
    const ownNow = line.own.refill(now);
    const ofAll = Math.min(ofAddress, ownNow + this.#pool.refill(now, this.share));
    return Math.max(assuredNow, assuredNow + ofAll);
  }

  /** Charges the units that the line has taken; more than were granted become its debt. */
  charge(line: Allowance, units: number): void {
    this.charged += units;
    line.address.recent += units;
    const fromAssured = Math.min(units, Math.max(0, line.assured.units));
    line.assured.units -= fromAssured;
    const rest = units - fromAssured;
    line.address.bucket.units -= rest;
    const fromOwn = Math.min(rest, Math.max(0, line.own.units));
    const fromPool = Math.min(rest - fromOwn, Math.max(0, this.#pool.units));
    this.#pool.units -= fromPool;
    line.own.units -= rest - fromPool;
  }

  /** Sees once a second whether anybody is there beside the address that sends the most. */
  #count(now: number): void {
    if (now - this.#secondAtMs < secondMs) return;
    this.#secondAtMs = now;
    let all = 0;
    let most = 0;
    for (const one of this.#addresses.values()) {
      all += one.recent;
      most = Math.max(most, one.recent);
      one.recent = 0;
    }
    this.#isAlone = all - most <= guardLimits.aloneUpTo;
  }
}
