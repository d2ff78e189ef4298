/**
 * How much of what rooms say to their people may leave at once: one order can be told to hundreds ten thousand times, and
 * all rooms of the isolate share one thread. A turn's first frames always leave; what is beyond them waits its time.
 * One for all rooms of an isolate (limits/fan-out.ts). Knows no room; its clock comes in.
 */

import { TokenBucket } from "#game/token-bucket.ts";

/**
 * Frames that all rooms together send a second, and at once. Two hundred traders with two orders a second each, who take
 * every message in a frame of its own, are told some 45,000 a second.
 */
const framesPerSec = 60_000;
const framesAtOnce = 4_000;
/** Frames that a turn may send in any case, if the room has not done so just now: an answer, or a beat for a full room. */
const framesOfATurn = 300;
const advanceMs = 10;
/** The rest of a turn comes in slices: so many frames at least, after so long at most. */
const framesOfASlice = 200;
const pauseMostMs = 20;
/** A frame is counted once more for each so many characters. */
const charsOfAFrame = 1_024;

export class FanOut {
  readonly #now: () => number;
  readonly #frames: TokenBucket;

  /** @param now of the server, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#frames = new TokenBucket(framesPerSec, framesAtOnce, now());
  }

  /**
   * @param sinceMs since the room has last sent something
   * @returns frames that a turn may send which has nothing left over from others
   */
  ofATurn(sinceMs: number): number {
    const left = Math.max(0, this.#frames.left(this.#now()));
    return left < framesOfATurn && sinceMs >= advanceMs ? framesOfATurn : left;
  }

  /** @returns frames that may leave after a pause, of a room that has more to send */
  ofASlice(): number {
    return Math.max(framesOfASlice, this.#frames.left(this.#now()));
  }

  /** @returns its cost in frames */
  sent(frames: number, chars: number): number {
    const cost = frames + Math.floor(chars / charsOfAFrame);
    this.#frames.charge(cost);
    return cost;
  }

  /** How long a room waits that has more to send, ms. */
  get pauseMs(): number {
    const missing = framesOfATurn - this.#frames.left(this.#now());
    return Math.min(pauseMostMs, Math.max(1, Math.ceil((missing * 1_000) / framesPerSec)));
  }
}
