/**
 * The time of the server, for everything in this isolate: it never runs backwards, and a step of the machine's clock
 * does not move it while a session runs out. Knows no rooms but by the key under which one holds it.
 *
 * The isolate has no clock but the wall's. On one machine the launcher has another, which only runs, and tells every
 * half second how far it is. Where nobody tells (Cloudflare, `wrangler dev`), the wall is followed, never backwards.
 */

/** How far the wall is believed from one beat of the launcher to the next. */
export const beatReachMs = 1_500;
/** A time that has turned out to be ahead by more than this goes on at half the pace until it is not. */
const slackMs = 100;
/** A move of the wall by less than this is no step, but the clock being slewed. */
const stepMs = 1_000;
/** An end that is farther away is a date and no length of time: it holds nothing. */
export const holdMostMs = 24 * 3_600_000;
/** An end that has come holds on until its room has paused, so that its bell is written down at its time. */
const bellMs = 5_000;

/** The launcher's two clocks at one moment, milliseconds: one that only runs, and the wall's (Unix). */
export interface Beat {
  runMs: number;
  wallMs: number;
}

export class ServerClock {
  readonly #wall: () => number;
  /** The time that was told last, Unix ms, and the time by the beats: less, where a step was believed at first. */
  #saidMs = -Infinity;
  #beatenMs = -Infinity;
  #beat: Beat | null = null;
  /** With beats: what to add to the launcher's running clock. Without: how far the time is ahead of the wall. */
  #aheadMs = 0;
  #setBacks = 0;
  /** When the ends come that are waited for, by room. */
  readonly #ends = new Map<string, number>();

  /** @param wall Unix milliseconds; it may step */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  /** Whole Unix milliseconds; never below what was said before. */
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

  /** How far the time is ahead of the wall: what is set by the wall, such as an alarm, is set so much earlier. */
  aheadOfWallMs(): number {
    const wall = this.#wall();
    return this.#timeBy(wall) - wall;
  }

  /**
   * The launcher's beat. One that was overtaken by a later one says nothing.
   * @returns whether the wall has stepped back since the last one
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

  /** How often the wall has stepped back. */
  get setBacks(): number {
    return this.#setBacks;
  }

  /**
   * While the end of somebody's session is waited for, a step of the wall is not followed: what was to last ten
   * minutes lasts ten minutes. Only the launcher's beats can tell a step from time that has passed.
   * @param key the room's
   * @param endMs Unix ms of this clock; null: none is waited for any more
   */
  holdUntil(key: string, endMs: number | null): void {
    if (endMs === null) this.#ends.delete(key);
    else this.#ends.set(key, endMs);
  }

  /** The keys of those whose end is waited for. */
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

  /** Who looks at the wall within one event of the platform sees it stand: only what is farther behind has stepped. */
  #byWall(wall: number): number {
    if (wall >= this.#saidMs) this.#aheadMs = 0;
    else if (wall + this.#aheadMs < this.#saidMs - beatReachMs) this.#aheadMs = this.#saidMs - wall;
    return wall + this.#aheadMs;
  }
}

/** The one of this isolate. */
export const serverClock = new ServerClock(() => Date.now());
