/**
 * Sockets that have not joined, by address and in all, over the rooms and the lobby of this isolate. Each stands here
 * from its upgrade until it joins or closes; one whose end nobody told of is forgotten when its time to join is over.
 * The clock comes in as an argument.
 */

import { limits } from "#protocol";

export interface UnjoinedLimits {
  inAll: number;
  byAddress: number;
}

/** While half of all places are taken, one address may have a sixteenth of them. */
const manyShare = 1 / 2;
const shareOfMany = 1 / 16;

/** The place of one socket, with which it leaves. */
export type Slot = number;

/** From the end of the time to join until a socket that was told to go has gone. */
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

  /** It has joined or gone. A slot that is left already is no mistake. */
  leave(slot: Slot): void {
    const known = this.#slots.get(slot);
    if (known === undefined) return;
    this.#slots.delete(slot);
    const left = (this.#byAddress.get(known.address) ?? 0) - 1;
    if (left > 0) this.#byAddress.set(known.address, left);
    else this.#byAddress.delete(known.address);
  }

  /** The oldest stand first, but for those that came over the switchboard: they are met a little later. */
  #forgetUntil(now: number): void {
    for (const [slot, { untilMs }] of this.#slots) {
      if (untilMs > now) return;
      this.leave(slot);
    }
  }
}

export const unjoined = new Unjoined();
