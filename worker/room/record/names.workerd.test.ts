/** Tests of the names in a session's files: those of the moment at which a file is asked for, the same in all files. */

import { describe, expect, test } from "vitest";
import type { RowChanges, StandingRows } from "#game/journal/record.ts";
import { readSession } from "../../archive/testing/read-session.ts";
import { bindings, getFile, inRoom, keepAwake, makeRoom, TestClient } from "../testing/client.ts";
import { RecordTables } from "./tables.ts";

async function playedRoom() {
  const { room, host_token } = await makeRoom();
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  const alice = await TestClient.join(room, "alice");
  const bob = await TestClient.join(room, "bob");
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  await bob.ask("order_new", { inst: 1, side: "sell", qty: 2, price: 100 });
  await alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 100 });
  return { room, host_token, host, alice, bob };
}

/** The cells of a column in a file of the host's. */
async function column(room: string, token: string, file: string, name: string): Promise<string[]> {
  const text = await (await getFile(room, `${file}.csv`, token)).text();
  const [head = "", ...rows] = text.trim().split(/\r?\n/);
  const at = head.split(",").indexOf(name);
  return rows.map((row) => row.split(",")[at] ?? "");
}

describe("a renamed person", () => {
  test("has the new name in every file, also in rows from before, and in the archive", async () => {
    const { room, host_token, host, alice, bob } = await playedRoom();
    expect(await column(room, host_token, "trades", "buyer")).toEqual(["alice"]);
    await host.ask("rename", { user_id: alice.userId, name: "Ann" });
    await bob.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 101 });
    await alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 100 });
    const expectNames = async () => {
      expect(await column(room, host_token, "trades", "buyer")).toEqual(["Ann", "Ann"]);
      expect(await column(room, host_token, "trades", "seller")).toEqual(["bob", "bob"]);
      expect(await column(room, host_token, "orders", "name")).toEqual([
        "bob",
        "Ann",
        "bob",
        "Ann",
      ]);
      expect((await column(room, host_token, "positions", "name")).sort()).toEqual(["Ann", "bob"]);
      expect((await column(room, host_token, "pnl", "name")).sort()).toEqual(["Ann", "bob"]);
      const events = await column(room, host_token, "events", "name");
      expect(new Set(events)).toEqual(new Set(['""', "Exchange", "Ann", "bob"]));
    };
    await expectNames();
    await host.ask("session", { state: "closed" });
    await inRoom(room, (object) => object.alarm());
    const archived = await readSession(bindings.DB, host.ack!.session.session_id);
    expect(archived?.data.trades.map(({ buyer }) => buyer)).toEqual(["Ann", "Ann"]);
    expect(archived?.participants.map(({ name }) => name)).toEqual(["Exchange", "Ann", "bob"]);
    await expectNames();
  });

  test("has the name of a reader's moment in the reader's view", async () => {
    const { room, host_token, host, alice } = await playedRoom();
    const buyers = () => column(room, host_token, "trades", "buyer");
    expect(await buyers()).toEqual(["alice"]);
    const view = await inRoom(room, (object) => object.service.record.tables.openView());
    await host.ask("rename", { user_id: alice.userId, name: "Ann" });
    expect(await buyers()).toEqual(["Ann"]);
    await inRoom(room, (object) => {
      const { tables } = object.service.record;
      expect(tables.page("trades", null, view).rows[0]).toContain("alice");
      tables.views.close(view);
    });
  });
});

test("rows from before somebody took an id over keep the name of whoever had it", async () => {
  const { room } = await makeRoom();
  keepAwake(room);
  await inRoom(room, (_object, { storage }) => {
    const tables = new RecordTables(storage);
    tables.prepare();
    const order = (order_id: number, ts: number) => ({
      ...{ order_id, cid: null, ts, updated_ts: ts, user_id: 7, name: "old", inst: 1, symbol: "X" },
      ...{ side: "buy", type: "limit", tif: "GFD", post_only: false, price: 1, qty: 1, filled: 0 },
      status: "cancelled",
    });
    const orders = new Map([order(1, 100), order(2, 200)].map((row) => [row.order_id, row]));
    tables.write(5, {
      trades: [],
      orders,
      updates: new Map(),
      events: [],
      rounds: [],
      hands: [],
      scores: [],
    } as unknown as RowChanges);
    const who = { user_id: 7, name: "new", role: "trader", since_ts: 200 } as const;
    tables.clearStanding();
    tables.writeStanding({ participants: [who] } satisfies Partial<StandingRows>);
    tables.endStanding();
    const names = tables.page("orders", null).rows.map((cells) => cells[5]);
    expect(names).toEqual(["old", "new"]);
  });
});
