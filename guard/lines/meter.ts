/**
 * Decides how many units (see limits.ts) each line may send: its assured ones, its own as long as its address has some
 * left, and a share of the pool of all lines. The clock comes in as an argument.
 */

import { TokenBucket } from "../../protocol/token-bucket.ts";
import { guardLimits } from "../limits.ts";

const { assured, own, address, pool } = guardLimits;

/** Lines of one address, and the units that they share. */
interface Address {
  bucket: TokenBucket;
  lines: number;
  /** Units that its lines have taken in this second. */
  recent: number;
}

const secondMs = 1_000;

/** One line's units. */
export class Allowance {
  readonly assured: TokenBucket;
  readonly own: TokenBucket;
  readonly address: Address;

  constructor(ofAddress: Address, now: number) {
    this.assured = new TokenBucket(assured, now);
    this.own = new TokenBucket(own, now);
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
  readonly #pool: TokenBucket;
  readonly #addresses = new Map<string, Address>();
  /** Addresses without lines, the longest gone first, kept so that reconnecting brings no new units. */
  readonly #gone = new Map<string, TokenBucket>();

  constructor(now: number) {
    this.#pool = new TokenBucket(pool, now);
    this.#secondAtMs = now;
  }

  /** Whether nearly everything sent in the last whole second came from one address. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  /** Adds a new line. */
  enter(key: string, now: number): Allowance {
    const known = this.#addresses.get(key) ?? {
      bucket: this.#gone.get(key) ?? new TokenBucket(address, now),
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
    const assuredNow = Math.max(0, line.assured.left(now, ofClass * ofLine));
    const least = this.#isAlone ? address.leastShareAlone : address.leastShare;
    const ofAddress = bucket.left(now, Math.max(least, this.share));
    const ownNow = line.own.left(now);
    const ofAll = Math.min(ofAddress, ownNow + this.#pool.left(now, this.share));
    return Math.max(assuredNow, assuredNow + ofAll);
  }

  /** Charges the units that the line has taken; more than were granted become its debt. */
  charge(line: Allowance, units: number): void {
    this.charged += units;
    line.address.recent += units;
    const fromAssured = Math.min(units, Math.max(0, line.assured.tokens));
    line.assured.charge(fromAssured, Infinity);
    const rest = units - fromAssured;
    line.address.bucket.charge(rest, Infinity);
    const fromOwn = Math.min(rest, Math.max(0, line.own.tokens));
    const fromPool = Math.min(rest - fromOwn, Math.max(0, this.#pool.tokens));
    this.#pool.charge(fromPool, Infinity);
    line.own.charge(rest - fromPool, Infinity);
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
