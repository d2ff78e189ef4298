/** The launcher's beats: how far its two clocks are, for the server's own (worker/clock.ts). */

import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";

const beatMs = 500;

/**
 * Sends beats until it is told to stop.
 * @param {URL} entry of the server, for the launcher alone
 * @param {string} key the launcher's
 * @returns {() => void} ends it
 */
export function startBeats(entry, key) {
  const ending = new AbortController();
  const { signal } = ending;
  const url = new URL("/api/clock", entry);
  const headers = { authorization: `Bearer ${key}` };
  async function run() {
    while (!signal.aborted) {
      const body = JSON.stringify({ runMs: Math.round(performance.now()), wallMs: Date.now() });
      // A beat that is lost is made up for by the next.
      await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(2 * beatMs) })
        .then((answer) => answer.arrayBuffer())
        .catch(() => {});
      await pause(beatMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }
  void run();
  return () => ending.abort();
}
