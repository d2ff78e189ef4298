/**
 * Counts sockets that have not joined, by address and in all, over the rooms and the lobby of this isolate. Each is
 * counted from its upgrade until it joins or closes, and no longer than its time to join. The clock comes in as an
 * argument.
 */

import { limits } from "#protocol";

export interface UnjoinedLimits {
  inAll: number;
  byAddress: number;
}

/** Share of all places that is many, and the share that one address may have while that many are taken. */
const manyShare = 1 / 2;
const shareOfMany = 1 / 16;

/** The place of one socket, to be given to `leave`. */
export type Slot = number;

/** Time from the end of the time to join until a closed socket has gone. */
const partingMs = 1_000;

export class Unjoined {
  readonly #slots = new Map<Slot, { address: string; untilMs: number }>();
  readonly #byAddress = new Map<string, number>();
  #last = 0;

  /** Whether one more of this address is too many. */
  isFull(address: string, { inAll, byAddress }: UnjoinedLimits, now: number): boolean {
    this.#forgetUntil(now);
    const isMany = this.#slots.size >= inAll * manyShare;
    const most = isMany ? Math.min(byAddress, Math.max(1, inAll * shareOfMany)) : byAddress;
    return this.#slots.size >= inAll || (this.#byAddress.get(address) ?? 0) >= most;
  }

  /** @param openedAt when the client connected, Unix ms */
  enter(address: string, openedAt: number): Slot {
    const slot = ++this.#last;
    this.#slots.set(slot, { address, untilMs: openedAt + limits.joinDeadlineMs + partingMs });
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
    return slot;
  }

  /** Frees the slot of a socket that has joined or gone. Doing so twice is no mistake. */
  leave(slot: Slot): void {
    const known = this.#slots.get(slot);
    if (known === undefined) return;
    this.#slots.delete(slot);
    const left = (this.#byAddress.get(known.address) ?? 0) - 1;
    if (left > 0) this.#byAddress.set(known.address, left);
    else this.#byAddress.delete(known.address);
  }

  /** Frees slots whose time is over. The oldest come first; one that came over the switchboard may wait a little longer. */
  #forgetUntil(now: number): void {
    for (const [slot, { untilMs }] of this.#slots) {
      if (untilMs > now) return;
      this.leave(slot);
    }
  }
}

export const unjoined = new Unjoined();
