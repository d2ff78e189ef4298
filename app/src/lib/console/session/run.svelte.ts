/** Opens, pauses and ends the session for the host. Time that is left at a pause is kept for the next opening. */

import { untrack } from "svelte";
import type { NextSessionState, SessionState } from "#protocol";
import type { HostDesk } from "#lib/console/desk/host-desk.svelte.ts";
import { TimeUp } from "#lib/ui/time-up.svelte.ts";

/** The least time left that is kept, ms. */
const LEAST_MS = 1_000;

export class SessionRun {
  /** Time to trade from the next opening, ms; null: no end. */
  planned = $state<number | null>(null);
  readonly #desk: HostDesk;
  readonly #time = new TimeUp();

  constructor(desk: HostDesk) {
    this.#desk = desk;
  }

  get state(): SessionState {
    return this.#desk.room.session?.state ?? "paused";
  }
  /** The end of the session, Unix ms by the server's clock. */
  get endsAt(): number | null {
    return this.#desk.room.session?.ends_at ?? null;
  }
  get hasEnd(): boolean {
    return this.endsAt !== null || (this.planned !== null && this.#isStill);
  }
  get isTimeUp(): boolean {
    return this.#time.isUp;
  }
  /** Whether an end is kept for the next opening, since no time runs now. */
  get #isStill(): boolean {
    return this.state === "paused" || this.state === "lobby";
  }
  get #serverNow(): number {
    return Date.now() + this.#desk.room.clockOffsetMs;
  }

  /** Takes in the session as it is now. To be run in an effect, so that it runs again when the session changes. */
  see(): void {
    const { session } = this.#desk.room;
    untrack(() => this.#time.see(session, this.#serverNow));
  }

  async open(): Promise<void> {
    if ((await this.#openFor(this.planned)) === null) this.planned = null;
  }

  async pause(): Promise<void> {
    const left = this.endsAt === null ? 0 : this.endsAt - this.#serverNow;
    if ((await this.#set("paused")) === null) this.planned = left > LEAST_MS ? left : null;
  }

  close(): Promise<string | null> {
    return this.#set("closed");
  }

  endIn(minutes: number): void {
    const length = minutes * 60_000;
    if (this.#isStill) this.planned = length;
    else if (this.state === "open") void this.#openFor(length);
  }

  clearEnd(): void {
    this.planned = null;
    if (this.state === "open") void this.#set("open");
  }

  #openFor(length: number | null): Promise<string | null> {
    return this.#set("open", length === null ? null : Math.round(this.#serverNow + length));
  }

  #set(state: NextSessionState, endsAt: number | null = null): Promise<string | null> {
    return this.#desk.send({ op: "session", state, ...(endsAt !== null && { ends_at: endsAt }) });
  }
}
