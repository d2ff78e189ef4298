/**
 * Limits the frames that leave at once: one order can cause ten thousand messages to hundreds, and all rooms of the
 * isolate share one thread. The thread writes a frame after the turn that sends it, and whatever comes in meanwhile waits
 * for all frames before it. So rooms send in bursts of so many frames together. The next burst starts on a timer that is set in
 * this one: when it fires, the thread has written this burst's frames and has looked at what came in. A fast machine has
 * short bursts, a busy one longer ones, and nobody waits for more than one. One for all rooms of an isolate
 * (limits/fan-out.ts). Knows no room and no clock.
 */

/** Frames of a burst: some two milliseconds of a core, with all that the system does for them. */
const framesOfABurst = 48;
/** Frames that a turn sends in any case: an order's answer and its fills. Once a burst, a room also sends so many others. */
const framesOfATurn = 16;
/** Characters for which a frame is counted once more. */
const charsOfAFrame = 1_024;

export class FanOut {
  /** The number of the burst under way: remembered with every timer that is set in it. */
  burst = 0;
  #left = framesOfABurst;

  /** Answers that a turn may send now, in frames. */
  get answers(): number {
    return Math.max(framesOfATurn, this.#left);
  }

  /** Other frames that a turn may send now. @param sentIn the last burst in which its room has sent some */
  others(sentIn: number): number {
    return sentIn === this.burst ? Math.max(0, this.#left) : this.answers;
  }

  /** The burst's frames have left: a room that sends has to set a timer. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Notes that a timer has rung. @param setIn the burst in which it was set */
  rang(setIn: number): void {
    if (setIn !== this.burst) return;
    this.burst++;
    this.#left = framesOfABurst;
  }

  /** Counts frames that were sent. @returns their cost in frames */
  sent(frames: number, chars: number): number {
    const cost = frames + Math.floor(chars / charsOfAFrame);
    this.#left -= cost;
    return cost;
  }
}
