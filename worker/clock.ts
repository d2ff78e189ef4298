/**
 * The time of the server, for everything in this isolate: it never runs backwards, and a step of the machine's clock
 * does not move it while a session with an end runs. Knows a room only by the key under which its end is registered.
 *
 * The isolate's only clock is the wall clock. On one machine the launcher also has a monotonic clock, and reports it
 * every half second. Without such reports (Cloudflare, `wrangler dev`) the time follows the wall clock, never backwards.
 */

/** Time that the wall clock is believed to have passed between two beats of the launcher, at most. */
export const beatReachMs = 1_500;
/** Lead above which the time runs at half its pace until it is no longer ahead. */
const slackMs = 100;
/** Smallest move of the wall clock that counts as a step; below it the clock is being slewed. */
const stepMs = 1_000;
/** Most distant end that counts as a length of time; one farther away is a date, and steps are followed. */
export const holdMostMs = 24 * 3_600_000;
/** Time after an end in which steps are not followed yet, so that its room can write down the end at its time. */
const bellMs = 5_000;

/** The launcher's two clocks at one moment, milliseconds: the monotonic one, and the wall clock (Unix). */
export interface Beat {
  runMs: number;
  wallMs: number;
}

export class ServerClock {
  readonly #wall: () => number;
  /** The time that was given out last, Unix ms, and the time by the beats: that is less if a step was believed at first. */
  #saidMs = -Infinity;
  #beatenMs = -Infinity;
  #beat: Beat | null = null;
  /** With beats: the offset from the launcher's monotonic clock. Without: the lead over the wall clock. */
  #aheadMs = 0;
  #setBacks = 0;
  /** Ends of running sessions, by room. */
  readonly #ends = new Map<string, number>();

  /** @param wall Unix milliseconds; it may step */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  /** The time in whole Unix milliseconds; never below an earlier answer. */
  now(): number {
    const time = this.#timeBy(this.#wall());
    const beat = this.#beat;
    if (beat === null) this.#saidMs = Math.max(this.#saidMs, time);
    else {
      const passedMs = Math.max(0, time - this.#beatenMs);
      this.#beatenMs += passedMs;
      const latestMs = this.#aheadMs + beat.runMs + beatReachMs;
      const onMs = Math.min(this.#saidMs + passedMs / 2, latestMs);
      this.#saidMs = Math.max(this.#saidMs, time, onMs);
    }
    return Math.floor(this.#saidMs);
  }

  /** The lead over the wall clock: an alarm, which goes by the wall clock, is set so much earlier. */
  aheadOfWallMs(): number {
    const wall = this.#wall();
    return this.#timeBy(wall) - wall;
  }

  /**
   * Takes a beat of the launcher. Ignores one that was overtaken by a later one.
   * @returns whether the wall clock has stepped back since the last one
   */
  beat(beat: Beat): boolean {
    const last = this.#beat;
    if (last !== null && beat.runMs < last.runMs) return false;
    const byWall = beat.wallMs - beat.runMs;
    if (last === null) this.#aheadMs += byWall;
    this.#beat = beat;
    if (byWall > this.#aheadMs && !this.#isHeld()) this.#aheadMs = byWall;
    const time = this.#timeBy(this.#wall());
    if (last === null || time < this.#beatenMs - slackMs) this.#beatenMs = time;
    const isSetBack = last !== null && byWall < last.wallMs - last.runMs - stepMs;
    if (isSetBack) this.#setBacks++;
    return isSetBack;
  }

  /** The number of times that the wall clock has stepped back. */
  get setBacks(): number {
    return this.#setBacks;
  }

  /**
   * Registers the end of a running session: until then a step of the wall clock is not followed, so that ten minutes
   * last ten minutes. Only the launcher's beats can tell a step from time that has passed.
   * @param key the room's
   * @param endMs Unix ms of this clock; null: the session has no end any more
   */
  holdUntil(key: string, endMs: number | null): void {
    if (endMs === null) this.#ends.delete(key);
    else this.#ends.set(key, endMs);
  }

  /** The keys of rooms whose session has an end. */
  awaited(): string[] {
    const now = this.now();
    for (const [key, endMs] of this.#ends) if (endMs + bellMs <= now) this.#ends.delete(key);
    return [...this.#ends.keys()];
  }

  #isHeld(): boolean {
    const latest = this.now() + holdMostMs;
    return this.awaited().some((key) => (this.#ends.get(key) ?? Infinity) <= latest);
  }

  #timeBy(wall: number): number {
    if (this.#beat === null) return this.#byWall(wall);
    const { runMs, wallMs } = this.#beat;
    return this.#aheadMs + runMs + Math.min(Math.max(0, wall - wallMs), beatReachMs);
  }

  /** Tells a step back from the wall clock standing still, as it does within one event of the platform. */
  #byWall(wall: number): number {
    if (wall >= this.#saidMs) this.#aheadMs = 0;
    else if (wall + this.#aheadMs < this.#saidMs - beatReachMs) this.#aheadMs = this.#saidMs - wall;
    return wall + this.#aheadMs;
  }
}

/** The clock of this isolate. */
export const serverClock = new ServerClock(() => Date.now());
