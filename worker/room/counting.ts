/** Counts what leaves a room on its way to the sockets, and how long its rows take to the disk. Changes nothing. */

import type { Outbox } from "#game/outbox.ts";
import { counted, observeCommit, sums } from "../metrics.ts";

/** The same outbox, counted. */
export function counting(outbox: Outbox): Outbox {
  return {
    ...outbox,
    toConnection: (connection, message) => {
      if (message.type === "error") counted.rejects.add(message.code);
      outbox.toConnection(connection, message);
    },
    toAll: (message, except) => {
      if (message.type === "trade") sums.trades++;
      outbox.toAll(message, except);
    },
    book: (inst) => {
      sums.books++;
      outbox.book(inst);
    },
  };
}

/** Measures commits, one at a time: a sample, so that measuring costs nothing under load. */
export class CommitClock {
  readonly #storage: DurableObjectStorage;
  #measured = 0;
  #isRunning = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** At the end of a turn. @param journalled rows of the journal so far */
  turnEnded(journalled: number, now: number): void {
    if (this.#isRunning || journalled === this.#measured) return;
    this.#measured = journalled;
    this.#isRunning = true;
    void this.#measure(now);
  }

  async #measure(startMs: number): Promise<void> {
    try {
      await this.#storage.sync();
      observeCommit(Date.now() - startMs);
    } catch {
      // The platform resets an object whose writes fail: nothing was committed.
    } finally {
      this.#isRunning = false;
    }
  }
}
