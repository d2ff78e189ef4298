/** The session that a replay shows, as its page provides it. */

import type { Opened } from "#lib/net/replay-messages.ts";
import type { ReplayWorker } from "./replay-worker.ts";

export interface ReplaySource {
  /** The share of the log that has been played, 0 to 1. */
  readonly share: number;
  /** Loads and plays the log. Rejects with words; the next call tries again. */
  ready(): Promise<{ worker: ReplayWorker; opened: Opened }>;
}

export interface ReplaySeat {
  readonly user_id: number;
  readonly name: string;
  /** [ts, P&L] over the session. */
  readonly curve: readonly (readonly [number, number])[];
}
