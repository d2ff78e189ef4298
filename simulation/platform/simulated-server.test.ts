/** The simulated server: which changes count as a request's, and its state before anybody joins. */

import { expect, test } from "vitest";
import { Audit } from "../audit.ts";
import { EventQueue } from "./event-queue.ts";
import type { Link } from "./network.ts";
import { Random } from "../random.ts";
import { SimulatedServer } from "./simulated-server.ts";
import { Trace } from "../trace.ts";

const us = 1_000;
function newServer(seed: number) {
  const queue = new EventQueue();
  const audit = new Audit();
  const server = new SimulatedServer(queue, new Random(seed), audit, new Trace(), {
    ...{ onDisconnect: "keep", markLots: 1, commitLeastUs: us, commitMostUs: us },
    ...{ snapshotEvery: Infinity, slice: 32 },
  });
  return { queue, audit, server };
}

/** A link whose messages nobody reads. */
function linked(server: SimulatedServer): Link {
  const link = { deliver() {}, close() {}, serverDied() {} } as unknown as Link;
  server.accept(link);
  return link;
}

test("a room is there though the process dies as soon as it was made", () => {
  // A commit under way is kept or lost in a crash by chance.
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { server } = newServer(seed);
    server.crash(us);
    expect(server.room.exists).toBe(true);
  }
});

test("a bell that a request brings is not the request's doing", () => {
  const { queue, audit, server } = newServer(1);
  const exchange = linked(server);
  server.receive(exchange, { op: "join", role: "exchange", host_token: "host" });
  while (server.count(1) === 0) queue.step();
  const ends_at = server.nowMs + 5;
  server.receive(exchange, { op: "session", cid: "1", state: "open", ends_at });
  queue.nowUs += 10 * us;
  server.receive(exchange, { op: "news", cid: "2", text: "Late." });
  expect(server.room.state.session).toBe("paused");
  expect(audit.rowOf(1, "2")).toBe(server.disk.length);
});
