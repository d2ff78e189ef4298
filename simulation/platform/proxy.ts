/**
 * Something between a client and the room that sends frames twice and swaps neighbours: no WebSocket does, but a bot's
 * own gateway may. A join passes unharmed, for nothing before it means anything.
 */

import type { Request } from "#protocol";
import type { Random } from "../random.ts";

/** How often, of all frames. */
export interface Mischief {
  doubled: number;
  swapped: number;
}

export interface MischiefCount {
  doubled: number;
  swapped: number;
}

export class Proxy {
  readonly #random: Random;
  readonly #mischief: Mischief;
  readonly #count: MischiefCount;
  #held: Request | null = null;

  constructor(random: Random, mischief: Mischief, count: MischiefCount) {
    this.#random = random;
    this.#mischief = mischief;
    this.#count = count;
  }

  get holds(): boolean {
    return this.#held !== null;
  }

  pass(request: Request, send: (request: Request) => void): void {
    const { doubled, swapped } = this.#mischief;
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

  /** Sends what is held back, if nothing came to be sent before it. */
  release(send: (request: Request) => void): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) send(held);
  }

  /** Its connection is gone, and what was held with it. */
  forget(): void {
    this.#held = null;
  }
}
