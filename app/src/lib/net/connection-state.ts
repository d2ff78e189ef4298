/** How a page stands with its room's server. */

export type ConnectionState =
  | { state: "connecting" }
  /** `silentSince`, Unix ms: nothing has come since, though a ping was sent, so the data shown may be old. */
  | { state: "online"; silentSince?: number }
  /** The socket dropped; the next try is at `retryAt` (Unix ms). */
  | { state: "reconnecting"; retryAt: number }
  /** Over for good; `message` says why in words. */
  | { state: "ended"; message: string };

/** Whether the data shown are up to date. */
export const isWell = (connection: ConnectionState): boolean =>
  connection.state === "online" && connection.silentSince === undefined;
