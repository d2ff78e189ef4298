/** The state of a page's connection to its room. */

export type ConnectionState =
  | { state: "connecting" }
  /** `silentSince`, Unix ms: no message has come since, though a ping was sent, so the shown data may be old. */
  | { state: "online"; silentSince?: number }
  /** The socket has closed; the next try is at `retryAt`, Unix ms. */
  | { state: "reconnecting"; retryAt: number }
  /** Ended for good; `message` gives the reason in words. */
  | { state: "ended"; message: string };

/** Whether the shown data is up to date. */
export const isUpToDate = (connection: ConnectionState): boolean =>
  connection.state === "online" && connection.silentSince === undefined;
