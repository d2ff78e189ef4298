/** The launcher's beats: how far its two clocks are, for the server's own (worker/clock.ts). */

import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";

const beatMs = 500;
/** So many in a row take a minute at least: nothing that the runtime does in one turn takes so long. */
const deadBeats = 120;

/**
 * Sends beats until it is told to stop.
 * @param {URL} entry of the server, for the launcher alone
 * @param {string} key the launcher's
 * @param {() => void} dead is called when so many in a row were not answered
 * @param {number} most how many. They are counted and not timed: a laptop that slept has missed one.
 * @returns {() => void} ends it
 */
export function startBeats(entry, key, dead, most = deadBeats) {
  const ending = new AbortController();
  const { signal } = ending;
  const url = new URL("/api/clock", entry);
  const headers = { authorization: `Bearer ${key}` };
  async function run() {
    let unanswered = 0;
    while (!signal.aborted) {
      const body = JSON.stringify({ runMs: Math.round(performance.now()), wallMs: Date.now() });
      // A beat that is lost is made up for by the next.
      unanswered++;
      await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(2 * beatMs) })
        .then((answer) => answer.arrayBuffer())
        .then(() => (unanswered = 0))
        .catch(() => {});
      if (unanswered >= most && !signal.aborted) return dead();
      await pause(beatMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }
  void run();
  return () => ending.abort();
}
