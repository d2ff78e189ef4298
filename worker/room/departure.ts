/** Sends everybody away before the object ends: they come back by token, and find the room as they left it. */

import { closeCode } from "#protocol";
import type { Assembly } from "./assembly.ts";

const restarts = "The server restarts: reconnect.";
export const setBack = "The server's clock was set back: reconnect.";

export class Departure {
  readonly #parts: Assembly;
  readonly #ctx: DurableObjectState;
  #isUnderWay = false;

  constructor(parts: Assembly, ctx: DurableObjectState) {
    this.#parts = parts;
    this.#ctx = ctx;
  }

  /** True while no frames are taken: clients ask again, by cid, for missing answers. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Sends the queues and closes every socket: the server is about to stop. */
  async drain(reason = restarts): Promise<void> {
    const { turn, journal, snapshots, archiving, clock } = this.#parts;
    const { connections } = this.#parts.sockets;
    this.#isUnderWay = true;
    archiving.stop();
    try {
      turn.end();
      // Lets a commit that is under way end, and the held turns after it.
      while (journal.pending > 0) {
        await this.#ctx.storage.sync();
        turn.end();
      }
      snapshots.keep();
      connections.closeAll(closeCode.serviceRestart, reason);
      // Does not tell the room that anybody left: traders who come back find their orders, as after a crash.
      connections.flush(clock.now());
      await this.#ctx.storage.sync();
    } finally {
      this.#isUnderWay = false;
    }
  }

  /**
   * Ends this object, so that another takes its place: the machine's clock was set back, and its timers stand still.
   * Does not return: the caller's request fails.
   */
  async renew(): Promise<void> {
    try {
      await this.drain(setBack);
      this.#parts.absence.renew();
      await this.#ctx.storage.sync();
    } finally {
      this.#ctx.abort(setBack);
    }
  }
}
