/** The bindings and settings that the platform gives the Worker. */
export interface Env {
  ASSETS: Fetcher;
  DB: D1Database;
  ROOM: DurableObjectNamespace;
  /** The address that players use, where a proxy in front changes it. */
  PUBLIC_ORIGIN?: string;
  /** Further origins, comma separated. */
  ALLOWED_ORIGINS?: string;
  /** Set on one machine, where the guard in front names the peer: the client or a trusted proxy. */
  SELF_HOSTED?: string;
  /** Addresses of proxies whose X-Forwarded-For is believed, comma separated. */
  TRUSTED_PROXY?: string;
  /** The folder of the rooms' files on one machine: shows whether a room exists without making its object. */
  ROOM_FILES?: Fetcher;
  /**
   * The key, on one machine, of the guard in front, and of the launcher when it empties the server. Requests without
   * it are not answered.
   */
  LAUNCHER_KEY?: string;
  /** The token that reads the server's numbers; without it they are for everybody. */
  METRICS_TOKEN?: string;
  /** Limits of one address: whole numbers. */
  ROOMS_PER_HOUR?: string;
  CONNECTS_PER_MINUTE?: string;
  WRONG_CODES?: string;
  /** Size that a room's journal may have, MiB. */
  JOURNAL_MIB?: string;
  UNJOINED?: string;
  UNJOINED_PER_ADDRESS?: string;
  /** Days until a room is deleted: one in which nobody played, and one that is closed and archived. */
  UNUSED_DAYS?: string;
  KEEP_DAYS?: string;
}
