/**
 * Proxy between a client and the room that sends frames twice and swaps neighbours: no WebSocket does, but a bot's own
 * gateway may. A join passes unharmed, for no request before it is valid.
 */

import type { Request } from "#protocol";
import type { Random } from "../random.ts";

/** Shares of all frames. */
export interface FrameFaults {
  doubled: number;
  swapped: number;
}

export interface FrameFaultCount {
  doubled: number;
  swapped: number;
}

export class Proxy {
  readonly #random: Random;
  readonly #frameFaults: FrameFaults;
  readonly #count: FrameFaultCount;
  #held: Request | null = null;

  constructor(random: Random, frameFaults: FrameFaults, count: FrameFaultCount) {
    this.#random = random;
    this.#frameFaults = frameFaults;
    this.#count = count;
  }

  get holds(): boolean {
    return this.#held !== null;
  }

  pass(request: Request, send: (request: Request) => void): void {
    const { doubled, swapped } = this.#frameFaults;
    if (request.op === "join") return send(request);
    if (this.#held === null && this.#random.chance(swapped)) {
      this.#held = request;
      return;
    }
    send(request);
    if (this.#random.chance(doubled)) {
      this.#count.doubled++;
      send(request);
    }
    if (this.#held === null) return;
    this.#count.swapped++;
    this.release(send);
  }

  /** Sends the frame held back, if no later one came to be sent first. */
  release(send: (request: Request) => void): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) send(held);
  }

  /** Drops the held frame with its connection. */
  clear(): void {
    this.#held = null;
  }
}
