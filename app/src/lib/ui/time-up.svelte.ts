/** Knows whether the session has paused at its end: in a pause the exchange no longer tells the end. */

import type { SessionState } from "#protocol";

/** Tolerance between the server's clock and ours. */
const SLACK_MS = 1_000;

export class TimeUp {
  #isUp = $state(false);
  /** The end of the open session, Unix ms by the server's clock. */
  #endsAt: number | null = null;

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Takes in the session as it is now. */
  see(session: { state: SessionState; ends_at: number | null } | null, serverNow: number): void {
    const endedAt = this.#endsAt;
    this.#endsAt = session?.state === "open" ? session.ends_at : null;
    if (session?.state === "paused" && endedAt === null) return;
    this.#isUp = session?.state === "paused" && (endedAt ?? Infinity) <= serverNow + SLACK_MS;
  }
}
