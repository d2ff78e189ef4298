/**
 * The service worker: keeps the app's files of this release, so that practice works without a network. Rooms are left to
 * the server. A new release takes over when no page of the last one is open any more.
 */

import { version } from "$app/env";
import { immutable } from "$app/manifest";
import { self } from "$app/service-worker";
import { answerTo, gamesPath, shell, type Answer } from "./answer.ts";

const prefix = "mmg ";
const cacheName = prefix + version;
/** Time after which a network that does not answer counts as none. */
const patienceMs = 4_000;
const filesAtOnce = 6;

const files = [shell, gamesPath, "/favicon.svg", ...immutable.map(({ path }) => `/${path}`)];

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request, self.location.origin);
  if (answer !== null) event.respondWith(answered(event.request, answer));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  // A few at a time: a server limits how much one client asks for at once.
  for (let at = 0; at < files.length; at += filesAtOnce)
    await cache.addAll(files.slice(at, at + filesAtOnce).map(requestOf));
}

/** The page and the list are asked for anew: an older release's could be in the browser's own cache. */
function requestOf(path: string): Request {
  return new Request(path, path.startsWith("/_app/") ? {} : { cache: "reload" });
}

/** Drops the files of earlier releases, and serves the pages that are open already. */
async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answered(request: Request, answer: Answer): Promise<Response> {
  const cache = await caches.open(cacheName);
  if (answer.how === "kept") return (await cache.match(request)) ?? fetch(request);
  try {
    return await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
  } catch (fault) {
    const kept = await cache.match(answer.as);
    if (kept === undefined) throw fault;
    return kept;
  }
}
