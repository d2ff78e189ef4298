/**
 * Limits the frames that leave at once: one order can cause ten thousand messages to hundreds, and all rooms of the
 * isolate share one thread. The thread writes a frame after the turn that sends it, and whatever comes in meanwhile waits
 * for all frames before it. So rooms send in rounds: so many frames together, and the next round begins when a timer that
 * was set in this one has rung, for by then the thread has written them and has looked at what came in. A fast machine
 * has short rounds, a busy one longer ones, and nobody waits for more than a round. One for all rooms of an isolate
 * (limits/fan-out.ts). Knows no room and no clock.
 */

/** Frames of a round: some two milliseconds of a core, with all that the system does for them. */
const framesOfARound = 48;
/** Frames that a turn sends in any case: an order's answer and its fills. Once a round, a room also sends so many others. */
const framesOfATurn = 16;
/** Characters for which a frame is counted once more. */
const charsOfAFrame = 1_024;

export class FanOut {
  /** The round under way: remembered with every timer that is set in it. */
  round = 0;
  #left = framesOfARound;

  /** Answers that a turn may send now, in frames. */
  get answers(): number {
    return Math.max(framesOfATurn, this.#left);
  }

  /** Other frames that a turn may send now. @param sentIn the last round in which its room has sent some */
  others(sentIn: number): number {
    return sentIn === this.round ? Math.max(0, this.#left) : this.answers;
  }

  /** The round's frames have left: a room that sends has to set a timer. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Notes that a timer has rung. @param setIn the round in which it was set */
  rang(setIn: number): void {
    if (setIn !== this.round) return;
    this.round++;
    this.#left = framesOfARound;
  }

  /** Counts frames that were sent. @returns their cost in frames */
  sent(frames: number, chars: number): number {
    const cost = frames + Math.floor(chars / charsOfAFrame);
    this.#left -= cost;
    return cost;
  }
}
