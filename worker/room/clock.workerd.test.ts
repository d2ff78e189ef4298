/** Tests in workerd of a game during which the wall clock is set forward and back, with the launcher's beats. */

import { evictDurableObject, runDurableObjectAlarm, SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeCode, type Message } from "#protocol";
import { app } from "../api/app.ts";
import { serverClock } from "../clock.ts";
import {
  bindings,
  entriesOf,
  hashOf,
  inRoom,
  keepAwake,
  makeRoom,
  origin,
  runMs,
  stepWall,
  stubOf,
  TestClient,
} from "./testing/client.ts";

const hour = 3_600_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const beat = () => serverClock.beat({ runMs: runMs(), wallMs: Date.now() });

let beats: ReturnType<typeof setInterval>;
beforeEach(() => {
  beat();
  beats = setInterval(beat, 500);
});
afterEach(() => clearInterval(beats));

/** Sets the wall clock between two beats. */
async function step(byMs: number): Promise<void> {
  stepWall(byMs);
  await sleep(50);
  beat();
}

async function table() {
  const { room, host_token } = await makeRoom({ settings: { on_disconnect: "cancel" } });
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  await host.ask("set_limits", { orders_per_sec: 5 });
  return { room, host, alice: await TestClient.join(room, "alice") };
}

async function serverTime(client: TestClient): Promise<number> {
  return ((await client.ask("ping", {})) as Message<"pong">).server_time;
}

describe.each([
  ["forward by an hour", hour],
  ["back by an hour", -hour],
])("the wall steps %s", (_what, byMs) => {
  test("books come within a beat, rates refill, and time runs on", async () => {
    const { room, host, alice } = await table();
    await host.ask("session", { state: "open", ends_at: (await serverTime(host)) + 60_000 });
    const before = { server: await serverTime(host), run: runMs() };
    await step(byMs);
    for (let price = 1; price <= 10; price++) {
      const start = host.inbox.length;
      const sentAt = runMs();
      const ack = await alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price });
      // Allows five at once, and then one every 200 ms.
      expect(ack.type).toBe("order_ack");
      await host.nextOf("md_inc", start);
      expect(runMs() - sentAt).toBeLessThan(250);
      await sleep(210);
    }
    const burst = Array.from({ length: 9 }, () =>
      alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 1 }),
    );
    const refused = (await Promise.all(burst)).filter(({ type }) => type === "error");
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused.length).toBeLessThan(9);
    const passed = (await serverTime(host)) - before.server;
    expect(Math.abs(passed - (runMs() - before.run))).toBeLessThan(100);
    await host.ask("session", { state: "open" });
    const times = (await entriesOf(room)).map(({ ts }) => ts);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("the session ends when its time is over and not before, also out of hibernation", async () => {
    const { room, host, alice } = await table();
    const lastsMs = 5_000;
    const sentAt = runMs();
    const ends_at = (await serverTime(host)) + lastsMs;
    await host.ask("session", { state: "open", ends_at });
    await step(byMs);
    await alice.settle();
    await evictDurableObject(stubOf(room));
    // Rings too early: the alarm does nothing but set itself again, for the end or something sooner.
    await runDurableObjectAlarm(stubOf(room));
    await alice.settle();
    const alarm = await inRoom(room, (_object, { storage }) => storage.getAlarm());
    const leftMs = lastsMs - (runMs() - sentAt);
    expect(alarm! - Date.now()).toBeLessThan(leftMs + 1_600);
    await evictDurableObject(stubOf(room));
    while (alice.all("session").length < 2) {
      expect(runMs() - sentAt).toBeLessThan(lastsMs + 1_000);
      await alice.settle();
      await sleep(20);
    }
    expect(alice.all("session").at(-1)).toMatchObject({ state: "paused" });
    expect(runMs() - sentAt).toBeGreaterThanOrEqual(lastsMs);
    const bell = (await entriesOf(room)).find(({ input }) => input.op === "$clock")!;
    expect(bell.ts - ends_at).toBeLessThan(1_000);
    beat();
    // Shows the wall clock's time again, unless that is behind: no session has an end any more.
    const shown = Date.now();
    expect((await serverTime(host)) - shown).toBeGreaterThanOrEqual(-50);
  });
});

test("a room whose journal is ahead of the wall runs on from its last entry", async () => {
  const { room, alice } = await table();
  const aheadMs = 2 * hour;
  await inRoom(room, (object) => {
    // Acts as if the wall clock was right before and was set back while the server was down.
    const order = { op: "order_new", inst: 1, side: "buy", qty: 1, price: 5 } as const;
    object.service.room()!.request(alice.userId, -1, 10, order, serverClock.now() + aheadMs);
  });
  await alice.settle();
  const [last] = (await entriesOf(room)).slice(-1);
  await evictDurableObject(stubOf(room));
  const first = await serverTime(alice);
  expect(first - last!.ts).toBeGreaterThanOrEqual(0);
  expect(first - last!.ts).toBeLessThan(2_000);
  await sleep(300);
  // Keeps the time that has passed since, though nothing is written meanwhile.
  await evictDurableObject(stubOf(room));
  expect((await serverTime(alice)) - first).toBeGreaterThanOrEqual(300);
  const start = alice.inbox.length;
  expect((await alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 6 })).type).toBe(
    "order_ack",
  );
  await alice.nextOf("md_inc", start);
  const times = (await entriesOf(room)).map(({ ts }) => ts);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

describe("POST /api/clock", () => {
  const env = { ...bindings, LAUNCHER_KEY: "launcher" };
  const post = (body: string, bearer: string, to = env) =>
    app.fetch(
      new Request(`${origin}/api/clock`, {
        method: "POST",
        headers: { authorization: `Bearer ${bearer}` },
        body,
      }),
      to,
    );
  const body = () => JSON.stringify({ runMs: runMs(), wallMs: Date.now() });
  const http = async () =>
    ((await (await SELF.fetch(`${origin}/api/stats`)).json()) as { http: Record<string, number> })
      .http;

  test("is the launcher's alone, and is not counted", async () => {
    const before = await http();
    expect((await post(body(), "launcher")).status).toBe(204);
    expect((await post(body(), "guess")).status).toBe(404);
    expect((await post(body(), "launcher", bindings as typeof env)).status).toBe(404);
    for (const bad of ["", "{}", '{"runMs":1e999,"wallMs":"x"}', "[1,2]"])
      expect((await post(bad, "launcher")).status).toBe(404);
    const after = await http();
    expect({ ...after, 200: 0 }).toEqual({ ...before, 200: 0 });
  });

  test("a step back renews the object of whoever is in a room: all come back, and its alarm is set anew", async () => {
    // Looks at the end only: the platform sets no alarm for a past time of its clock, which has not stepped.
    await step(2 * hour);
    const { room, host, alice } = await table();
    await alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 5 });
    const ends_at = (await serverTime(host)) + 30_000;
    await host.ask("session", { state: "open", ends_at });
    const hash = await hashOf(room);
    stepWall(-hour);
    expect((await post(body(), "launcher")).status).toBe(204);
    for (const client of [host, alice])
      expect((await client.whenClosed()).code).toBe(closeCode.serviceRestart);
    const alarm = await inRoom(room, (_object, { storage }) => storage.getAlarm());
    expect(alarm! - Date.now()).toBeLessThanOrEqual(31_500);
    expect(await hashOf(room)).toBe(hash);
    const again = await TestClient.join(room, "", "trader", { resume_token: alice.token });
    expect(again.ack!.session.ends_at).toBe(ends_at);
    expect(await again.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 1 }] });
  });

  test("an object that nobody was in when the wall was set back makes room for another", async () => {
    await step(2 * hour);
    const { room } = await makeRoom();
    stepWall(-hour);
    await post(body(), "launcher");
    await expect(TestClient.connect(`/ws/${room}`)).rejects.toThrow();
    const alice = await TestClient.join(room, "alice");
    expect(alice.ack).toMatchObject({ type: "join_ack" });
  });
});
