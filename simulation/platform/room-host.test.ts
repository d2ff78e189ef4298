/** What the simulated object counts as a request's doing, and what it has before anybody comes. */

import { expect, test } from "vitest";
import { Audit } from "../audit.ts";
import { EventQueue } from "./event-queue.ts";
import type { Link } from "./network.ts";
import { Random } from "../random.ts";
import { RoomHost } from "./room-host.ts";
import { Trace } from "../trace.ts";

const us = 1_000;
function newHost(seed: number) {
  const queue = new EventQueue();
  const audit = new Audit();
  const host = new RoomHost(queue, new Random(seed), audit, new Trace(), {
    ...{ onDisconnect: "keep", commitLeastUs: us, commitMostUs: us },
    ...{ snapshotEvery: Infinity, slice: 32 },
  });
  return { queue, audit, host };
}

/** Somebody whose answers nobody reads. */
function linked(host: RoomHost): Link {
  const link = { deliver() {}, close() {}, serverDied() {} } as unknown as Link;
  host.accept(link);
  return link;
}

test("a room is there though the process dies as soon as it was made", () => {
  // Whether a commit under way outlives a crash is drawn.
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { host } = newHost(seed);
    host.crash(us);
    expect(host.room.exists).toBe(true);
  }
});

test("a bell that a request brings is not the request's doing", () => {
  const { queue, audit, host } = newHost(1);
  const exchange = linked(host);
  host.receive(exchange, { op: "join", role: "exchange", host_token: "host" });
  while (host.count(1) === 0) queue.step();
  const ends_at = host.nowMs + 5;
  host.receive(exchange, { op: "session", cid: "1", state: "open", ends_at });
  queue.nowUs += 10 * us;
  host.receive(exchange, { op: "news", cid: "2", text: "Late." });
  expect(host.room.state.session).toBe("paused");
  expect(audit.rowOf(1, "2")).toBe(host.disk.length);
});
