/**
 * Decides how the service worker answers a request: from what it keeps, from the network, or not at all. Rooms and their
 * API are none of its business.
 */

/** `kept`: what is kept, else the network. `fresh`: the network, else what is kept under `as`. */
export type Answer = { how: "kept" } | { how: "fresh"; as: string };

/** The page that is kept for all addresses of practice: each page of the app works at every address. */
export const shell = "/practice";
/** The list of games, which free play offers. */
export const gamesPath = "/api/formats";

export interface Asked {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** @returns null: the browser asks the server, as if there were no service worker */
export function answerTo({ method, mode, url }: Asked, origin: string): Answer | null {
  const { pathname, origin: asked } = new URL(url);
  if (method !== "GET" || asked !== origin) return null;
  if (mode === "navigate") return isOfPractice(pathname) ? { how: "fresh", as: shell } : null;
  if (pathname === gamesPath) return { how: "fresh", as: gamesPath };
  // Names of these files change with their contents.
  return pathname.startsWith("/_app/immutable/") || pathname === "/favicon.svg"
    ? { how: "kept" }
    : null;
}

const isOfPractice = (pathname: string) =>
  pathname === "/" || pathname === shell || pathname.startsWith(`${shell}/`);
