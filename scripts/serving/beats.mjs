/**
 * The launcher's beats: readings of its two clocks, for the server's own clock (worker/clock.ts), and the addresses under
 * which others reach it, which change with the network (worker/reachable.ts).
 */

import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";

const beatMs = 500;
/** Unanswered beats in a row that mean a dead runtime: a minute at least, longer than any turn of a runtime. */
const deadBeats = 120;

/**
 * Sends beats until it is stopped.
 * @param {URL} entry of the server, for the launcher alone
 * @param {string} key of the launcher
 * @param {() => string[]} origins under which others reach the server
 * @param {() => void} dead is called after so many unanswered beats in a row
 * @param {number} most how many. They are counted and not timed: a laptop that slept has missed one.
 * @returns {() => void} stops the beats
 */
export function startBeats(entry, key, origins, dead, most = deadBeats) {
  const ending = new AbortController();
  const { signal } = ending;
  const url = new URL("/api/clock", entry);
  const headers = { authorization: `Bearer ${key}` };
  async function run() {
    let unanswered = 0;
    while (!signal.aborted) {
      const body = JSON.stringify({
        ...{ runMs: Math.round(performance.now()), wallMs: Date.now() },
        origins: origins(),
      });
      // The next beat makes up for a lost one.
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
