/**
 * The time of one room: the server's, unless the room's journal is ahead of it because the machine's clock was set back
 * while the server was down. Then the room runs on from its last entry, so that its time never goes back.
 */

import type { ServerClock } from "../clock.ts";

/** The lead of rooms over the server's time, milliseconds. Kept for the isolate, so that it outlasts an eviction. */
const leads = new WeakMap<ServerClock, Map<string, number>>();

export class RoomClock {
  readonly #server: ServerClock;
  readonly #key: string;
  readonly #leads: Map<string, number>;
  readonly #setBacks: number;

  /** @param key the room's, unique in the isolate */
  constructor(server: ServerClock, key: string) {
    this.#server = server;
    this.#key = key;
    this.#leads = leads.get(server) ?? new Map<string, number>();
    leads.set(server, this.#leads);
    this.#setBacks = server.setBacks;
  }

  /**
   * Whether the wall clock was set back since this clock was made. In workerd time never goes back for one object: it
   * stands still, and with it the object's timers, until the machine's clock has caught up. A new object sees it at once.
   */
  get isStuck(): boolean {
    return this.#server.setBacks !== this.#setBacks;
  }

  /** The time in Unix milliseconds; never below an earlier answer, nor below the time given to `reach`. */
  now(): number {
    return this.#server.now() + this.#leadMs;
  }

  /** Takes over the time of the last entry of a room that was read, before anything is decided in it. */
  reach(lastMs: number): void {
    const behindMs = lastMs - this.now();
    if (behindMs > 0) this.#leads.set(this.#key, this.#leadMs + behindMs);
  }

  /** The wall clock's time when this clock will show `ms`, if neither steps. */
  onWall(ms: number): number {
    return ms - this.#leadMs - this.#server.aheadOfWallMs();
  }

  /** Registers the session's end, in the room's time; null: there is none. */
  holdUntil(endMs: number | null): void {
    this.#server.holdUntil(this.#key, endMs === null ? null : endMs - this.#leadMs);
  }

  /** Drops the lead and the end that are kept of the room: it is deleted. */
  reset(): void {
    this.#leads.delete(this.#key);
    this.#server.holdUntil(this.#key, null);
  }

  get #leadMs(): number {
    return this.#leads.get(this.#key) ?? 0;
  }
}
