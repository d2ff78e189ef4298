/**
 * Counters of this isolate since it started, over all its rooms, and without a name, code or token.
 * On one machine the isolate is the whole server; on Cloudflare it is one of many (docs/deployment.md).
 * Every label comes from a closed list of ours, so that no client can make the tables grow.
 */

import type { ErrorCode, Op } from "#protocol";

/** Upper ends of the commit histogram's buckets, milliseconds. */
export const commitBucketsMs = [1, 2, 5, 10, 20, 50, 100, 250, 1_000] as const;

/** The limits of the server that can refuse: see worker/limits. */
export type LimitName =
  "rooms" | "connects" | "lookups" | "files" | "secrets" | "unjoined" | "joins";

class Counter<Label extends string | number> {
  readonly #counts = new Map<Label, number>();

  add(label: Label, by = 1): void {
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + by);
  }

  /** The counts by label, in the order of the labels' names. */
  all(): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts].map(([label, count]): [string, number] => [String(label), count]).sort(),
    );
  }
}

/** Counters by label. */
export const counted = {
  /** Requests understood, by operation. */
  requests: new Counter<Op>(),
  /** Refusals sent, by error code: of requests, joins and malformed frames. */
  rejects: new Counter<ErrorCode>(),
  /** Closes that the server began, by close code: 4008 are the slow consumers. */
  closes: new Counter<number>(),
  /** Answers over HTTP, by status. */
  http: new Counter<number>(),
  /** Refusals by a limit of the server, by limit. */
  limited: new Counter<LimitName>(),
};

/** Sums without labels. */
export const sums = {
  trades: 0,
  /** Messages to one client, and the frames that carried them. */
  messages: 0,
  frames: 0,
  /** Books sent: one for each instrument and change, however many get it. */
  books: 0,
  /** Rooms rebuilt from their journals. */
  rebuilds: 0,
};

const commits = { buckets: new Array<number>(commitBucketsMs.length + 1).fill(0), sumMs: 0 };

/** Counts the time from appending a journal row until it was on disk. */
export function observeCommit(durationMs: number): void {
  const bucket = commitBucketsMs.findIndex((end) => durationMs <= end);
  const index = bucket < 0 ? commitBucketsMs.length : bucket;
  commits.buckets[index] = (commits.buckets[index] ?? 0) + 1;
  commits.sumMs += durationMs;
}

/** The number of open sockets of each room that has any. */
const live = new Map<string, number>();

export function setSockets(room: string, sockets: number): void {
  if (sockets === 0) live.delete(room);
  else live.set(room, sockets);
}

export function liveRooms(): string[] {
  return [...live.keys()];
}

/** When the isolate started. The first request sets it: in workerd the clock stands at zero while a module loads. */
let startedAt: number | null = null;

/** Notes that a request has come. @returns the time of the first one, Unix ms: the start */
export function noteRequest(now: number): number {
  return (startedAt ??= now);
}

export function readMetrics(now: number) {
  const start = noteRequest(now);
  const count = commits.buckets.reduce((sum, one) => sum + one, 0);
  return {
    started_at: start,
    uptime_s: Math.floor((now - start) / 1_000),
    rooms: live.size,
    sockets: [...live.values()].reduce((sum, one) => sum + one, 0),
    ...sums,
    requests: counted.requests.all(),
    rejects: counted.rejects.all(),
    closes: counted.closes.all(),
    limited: counted.limited.all(),
    http: counted.http.all(),
    commits: { count, sum_ms: commits.sumMs, buckets: [...commits.buckets] },
  };
}
export type Metrics = ReturnType<typeof readMetrics>;
