/** What the Worker is given by its platform. */
export interface Env {
  ASSETS: Fetcher;
  DB: D1Database;
  ROOM: DurableObjectNamespace;
  /** The address that players use, where a proxy in front changes it. */
  PUBLIC_ORIGIN?: string;
  /** Further origins, comma separated. */
  ALLOWED_ORIGINS?: string;
  /** Set on one machine, where the guard in front says who the peer is: the client or a trusted proxy. */
  SELF_HOSTED?: string;
  /** Addresses of proxies whose X-Forwarded-For is believed, comma separated. */
  TRUSTED_PROXY?: string;
  /** On one machine: the folder of the rooms' files, to see whether there is a room without making its object. */
  ROOM_FILES?: Fetcher;
  /**
   * On one machine: what the guard in front proves itself with, and the launcher when it empties the server. Who has
   * not got it is not answered.
   */
  LAUNCHER_KEY?: string;
  /** Closes the numbers to everybody else. */
  METRICS_TOKEN?: string;
  /** Limits of one address: whole numbers. */
  ROOMS_PER_HOUR?: string;
  CONNECTS_PER_MINUTE?: string;
  WRONG_CODES?: string;
  /** MiB that a room's journal may take. */
  JOURNAL_MIB?: string;
  UNJOINED?: string;
  UNJOINED_PER_ADDRESS?: string;
  /** Days until a room is deleted that nobody played in, or that is closed and archived. */
  UNUSED_DAYS?: string;
  KEEP_DAYS?: string;
}
