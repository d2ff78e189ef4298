/**
 * Limits the frames that leave at once: one order can cause ten thousand messages to hundreds, and all rooms of the
 * isolate share one thread. The first frames of a turn always leave; the others wait. One for all rooms of an isolate
 * (limits/fan-out.ts). Knows no room; its clock comes in as an argument.
 */

import { TokenBucket } from "#game/token-bucket.ts";

/**
 * Frames that all rooms together send in a second, and at once. Two hundred traders with two orders a second each, and a
 * frame for every message, are sent some 45,000 in a second.
 */
const framesPerSec = 60_000;
const framesAtOnce = 4_000;
/** Frames that a turn may send in any case, if the room has not just sent: an answer, or a message to a full room. */
const framesOfATurn = 300;
const advanceMs = 10;
/** Slices in which the rest of a turn leaves: frames at least, and the pause before them at most. */
const framesOfASlice = 200;
const pauseMostMs = 20;
/** Characters for which a frame is counted once more. */
const charsOfAFrame = 1_024;

export class FanOut {
  readonly #now: () => number;
  readonly #frames: TokenBucket;

  /** @param now the server's time, ms */
  constructor(now: () => number) {
    this.#now = now;
    this.#frames = new TokenBucket(framesPerSec, framesAtOnce, now());
  }

  /**
   * @param sinceMs time since the room has last sent something
   * @returns frames that a turn may send if none is left over from earlier turns
   */
  ofATurn(sinceMs: number): number {
    const left = Math.max(0, this.#frames.left(this.#now()));
    return left < framesOfATurn && sinceMs >= advanceMs ? framesOfATurn : left;
  }

  /** @returns frames that a room may send after a pause, if it has more to send */
  ofASlice(): number {
    return Math.max(framesOfASlice, this.#frames.left(this.#now()));
  }

  /** Counts frames that were sent. @returns their cost in frames */
  sent(frames: number, chars: number): number {
    const cost = frames + Math.floor(chars / charsOfAFrame);
    this.#frames.charge(cost);
    return cost;
  }

  /** The pause of a room that has more to send, ms. */
  get pauseMs(): number {
    const missing = framesOfATurn - this.#frames.left(this.#now());
    return Math.min(pauseMostMs, Math.max(1, Math.ceil((missing * 1_000) / framesPerSec)));
  }
}
