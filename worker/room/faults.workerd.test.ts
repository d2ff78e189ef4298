/** Tests of faults inside a room: nothing half done is shown, and the room comes back from its journal. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { closeCode } from "#protocol";
import { entriesOf, hashOf, inRoom, makeRoom, TestClient } from "./testing/client.ts";

const poison = (room: string) =>
  inRoom(room, (_object, state) => {
    state.storage.sql.exec(
      "CREATE TRIGGER poison BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'poisoned'); END",
    );
  });
const cure = (room: string) =>
  inRoom(room, (_object, state) => void state.storage.sql.exec("DROP TRIGGER poison"));
const logged: string[] = [];
/** Whether an alarm may have met the fault more than once, on a machine that is slow to cure it. */
let isRepeated = false;
beforeEach(() => {
  isRepeated = false;
  vi.spyOn(console, "error").mockImplementation((line: string) => void logged.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  // Checks that every fault is logged once, with its cause and room, and without names and messages of users.
  const lines = logged.splice(0);
  const fault = expect.objectContaining({
    ...{ level: "error", event: "room.fault", room: expect.any(String) },
    fault: expect.stringMatching(/poisoned|unreachable/),
  });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    isRepeated ? lines.map(() => fault) : [fault],
  );
  expect(lines.join()).not.toMatch(/alice|bob|carol/);
});

async function trading() {
  const { room, host_token } = await makeRoom({ settings: { on_disconnect: "cancel" } });
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const alice = await TestClient.join(room, "alice");
  const bob = await TestClient.join(room, "bob");
  await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 100 });
  return { room, host_token, host, alice, bob };
}

describe("a journal that can't be written", () => {
  test("an order: INTERNAL, all closed with 1012, no fill told, and the room as it was", async () => {
    const { room, host, alice, bob } = await trading();
    await Promise.all([host, alice, bob].map((client) => client.settle()));
    const [rows, hash] = [await entriesOf(room), await hashOf(room)];
    await poison(room);
    const order = { inst: 1, side: "buy", qty: 5, price: 100, cid: "again" } as const;
    const start = bob.inbox.length;
    bob.send({ op: "order_new", ...order });
    expect(await bob.nextOf("error", start)).toMatchObject({ code: "INTERNAL" });
    for (const client of [host, alice, bob])
      expect((await client.whenClosed()).code).toBe(closeCode.serviceRestart);
    for (const client of [host, alice, bob]) {
      expect(client.all("fill")).toEqual([]);
      expect(client.all("trade")).toEqual([]);
    }
    expect(bob.all("order_ack")).toEqual([]);
    expect(JSON.stringify(bob.inbox)).not.toContain("poisoned");

    await cure(room);
    expect(await entriesOf(room)).toEqual(rows);
    expect(await hashOf(room)).toBe(hash);
    const back = await TestClient.join(room, "", "trader", { resume_token: bob.token });
    const ack = await back.ask("order_new", order);
    expect(ack).toMatchObject({ type: "order_ack", filled: 5 });
    expect(ack).not.toHaveProperty("duplicate");
  });

  test("a join: nobody is in who is not written down", async () => {
    const { room } = await trading();
    await poison(room);
    const carol = await TestClient.connect(`/ws/${room}`);
    carol.send({ op: "join", name: "carol" });
    expect(await carol.nextOf("error", 0)).toMatchObject({ code: "INTERNAL" });
    expect((await carol.whenClosed()).code).toBe(closeCode.serviceRestart);
    await cure(room);
    const dave = await TestClient.join(room, "carol");
    expect(dave.ack!.users.map(({ name }) => name)).toEqual(["Exchange", "alice", "bob", "carol"]);
  });

  test("a dropped connection whose orders go: the room restarts from its journal", async () => {
    const { room, host, alice, bob } = await trading();
    const hash = await hashOf(room);
    await poison(room);
    alice.socket.close(1000);
    expect((await bob.whenClosed()).code).toBe(closeCode.serviceRestart);
    expect((await host.whenClosed()).code).toBe(closeCode.serviceRestart);
    for (const client of [bob, host]) expect(client.all("user_left")).toEqual([]);
    await cure(room);
    expect(await hashOf(room)).toBe(hash);
    const back = await TestClient.join(room, "", "trader", { resume_token: alice.token });
    expect(await back.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
  });

  test("the session's clock: the room restarts, and strikes once the journal takes it", async () => {
    isRepeated = true;
    const { room, host, bob } = await trading();
    const start = bob.inbox.length;
    await host.ask("session", { state: "open", ends_at: Date.now() + 500 });
    // The host has the answer before the feed tells the others.
    await bob.nextOf("session", start);
    await poison(room);
    expect((await bob.whenClosed()).code).toBe(closeCode.serviceRestart);
    expect(bob.all("session").map(({ state }) => state)).toEqual(["open"]);
    await cure(room);
    const back = await TestClient.join(room, "", "trader", { resume_token: bob.token });
    const order = { inst: 1, side: "buy", qty: 5, price: 100 } as const;
    expect(await back.ask("order_new", order)).toMatchObject({ code: "PAUSED" });
    const clocks = (await entriesOf(room)).filter(({ input }) => input.op === "$clock");
    expect(clocks).toHaveLength(1);
  });
});

test("an engine that traps is thrown away, and the room comes back", async () => {
  const { room, bob } = await trading();
  const hash = await hashOf(room);
  await inRoom(room, (object) => {
    object.service.room()!.context.engine.limitOrder = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
  });
  const order = { inst: 1, side: "buy", qty: 5, price: 100 } as const;
  const start = bob.inbox.length;
  bob.send({ op: "order_new", ...order });
  expect(await bob.nextOf("error", start)).toMatchObject({ code: "INTERNAL" });
  expect((await bob.whenClosed()).code).toBe(closeCode.serviceRestart);
  expect(await hashOf(room)).toBe(hash);
  const back = await TestClient.join(room, "", "trader", { resume_token: bob.token });
  expect(await back.ask("order_new", order)).toMatchObject({ type: "order_ack", filled: 5 });
});

test("one room's fault leaves another room alone", async () => {
  const [one, other] = [await trading(), await trading()];
  await poison(one.room);
  one.bob.send({ op: "order_new", inst: 1, side: "buy", qty: 5, price: 100 });
  await one.bob.whenClosed();
  const order = { inst: 1, side: "buy", qty: 5, price: 100 } as const;
  expect(await other.bob.ask("order_new", order)).toMatchObject({ filled: 5 });
  expect(other.alice.closed).toBeNull();
});
