/** What the simulated object counts as a request's doing, and what it has before anybody comes. */

import { beforeEach, expect, test } from "vitest";
import { Audit } from "./audit.ts";
import { EventQueue } from "./event-queue.ts";
import type { Link } from "./network.ts";
import { Random } from "./random.ts";
import { RoomHost } from "./room-host.ts";
import { Trace } from "./trace.ts";

const us = 1_000;
let queue: EventQueue;
let audit: Audit;
let host: RoomHost;

beforeEach(() => {
  queue = new EventQueue();
  audit = new Audit();
  host = new RoomHost(queue, new Random(1), audit, new Trace(), {
    ...{ onDisconnect: "keep", commitLeastUs: us, commitMostUs: us },
    ...{ ticksEachTurn: false, snapshotEvery: Infinity },
  });
});

/** Somebody whose answers nobody reads. */
function linked(): Link {
  const link = { deliver() {}, close() {}, serverDied() {} } as unknown as Link;
  host.accept(link);
  return link;
}

test("a room is there though the process dies as soon as it was made", () => {
  host.crash(us);
  expect(host.room.exists).toBe(true);
});

test("a bell that a request brings is not the request's doing", () => {
  const exchange = linked();
  host.receive(exchange, { op: "join", role: "exchange", host_token: "host" });
  const ends_at = host.nowMs + 5;
  host.receive(exchange, { op: "session", cid: "1", state: "open", ends_at });
  queue.nowUs = 10 * us;
  host.receive(exchange, { op: "news", cid: "2", text: "Late." });
  expect(host.room.state.session).toBe("paused");
  expect(audit.rowOf(1, "2")).toBe(host.journal.length);
});
