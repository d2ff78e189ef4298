/**
 * The machine's clock is set under a running server, launcher and all, by an hour forward and back: games go on, and a
 * session keeps its length, in a busy room and in a sleeping one.
 */

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { closeCode, type Message, type RoomSummary } from "#protocol";
import { ownFolder, ownServer } from "./support/own-server.ts";
import { SteppedWall } from "./support/faults/stepped-wall.ts";
import type { WireClient } from "./support/wire-client.ts";
import { WireRoom } from "./support/wire-room.ts";

const hour = 3_600;
const folder = ownFolder();
const wall = new SteppedWall(folder);
const server = await ownServer(wall.settings, path.join(folder, "data"));

async function serverTime(client: WireClient): Promise<number> {
  const timestamp = String(performance.now());
  const start = client.inbox.length;
  client.send({ op: "ping", timestamp });
  const fits = (message: Message) => message.type === "pong" && message.timestamp === timestamp;
  return (await client.next<Message<"pong">>(fits, start)).server_time;
}

/** Opens a session of this length. @returns its beginning */
async function begin(host: WireClient, lastsMs: number): Promise<number> {
  const beganAt = performance.now();
  const ends_at = (await serverTime(host)) + lastsMs;
  expect(await host.ask("session", { state: "open", ends_at })).toMatchObject({ ends_at });
  return beganAt;
}

/** Length of the session, measured when the room has paused by itself: looking does not move its clock. */
async function lasted(room: WireRoom, beganAt: number): Promise<number> {
  const state = async () => {
    const answer = await fetch(`${server.url}/api/rooms/${room.room}`);
    return ((await answer.json()) as RoomSummary).state;
  };
  while ((await state()) === "open" && performance.now() - beganAt < 20_000) await sleep(50);
  expect(await state()).toBe("paused");
  return performance.now() - beganAt;
}

/** Sends orders one after the other for some beats of the launcher, each with its book update. */
async function trade(host: WireClient, trader: WireClient): Promise<void> {
  for (let price = 1; price <= 10; price++) {
    const start = host.inbox.length;
    const sentAt = performance.now();
    const order = await trader.ask("order_new", { inst: 1, side: "buy", qty: 1, price });
    expect(order.type).toBe("order_ack");
    await host.nextOf("md_inc", start);
    expect(performance.now() - sentAt).toBeLessThan(1_000);
    await sleep(200);
  }
}

/** Sends a burst of orders beyond the rate. @returns how many are refused */
async function refusedOf(trader: WireClient, orders: number): Promise<number> {
  const burst = Array.from({ length: orders }, () =>
    trader.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 1 }),
  );
  return (await Promise.all(burst)).filter(({ type }) => type === "error").length;
}

/** Sets the wall clock off by so much, and waits until the server has noticed. */
async function wallAt(seconds: number): Promise<void> {
  if (wall.seconds === seconds) return;
  wall.set(seconds);
  await sleep(1_500);
}

async function table() {
  const room = await WireRoom.make(server.url, { settings: { on_disconnect: "cancel" } });
  const host = await room.hostWith("X");
  await host.ask("set_limits", { orders_per_sec: 10 });
  return { room, host, flow: await room.flow("alice", 1) };
}

test("set forward by an hour, nobody notices: time keeps its pace, books come and rates hold", async () => {
  await wallAt(0);
  const { host, flow } = await table();
  await begin(host, 60_000);
  const began = await serverTime(host);
  const beganAt = performance.now();
  wall.set(hour);
  // Trading starts before the launcher's next beat and ends some beats after it.
  await trade(host, flow.client);
  const passed = (await serverTime(host)) - began;
  expect(Math.abs(passed - (performance.now() - beganAt))).toBeLessThan(200);
  expect(await refusedOf(flow.client, 30)).toBeGreaterThan(10);
  expect([host.closed, flow.client.closed]).toEqual([null, null]);
  await host.ask("session", { state: "closed" });
});

test("set back by an hour, everybody comes back at once and the game goes on", async () => {
  await wallAt(hour);
  const { room, host, flow } = await table();
  await flow.client.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 900 });
  await begin(host, 60_000);
  const began = await serverTime(host);
  const beganAt = performance.now();
  wall.set(0);
  for (const client of [host, flow.client])
    expect(await client.whenClosed(2_000)).toMatchObject({ code: closeCode.serviceRestart });
  const again = await room.host();
  expect(again.ack!.session.ends_at).toBeGreaterThan(began);
  await room.resume(flow);
  expect(performance.now() - beganAt).toBeLessThan(3_000);
  expect(await flow.client.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
  await trade(again, flow.client);
  const passed = (await serverTime(again)) - began;
  expect(Math.abs(passed - (performance.now() - beganAt))).toBeLessThan(200);
  expect(await refusedOf(flow.client, 30)).toBeGreaterThan(10);
  await again.ask("session", { state: "closed" });
});

test.each([
  ["forward", 0, hour],
  ["back", hour, 0],
])(
  "set %s by an hour: a session of four seconds lasts four seconds in a quiet room",
  async (_how, before, after) => {
    await wallAt(before);
    const { room, host } = await table();
    const beganAt = await begin(host, 4_000);
    await sleep(300);
    wall.set(after);
    const lastedMs = await lasted(room, beganAt);
    expect(lastedMs).toBeGreaterThan(3_900);
    expect(lastedMs).toBeLessThan(5_500);
  },
);

test("a server that starts again after its clock was set back goes on behind its journals", async () => {
  await wallAt(hour);
  const { room, host, flow } = await table();
  const before = await serverTime(host);
  await server.kill();
  wall.set(0);
  await server.start();
  await room.resume(flow);
  const again = await serverTime(flow.client);
  expect(again).toBeGreaterThan(before - 1_000);
  expect(again).toBeLessThan(before + 60_000);
  const start = flow.client.inbox.length;
  await flow.client.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 5 });
  await flow.client.nextOf("md_inc", start);
  // A new room shows the wall clock's time.
  const fresh = await (await WireRoom.make(server.url)).host();
  expect(again - (await serverTime(fresh))).toBeGreaterThan((hour - 60) * 1_000);
});
