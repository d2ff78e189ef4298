/**
 * Guards the passcodes of rooms against guessing: by address and room, and more loosely by room over all addresses.
 * Kept for the isolate and not in the object, whose memory ends when it hibernates. Tokens need no such guard: they have
 * 192 random bits.
 */

import { Penalties } from "./penalties.ts";

const forgetMs = 600_000;

export class PasscodeGuard {
  readonly #byAddress = new Penalties({ free: 50, firstMs: 1_000, mostMs: 60_000, forgetMs });
  readonly #byRoom = new Penalties({ free: 200, firstMs: 250, mostMs: 5_000, forgetMs });

  waitMs(room: string, address: string, now: number): number {
    const key = `${room} ${address}`;
    // An address without a wrong guess is not kept out by the guesses of others.
    if (!this.#byAddress.hasMistakes(key, now)) return 0;
    return Math.max(this.#byAddress.waitMs(key, now), this.#byRoom.waitMs(room, now));
  }

  wrong(room: string, address: string, now: number): void {
    this.#byAddress.mistake(`${room} ${address}`, now);
    this.#byRoom.mistake(room, now);
  }
}

export const passcodes = new PasscodeGuard();
