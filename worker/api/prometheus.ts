/** The counters as Prometheus reads them. Source: the text exposition format, version 0.0.4. */

import { commitBucketsMs, type Metrics } from "../metrics.ts";

export const prometheusType = "text/plain; version=0.0.4; charset=utf-8";

type Kind = "counter" | "gauge" | "histogram";

/** Writes all values. Names begin with `mmg_`, and end with the unit. */
export function prometheusText(metrics: Metrics): string {
  const { commits } = metrics;
  let seen = 0;
  const buckets = commits.buckets.map((count, index): [string, number] => {
    const end = commitBucketsMs[index];
    return [`_bucket{le="${end === undefined ? "+Inf" : end / 1_000}"}`, (seen += count)];
  });
  return [
    ...family("uptime_seconds", "gauge", "Since the isolate took its first request.", [
      ["", metrics.uptime_s],
    ]),
    ...family("rooms", "gauge", "Rooms with open sockets.", [["", metrics.rooms]]),
    ...family("sockets", "gauge", "Open sockets.", [["", metrics.sockets]]),
    ...family("requests_total", "counter", "Requests understood.", by("op", metrics.requests)),
    ...family("rejects_total", "counter", "Refusals sent.", by("code", metrics.rejects)),
    ...family("trades_total", "counter", "Trades.", [["", metrics.trades]]),
    ...family("books_total", "counter", "Changed books sent to a room.", [["", metrics.books]]),
    ...family("messages_total", "counter", "Messages to a client.", [["", metrics.messages]]),
    ...family("frames_total", "counter", "Frames to a client.", [["", metrics.frames]]),
    ...family(
      "closes_total",
      "counter",
      "Sockets closed by the server; code 4008: slow consumers.",
      by("code", metrics.closes),
    ),
    ...family(
      "limited_total",
      "counter",
      "Refused by a limit of the server.",
      by("limit", metrics.limited),
    ),
    ...family("rebuilds_total", "counter", "Rooms rebuilt from their journals.", [
      ["", metrics.rebuilds],
    ]),
    ...family("http_responses_total", "counter", "Answers over HTTP.", by("status", metrics.http)),
    ...family("commit_seconds", "histogram", "From a turn's end to its rows being on disk.", [
      ...buckets,
      ["_sum", commits.sum_ms / 1_000],
      ["_count", commits.count],
    ]),
    "",
  ].join("\n");
}

function family(name: string, kind: Kind, help: string, rows: [string, number][]): string[] {
  return [
    `# HELP mmg_${name} ${help}`,
    `# TYPE mmg_${name} ${kind}`,
    ...rows.map(([suffix, value]) => `mmg_${name}${suffix} ${value}`),
  ];
}

/** Writes a labelled counter. Labels come from closed lists (error codes, operations, numbers) and need no escaping. */
function by(label: string, counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).map(([key, count]) => [`{${label}="${key}"}`, count]);
}
