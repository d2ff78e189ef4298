/** The replayed session that the replay and the check of one page share: the log is loaded and played once for both. */

import type { Check, Opened } from "#lib/net/replay-messages.ts";
import type { ReplayWorker } from "#lib/replay/replay-worker.ts";
import type { SessionPage } from "./session.svelte.ts";
import { toldOf } from "./told.ts";

interface Ready {
  worker: ReplayWorker;
  opened: Opened;
}

export class SharedReplay {
  readonly #page: SessionPage;
  /** The share of the log that has been played, 0 to 1. */
  share = $state(0);
  #ready: Promise<Ready> | null = null;
  #worker: ReplayWorker | null = null;

  constructor(page: SessionPage) {
    this.#page = page;
  }

  /** Loads and plays the log. Rejects with words; the next call tries again. */
  ready(): Promise<Ready> {
    this.#ready ??= this.#open().catch((fault: unknown) => {
      this.close();
      throw fault;
    });
    return this.#ready;
  }

  async verify(): Promise<readonly Check[]> {
    const { worker } = await this.ready();
    const { debrief, toldHashes: hashes } = this.#page;
    if (debrief === null) throw new Error("no debrief");
    const trades = this.#page.trades ?? (await this.#page.rows("trades"));
    const positions = await this.#page.rows("positions");
    // Plain copies: a worker takes no reactive objects.
    const told = toldOf(debrief, { hashes, trades, positions });
    return worker.ask("verify", { told: structuredClone(told) });
  }

  close(): void {
    this.#worker?.close();
    this.#worker = null;
    this.#ready = null;
  }

  async #open(): Promise<Ready> {
    this.share = 0;
    const log = await this.#page.log();
    const { ReplayWorker } = await import("#lib/replay/replay-worker.ts");
    const worker = new ReplayWorker();
    this.#worker = worker;
    const names = (this.#page.debrief?.traders ?? []).map(
      ({ user_id, name }) => [user_id, name] as const,
    );
    const opened = await worker.ask("open", { log, names }, (share) => (this.share = share));
    return { worker, opened };
  }
}
