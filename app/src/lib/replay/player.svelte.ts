/**
 * Plays a session: the shown moment, its speed, the chosen seat. Asks the worker for one moment at a time, so a scrubber
 * that is dragged shows the latest place that was asked for, and no queue grows.
 */

import type { Opened } from "#lib/net/replay-messages.ts";
import { ReplayRoom } from "./replay-room.svelte.ts";
import type { ReplayWorker } from "./replay-worker.ts";
import { Timeline } from "./timeline.ts";

export const speeds = [1, 2, 5, 10, 20, 50] as const;
export type Speed = (typeof speeds)[number];

export class Player {
  readonly timeline: Timeline;
  readonly room: ReplayRoom;
  /** Lines applied at the shown moment. */
  at = $state(0);
  /** Unix ms of the moment; while it plays it runs between the lines. */
  momentMs = $state(0);
  speed = $state<Speed>(1);
  isPlaying = $state(false);
  skipsQuiet = $state(true);
  userId = $state(0);
  /** Instruments whose history the screen shows. */
  charted: readonly number[] = [];
  /** Words of a fault of the worker; null: none. */
  failed = $state<string | null>(null);
  /** Told of each moment that the user has chosen, for who leads others. */
  moved: () => void = () => {};
  readonly #worker: Pick<ReplayWorker, "ask">;
  #isAsking = false;
  #shown = { at: -1, userId: -1 };

  constructor(worker: Pick<ReplayWorker, "ask">, opened: Opened, roomCode: string, userId: number) {
    this.#worker = worker;
    this.timeline = new Timeline(opened);
    this.room = new ReplayRoom(roomCode);
    this.userId = userId;
    this.momentMs = this.timeline.from;
  }

  /** Goes to a time. */
  seek(ms: number): void {
    this.#go(Math.max(this.timeline.from, Math.min(ms, this.timeline.to)));
    this.moved();
  }

  /** Goes to the moment after so many lines. */
  seekLine(at: number): void {
    this.momentMs = this.timeline.timeAt(at);
    this.at = Math.max(0, Math.min(at, this.timeline.length));
    void this.#show();
    this.moved();
  }

  /** Goes to what a leader shows. */
  follow({ at, speed, isPlaying }: { at: number; speed: number; isPlaying: boolean }): void {
    const known = speeds.find((one) => one === speed);
    if (known !== undefined) this.speed = known;
    this.isPlaying = isPlaying;
    // A small distance is the way of the message: while both play, the picture must not jump.
    if (isPlaying && Math.abs(this.momentMs - this.timeline.timeAt(at)) < 400 * this.speed) return;
    this.momentMs = this.timeline.timeAt(at);
    this.at = Math.max(0, Math.min(at, this.timeline.length));
    void this.#show();
  }

  step(step: 1 | -1, ofSeat = false): void {
    this.pause();
    const trade = this.timeline.trade(this.at, step, ofSeat ? this.userId : null);
    if (trade !== undefined) this.seekLine(trade.at);
  }

  stepMark(step: 1 | -1): void {
    const mark = this.timeline.mark(this.at, step);
    if (mark !== undefined) this.seekLine(mark.at);
  }

  toggle(): void {
    if (this.isPlaying) return this.pause();
    if (this.momentMs >= this.timeline.to) this.#go(this.timeline.from);
    this.isPlaying = true;
    this.moved();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.moved();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.moved();
  }

  choose(userId: number): void {
    this.userId = userId;
    void this.#show();
  }

  /** Lets time pass. @param passedMs of the browser's clock */
  tick(passedMs: number): void {
    if (!this.isPlaying) return this.room.stand();
    const from = this.skipsQuiet ? this.timeline.afterQuiet(this.momentMs) : this.momentMs;
    this.#go(Math.min(from + passedMs * this.speed, this.timeline.to));
    if (this.momentMs >= this.timeline.to) this.pause();
  }

  #go(ms: number): void {
    this.momentMs = ms;
    this.at = this.timeline.linesAt(ms);
    void this.#show();
  }

  async #show(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.at !== this.#shown.at || this.userId !== this.#shown.userId)
        await this.#askOnce();
    } catch (fault) {
      this.failed = fault instanceof Error ? fault.message : String(fault);
    } finally {
      this.#isAsking = false;
    }
  }

  async #askOnce(): Promise<void> {
    const { at, userId, charted } = this;
    const answer = await this.#worker.ask("show", { at, userId, charted });
    const isBack = answer.at < this.#shown.at;
    this.room.show(answer.messages, userId, this.timeline.timeAt(answer.at), isBack);
    this.#shown = { at, userId };
  }
}
