/**
 * The time of one room: the server's, unless the room's journal is ahead of it, because the machine's clock was set
 * back while the server was down. Then the room runs on from its last entry, so that its time never goes back.
 */

import type { ServerClock } from "../clock.ts";

/** How far rooms are ahead of the server's time. It is the isolate's, so that it outlasts an eviction. */
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
   * The wall has been set back since this clock was made. workerd's wall never goes back under one object: it stands,
   * and the object's timers with it, until that of the machine has caught up. Only a new object sees the new one.
   */
  get isStuck(): boolean {
    return this.#server.setBacks !== this.#setBacks;
  }

  /** Unix milliseconds; never below what was said before, nor below what `reach` was told. */
  now(): number {
    return this.#server.now() + this.#leadMs;
  }

  /** The room has been read, and its last entry is of this time. To be called before anything is decided in it. */
  reach(lastMs: number): void {
    const behindMs = lastMs - this.now();
    if (behindMs > 0) this.#leads.set(this.#key, this.#leadMs + behindMs);
  }

  /** When the wall will show what is `ms` here, if neither steps. */
  onWall(ms: number): number {
    return ms - this.#leadMs - this.#server.aheadOfWallMs();
  }

  /** The session's end that is waited for, in the room's time; null: none. */
  holdUntil(endMs: number | null): void {
    this.#server.holdUntil(this.#key, endMs === null ? null : endMs - this.#leadMs);
  }

  /** The room is deleted. */
  reset(): void {
    this.#leads.delete(this.#key);
    this.#server.holdUntil(this.#key, null);
  }

  get #leadMs(): number {
    return this.#leads.get(this.#key) ?? 0;
  }
}
