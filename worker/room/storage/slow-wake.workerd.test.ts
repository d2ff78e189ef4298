/** Tests that a room with a long journal wakes in many turns: other rooms go on, and its clients wait. */

import { evictDurableObject, SELF } from "cloudflare:test";
import { beforeAll, expect, test, vi } from "vitest";
import { silence } from "#game/outbox.ts";
import { wake } from "#game/journal/waking.ts";
import { SqlJournal } from "./journal.ts";
import { engines } from "../engines.ts";
import { wakeSlowly, wokenAtOnce } from "./slow-wake.ts";
import {
  hashOf,
  inRoom,
  keepAwake,
  makeRoom,
  origin,
  stubOf,
  TestClient,
} from "../testing/client.ts";

let room: string;
let alice: TestClient;
let hash: string;
const entries = wokenAtOnce + 500;

beforeAll(async () => {
  const made = await makeRoom({ template: "options" });
  room = made.room;
  keepAwake(room);
  alice = await TestClient.join(room, "alice");
  for (let first = 0; first < entries; first += 500) {
    await inRoom(room, (object) => {
      for (let n = first; n < first + 500; n++) {
        const order = {
          op: "order_new",
          inst: 1,
          side: "buy",
          qty: 1,
          price: 1 + (n % 50),
        } as const;
        const request = n % 200 === 199 ? ({ op: "cancel_all" } as const) : order;
        object.service.room()!.request(alice.userId, -1, 10, request, Date.now() + 100 * n);
      }
    });
    // Writes them in the turn that answers this.
    await alice.ask("cancel_all", {});
  }
  await alice.ask("order_new", { inst: 1, side: "buy", qty: 7, price: 2, cid: "last" });
  await inRoom(room, (_object, { storage: { sql } }) => void sql.exec("DELETE FROM snapshot"));
  hash = await hashOf(room);
});

test("meanwhile other rooms answer, and all who came to this one find it as it was, in their order", async () => {
  const other = await makeRoom();
  await evictDurableObject(stubOf(room));
  let isAwake = false;
  const summary = SELF.fetch(`${origin}/api/rooms/${room}`).finally(() => (isAwake = true));
  // Sends both while nobody is let in.
  const order = { inst: 1, side: "buy", qty: 7, price: 2 } as const;
  alice.send({ op: "order_new", ...order, cid: "last" });
  alice.send({ op: "order_new", ...order, cid: "next" });
  let answers = 0;
  for (; !isAwake; answers++) {
    await SELF.fetch(`${origin}/api/rooms/${other.room}`);
    // Runs after everything that could go on: timers ring last.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(answers).toBeGreaterThan(20);
  expect((await summary).status).toBe(200);
  const start = alice.inbox.length;
  await alice.settle();
  const replies = [...alice.all("order_ack")].filter(({ cid }) => cid === "last" || cid === "next");
  expect(replies.slice(-2)).toMatchObject([{ cid: "last", duplicate: true }, { cid: "next" }]);
  expect(start).toBeGreaterThan(0);
});

test("what was done is kept on the way, for whoever goes on after a kill", async () => {
  hash = await hashOf(room);
  await inRoom(room, async (_object, { storage }) => {
    storage.sql.exec("DELETE FROM snapshot");
    const journal = new SqlJournal(storage.sql);
    const kept = vi.spyOn(journal, "setSnapshot");
    kept.mockImplementation(function (this: SqlJournal, bytes) {
      kept.mockRestore();
      journal.setSnapshot(bytes);
      throw new Error("killed");
    });
    await expect(wakeSlowly(journal, engines, silence, 4_000)).rejects.toThrow("killed");
    const woken = wake(new SqlJournal(storage.sql), engines, silence);
    expect(woken.replayed).toBeLessThan(entries - 3_900);
    expect(woken.replayed).toBeGreaterThan(5_000);
    expect(woken.room.context.engine.stateHash()).toBe(hash);
  });
});

test("a long journal that is not to be trusted is told to whoever waits", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  await inRoom(room, (_object, { storage: { sql } }) => {
    sql.exec("DELETE FROM snapshot");
    sql.exec("UPDATE journal SET entries = x'01' WHERE n = (SELECT max(n) FROM journal)");
  });
  await evictDurableObject(stubOf(room));
  expect((await SELF.fetch(`${origin}/api/rooms/${room}`)).status).toBe(503);
  expect(logged.mock.calls.map(([line]) => JSON.parse(line as string).event)).toEqual([
    "room.untrusted",
  ]);
});
