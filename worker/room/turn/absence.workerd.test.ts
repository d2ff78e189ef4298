/** Tests of a server that stops while orders depend on their traders' connections: who comes back in time keeps them. */

import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Message } from "#protocol";
import { absenceGraceMs } from "./absence.ts";
import { SqlJournal } from "../storage/journal.ts";
import {
  entriesOf,
  inRoom,
  keepAwake,
  makeRoom,
  stepWall,
  stubOf,
  TestClient,
} from "../testing/client.ts";

/** Rings the alarm as if the given time had passed. */
async function alarmAfter(room: string, ms: number): Promise<void> {
  stepWall(ms);
  await runDurableObjectAlarm(stubOf(room));
}

/** Lets Alice and Bob bid, while others look on. */
async function table(on_disconnect: "keep" | "cancel") {
  const { room, host_token } = await makeRoom({ settings: { on_disconnect } });
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const [alice, bob] = [await TestClient.join(room, "alice"), await TestClient.join(room, "bob")];
  for (const [client, price] of [
    [alice, 99],
    [bob, 98],
  ] as const)
    await client.ask("order_new", { inst: 1, side: "buy", qty: 5, price });
  return { room, host_token, alice, bob };
}

/** Acts as a killed server: there is no object and no socket, and nobody was told that the clients left. */
async function kill(room: string): Promise<void> {
  await inRoom(room, (object) => {
    Object.defineProperty(object, "webSocketClose", { value: () => {} });
  });
  await evictDurableObject(stubOf(room), { webSockets: "close" });
}

/** Connects an observer, with the books that it sees. */
async function watcher(room: string, host_token: string) {
  const host = await TestClient.join(room, "", "exchange", { host_token });
  const bids = async () =>
    ((await host.ask("get_snapshot", { inst: 1 })) as Message<"snapshot">).bids;
  return { host, bids };
}

const graceOf = (room: string) =>
  inRoom(room, (_object, { storage }) => {
    const text = new SqlJournal(storage.sql).meta("absence");
    return text === null ? null : (JSON.parse(text) as { dueMs: number; process: string });
  });

const dropsIn = async (room: string) =>
  (await entriesOf(room)).filter(({ input }) => input.op === "$drop").map(({ userId }) => userId);

describe("after a kill", () => {
  test("who comes back within the grace keeps the orders, who does not is dropped", async () => {
    const { room, host_token, alice, bob } = await table("cancel");
    await kill(room);
    const { host, bids } = await watcher(room, host_token);
    expect(await bids()).toEqual([
      [99, 5],
      [98, 5],
    ]);
    expect(await inRoom(room, (_object, { storage }) => storage.getAlarm())).not.toBeNull();
    await alarmAfter(room, absenceGraceMs - 5_000);
    expect(await dropsIn(room)).toEqual([]);
    const again = await TestClient.join(room, "", "trader", { resume_token: bob.token });
    await alarmAfter(room, 10_000);
    await host.settle();
    expect(await dropsIn(room)).toEqual([alice.userId]);
    expect(await bids()).toEqual([[98, 5]]);
    expect(await again.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
    expect(await graceOf(room)).toBeNull();
    const back = await TestClient.join(room, "", "trader", { resume_token: alice.token });
    expect(await back.ask("get_orders", {})).toMatchObject({ orders: [] });
  });

  test("where orders are kept nobody is waited for", async () => {
    const { room, host_token } = await table("keep");
    await kill(room);
    const { bids } = await watcher(room, host_token);
    await alarmAfter(room, absenceGraceMs + 5_000);
    expect(await bids()).toHaveLength(2);
    expect(await graceOf(room)).toBeNull();
  });

  test("the grace goes on through hibernation, and begins anew after another kill", async () => {
    const { room, host_token } = await table("cancel");
    await kill(room);
    const { host, bids } = await watcher(room, host_token);
    await bids();
    const granted = await graceOf(room);
    await evictDurableObject(stubOf(room));
    await host.ask("get_positions", {});
    expect(await graceOf(room)).toEqual(granted);
    // Was granted by another process, and has almost run out.
    await inRoom(room, (_object, { storage }) => {
      const grace = { dueMs: Date.now() + 50, process: "another" };
      new SqlJournal(storage.sql).setMeta("absence", JSON.stringify(grace));
    });
    await evictDurableObject(stubOf(room));
    await host.ask("get_positions", {});
    expect((await graceOf(room))!.process).toBe(granted!.process);
    await alarmAfter(room, absenceGraceMs - 5_000);
    expect(await dropsIn(room)).toEqual([]);
    await alarmAfter(room, 10_000);
    expect(await dropsIn(room)).toHaveLength(2);
  });
});

test("who is connected while the room hibernates is not absent, however long", async () => {
  const { room, alice } = await table("cancel");
  await alice.settle();
  await evictDurableObject(stubOf(room));
  await alice.ask("get_positions", {});
  expect(await graceOf(room)).toBeNull();
  await evictDurableObject(stubOf(room));
  await alarmAfter(room, absenceGraceMs + 5_000);
  await alice.settle();
  expect(await dropsIn(room)).toEqual([]);
  expect(await alice.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
});
