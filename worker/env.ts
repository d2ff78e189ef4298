/** What the Worker is given by its platform. */
export interface Env {
  ASSETS: Fetcher;
  DB: D1Database;
  ROOM: DurableObjectNamespace;
  /** The address that players use, where a proxy in front changes it. */
  PUBLIC_ORIGIN?: string;
  /** Further origins, comma separated. */
  ALLOWED_ORIGINS?: string;
}
