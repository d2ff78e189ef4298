/** Tests that rooms which nobody needs are deleted, and all others stay. */

import { runDurableObjectAlarm, SELF } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { emptyState } from "#game/state.ts";
import type { Env } from "../../env.ts";
import { deletionMs, retentionRule } from "./retention.ts";
import {
  bindings,
  inRoom,
  makeRoom,
  origin,
  stepWall,
  stubOf,
  TestClient,
} from "../testing/client.ts";

const dayMs = 24 * 3_600_000;

/** Rings the alarm the given days after the room was made. */
async function alarmAfter(room: string, days: number): Promise<boolean> {
  const createdAt = await inRoom(room, (object) => object.service.room()!.state.createdAt);
  stepWall(createdAt + days * dayMs - Date.now());
  return runDurableObjectAlarm(stubOf(room));
}

const tablesOf = (room: string) =>
  inRoom(room, (_object, { storage }) =>
    storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master")
      .toArray()
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("_")),
  );
const statusOf = async (room: string) => (await SELF.fetch(`${origin}/api/rooms/${room}`)).status;

async function left(...clients: TestClient[]): Promise<void> {
  for (const client of clients) client.socket.close(1000);
  for (const client of clients) await client.whenClosed();
}

describe("a room", () => {
  test("that nobody entered is gone after a day, and its code is nobody's", async () => {
    const { room } = await makeRoom({ template: "options" });
    expect(await alarmAfter(room, 0.9)).toBe(true);
    expect(await statusOf(room)).toBe(200);
    expect(await alarmAfter(room, 1.1)).toBe(true);
    expect(await statusOf(room)).toBe(404);
    expect(await tablesOf(room)).toEqual([]);
    expect(await inRoom(room, (_object, { storage }) => storage.getAlarm())).toBeNull();
    await expect(TestClient.connect(`/ws/${room}`)).rejects.toThrow("404");
  });

  test("that only its host entered is gone after a month", async () => {
    const { room, host_token } = await makeRoom();
    await left(await TestClient.join(room, "Exchange", "exchange", { host_token }));
    await alarmAfter(room, 1.1);
    await alarmAfter(room, 29);
    expect(await statusOf(room)).toBe(200);
    await alarmAfter(room, 31);
    expect(await statusOf(room)).toBe(404);
  });

  test("is not deleted under somebody who is connected", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await alarmAfter(room, 31);
    expect(await host.ask("get_positions", {})).toMatchObject({ type: "positions" });
    await left(host);
    await alarmAfter(room, 31);
    expect(await statusOf(room)).toBe(404);
  });

  test("that somebody played in stays, however long", async () => {
    const { room } = await makeRoom();
    await left(await TestClient.join(room, "alice"));
    await alarmAfter(room, 1.1);
    await alarmAfter(room, 4_000);
    expect(await statusOf(room)).toBe(200);
  });

  test("that is closed is kept for three months once it is in the archive, which keeps it", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await left(await TestClient.join(room, "alice"));
    await host.ask("session", { state: "closed" });
    const { session_id } = host.ack!.session;
    const archived = async () =>
      (await bindings.DB.prepare("SELECT 1 FROM sessions WHERE session_id = ?")
        .bind(session_id)
        .first()) !== null;
    await left(host);
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(stubOf(room));
      expect(await archived()).toBe(true);
    });
    await alarmAfter(room, 89);
    expect(await statusOf(room)).toBe(200);
    await alarmAfter(room, 91);
    expect(await statusOf(room)).toBe(404);
    expect(await archived()).toBe(true);
  });
});

test("the operator's days are used if they are days", () => {
  const rule = (settings: object) => retentionRule(settings as Env);
  expect(rule({})).toEqual({ unusedDays: 30, keepDays: 90 });
  expect(rule({ UNUSED_DAYS: "0.5", KEEP_DAYS: "365" })).toEqual({
    unusedDays: 0.5,
    keepDays: 365,
  });
  for (const text of ["", "0", "-1", "soon", "Infinity"])
    expect(rule({ UNUSED_DAYS: text, KEEP_DAYS: text })).toEqual({ unusedDays: 30, keepDays: 90 });
});

test("a closed room that is not archived stays until it is", () => {
  const state = { ...emptyState(), createdAt: 5, closedAt: 7 };
  const rule = { unusedDays: 1, keepDays: 2 };
  expect(deletionMs(state, false, rule)).toBeNull();
  expect(deletionMs(state, true, rule)).toBe(7 + 2 * dayMs);
});
