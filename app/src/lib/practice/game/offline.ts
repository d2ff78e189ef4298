/** Keeps practice in the browser, so that it works without a network: registers the service worker, and waits for it. */

/** `never`: the page is not served in a way that allows it, or the browser refuses. */
export type Offline = "keeping" | "ready" | "never";

export async function keepOffline(): Promise<Offline> {
  // Missing on pages that are served over plain HTTP.
  if (!("serviceWorker" in navigator)) return "never";
  try {
    await navigator.serviceWorker.register("/service-worker.js");
    await navigator.serviceWorker.ready;
    return "ready";
  } catch {
    return "never";
  }
}
