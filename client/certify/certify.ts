/** Certifies a bot: makes a room on a server, lets the bot in by a proxy, plays the course, and gives the verdicts. */

import type { Request } from "#protocol";
import { run } from "./course.ts";
import { Findings, type Verdict } from "./findings.ts";
import { Market } from "./market.ts";
import { Proxy } from "./proxy.ts";
import { Stage } from "./stage.ts";
import { Watch } from "./watch.ts";

export interface CertifySettings {
  /** Address of a running server. */
  url: string;
  /** Port of the proxy; 0: any. */
  port?: number;
  /** Share of the usual times that the course takes; 1 by default, which is about a minute. */
  pace?: number;
  /** Time until the bot has to be in the room, ms; two minutes by default. */
  joinMs?: number;
  /** Told once the bot may come: the address to use in the place of the server's, and the room. */
  ready(address: string, room: string): void;
}

export interface Certificate {
  /** Name of the bot in the room. */
  name: string;
  verdicts: readonly Verdict[];
}

/** @throws where the server makes no room */
export async function certify(settings: CertifySettings): Promise<Certificate> {
  const { url, port = 0, pace = 1, joinMs = 120_000, ready } = settings;
  const base = new URL(url).origin.replace(/^ws/, "http");
  const market = await Market.open(base);
  const findings = new Findings();
  const watch = new Watch(findings, market);
  const proxy = new Proxy(base, {
    sent: (_line, frame) => {
      watch.takes(frame);
      stage.took((frame ?? {}) as Request);
    },
    told: (line, message) => {
      watch.hears(message);
      stage.heard(line, message);
    },
    closed: (line) => stage.closed(line),
  });
  const stage = new Stage({ market, proxy, watch, findings, pace });
  try {
    ready(await proxy.listen(port), market.room);
    await run(stage, joinMs);
  } finally {
    proxy.close();
    market.close();
  }
  return { name: watch.name, verdicts: findings.verdicts };
}
