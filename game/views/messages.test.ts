/** Visibility: nobody but the host ever gets another user's data. */

import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { messageSchemas, type Message, type MessageType } from "#protocol";
import { recordSession } from "../testing/record.ts";
import { newEngine, type TestUser } from "../testing/room.ts";
import { bookOf, buy, pnlOf, positionOf, seeded, sell, table } from "../testing/table.ts";

/** A game in which every kind of message is sent. */
function story() {
  const t = table();
  const { room, host, alice, bob, carol } = t;
  const watcher = room.join("watcher", "spectator");
  host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 100 });
  host.ask("add_instrument", { symbol: "P", type: "PUT", reference_id: 1, strike: 100 });
  host.ask("set_limits", { user_id: alice.userId, max_position: 777 });
  host.ask("set_limits", { max_order_qty: 888 });
  host.ask("news", { text: "for bob's eyes", to: [bob.userId] });
  host.ask("news", { text: "for all" });
  const random = seeded(5);
  for (let count = 0; count < 400; count++) {
    room.tick(30);
    const user = [alice, bob, carol][count % 3]!;
    const inst = 1 + Math.floor(random() * 3);
    const price = Number((95 + random() * 10).toFixed(2));
    const qty = 1 + Math.floor(random() * 9);
    const side = random() < 0.5 ? "buy" : "sell";
    if (random() < 0.2)
      user.ask("quote", { inst, bid: price, bid_qty: qty, ask: price + 1, ask_qty: qty });
    else
      user.ask("order_new", {
        inst,
        side,
        qty,
        price,
        ...(random() < 0.2 ? { cid: `c${count}` } : {}),
      });
    if (random() < 0.05) user.ask("cancel_all", {});
    if (random() < 0.05) user.ask("cancel", { order_id: count });
    if (random() < 0.05) user.ask("replace", { order_id: count, qty: 2 });
    user.ask("get_orders", {});
    user.ask("get_positions", {});
  }
  bob.ask("cancel_inst", { inst: 1 });
  bob.ask("halt", { on: true });
  watcher.ask("get_positions", {});
  watcher.ask("get_pnl", {});
  host.ask("halt", { inst: 2, on: true });
  host.ask("pull_quotes", { inst: 1 });
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.5 });
  buy(alice, 1, 90);
  host.ask("kill_switch", { user_id: alice.userId, on: true });
  host.ask("expire_option", { inst: 3, spot_price: 99 });
  host.ask("settle", { inst: 1, value: 101 });
  host.ask("resettle", { inst: 1, value: 102 });
  host.ask("add_instrument", { symbol: "E", type: "SCALAR" });
  host.ask("edit_instrument", { inst: 4, symbol: "F" });
  bob.ask("get_history", { inst: 1 });
  host.ask("kick", { user_id: carol.userId });
  host.ask("set_lens", { lens: "after" });
  host.ask("rename", { user_id: watcher.userId, name: "viewer" });
  host.ask("seat_code", { user_id: alice.userId });
  host.ask("host_link", {});
  host.ask("settings", { scoring: "rank" });
  host.ask("bot_add", { kind: "sleeper" });
  room.room.presence(bob.userId, 0, room.now);
  host.ask("bot_take", { user_id: bob.userId });
  host.ask("bot_release", { user_id: bob.userId });
  room.room.presence(bob.userId, 1, room.now);
  const quoting = { max_width: 4, min_qty: 1, share: 0.5, penalty_per_s: 1 };
  host.ask("round_start", {
    ...{ format: "seventeen", auto: false, learning: true },
    params: { quoting },
  });
  for (let step = 0; step < 12; step++) host.ask("round_step", { action: "next" });
  host.ask("round_start", { format: "numbers", auto: false });
  host.ask("round_step", { action: "next" });
  bob.ask("round_answer", { value: 2 });
  host.ask("session", { state: "closed" });
  room.tick(2_000);
  return { ...t, watcher };
}

const strict = Object.fromEntries(
  Object.entries(messageSchemas).map(([type, schema]) => [type, v.strictObject(schema.entries)]),
);

describe("in a game in which everything happens", () => {
  const { room, host, alice, bob, carol, watcher } = story();
  const record = recordSession(newEngine(), room.journal.entries);
  const owner = new Map(record.data.orders.map((order) => [order.order_id, order.user_id]));
  const named: [string, TestUser][] = [
    ["alice", alice],
    ["bob", bob],
    ["carol", carol],
    ["the watcher", watcher],
  ];

  test("every message is one of the protocol, with no field more", () => {
    for (const user of [host, alice, bob, carol, watcher])
      for (const message of user.inbox) {
        const result = v.safeParse(strict[message.type]!, message);
        expect(result.success, JSON.stringify(message)).toBe(true);
      }
    const seen = new Set(room.users.flatMap((user) => user.inbox.map(({ type }) => type)));
    const shellsOwn = ["room_created", "export_complete", "replay_led", "pong"];
    expect(Object.keys(messageSchemas).filter((type) => !seen.has(type as MessageType))).toEqual(
      shellsOwn,
    );
  });

  test.each(named)("%s gets nothing of another's", (_name, user) => {
    for (const message of user.inbox) {
      const text = JSON.stringify(message);
      expect(message, text).not.toHaveProperty("payouts");
      for (const id of orderIds(message)) expect(owner.get(id), text).toBe(user.userId);
      if (message.type === "fill") expect(message.user_id, text).toBe(user.userId);
      if (message.type === "limits") expect([null, user.userId], text).toContain(message.user_id);
      if (message.type === "positions")
        for (const row of message.positions) expect(row, text).not.toHaveProperty("user_id");
      if (message.type === "news" && message.to !== null)
        expect(message.to, text).toContain(user.userId);
      if (message.type === "join_ack") expect(message.resume_token).toBe(user.token);
    }
  });

  test("no token, hash or cid of another occurs in anybody's messages", () => {
    for (const user of room.users) {
      const text = JSON.stringify(user.inbox);
      expect(text).not.toContain("hash-of");
      for (const other of room.users)
        if (other !== user) expect(text).not.toContain(`"${other.token}"`);
    }
    const cids = record.data.orders.filter(({ cid }) => cid !== null);
    expect(cids.length).toBeGreaterThan(10);
    for (const { cid, user_id } of cids)
      for (const user of room.users)
        if (user.userId !== user_id && user !== host)
          expect(JSON.stringify(user.inbox)).not.toContain(`"${cid}"`);
  });

  test("the watcher gets public messages only, and nothing of its own", () => {
    const types = new Set(watcher.inbox.map(({ type }) => type));
    for (const type of ["fill", "order", "order_ack", "orders", "limits"] as const)
      expect(types).not.toContain(type);
    expect(watcher.last("positions").positions).toEqual([]);
    expect(watcher.last("pnl").pnl).toBe(0);
    for (const message of watcher.inbox) expect(message).not.toHaveProperty("payout");
    expect(watcher.all("trade").length).toBeGreaterThan(50);
    expect(watcher.all("news").map(({ text }) => text)).toEqual(["for all"]);
  });

  test("the exchange gets everybody's positions and payouts", () => {
    host.ask("get_positions", {});
    const rows = host.last("positions").positions;
    expect(new Set(rows.map((row) => row.user_id)).size).toBe(3);
    expect(host.all("settlement").find(({ inst }) => inst === 1)!.payouts!.length).toBeGreaterThan(
      1,
    );
    for (const user of [alice, bob])
      for (const inst of [1, 2, 3])
        expect(rows.find((row) => row.user_id === user.userId && row.inst === inst)).toMatchObject(
          positionOf(user, inst) ?? {},
        );
  });

  test("each trade makes one fill for each of its two owners, and one trade for all", () => {
    expect(record.data.trades.length).toBeGreaterThan(50);
    for (const { trade_id, buyer_id, seller_id } of record.data.trades) {
      for (const user of [alice, bob, carol]) {
        const own = user.all("fill").filter((fill) => fill.trade_id === trade_id);
        expect(own).toHaveLength([buyer_id, seller_id].includes(user.userId) ? 1 : 0);
      }
      expect(watcher.all("trade").filter((one) => one.trade_id === trade_id)).toHaveLength(1);
    }
  });

  test("event numbers only grow", () => {
    for (const user of room.users) {
      let last = 0;
      for (const message of user.inbox) {
        if (!("seq" in message) || "duplicate" in message) continue;
        expect(message.seq, JSON.stringify(message)).toBeGreaterThanOrEqual(last);
        last = message.seq;
      }
    }
  });
});

function orderIds(message: Message): number[] {
  const ids: number[] = [];
  if (message.type === "cancel_ack" || message.type === "replace_ack")
    return message.success ? [message.order_id] : [];
  if ("order_id" in message) ids.push(message.order_id);
  if ("order_ids" in message) ids.push(...message.order_ids);
  if (message.type === "orders") ids.push(...message.orders.map((order) => order.order_id));
  if (message.type === "quote_ack")
    for (const side of [message.bid, message.ask]) if (side !== null) ids.push(side.order_id);
  return ids;
}

test("a joiner gets the books at once, to the depth asked for", () => {
  const { room, host, alice, bob } = table();
  host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
  for (let level = 1; level <= 60; level++) {
    room.tick(100);
    buy(alice, level, 100 - level);
  }
  expect(bookOf(bob).bids).toHaveLength(10);
  const deep = room.join("deep", "spectator", { depth: 50 });
  expect(deep.inbox.slice(0, 3).map(({ type }) => type)).toEqual([
    "join_ack",
    "snapshot",
    "snapshot",
  ]);
  expect(deep.all("snapshot").map(({ inst, bids }) => [inst, bids.length])).toEqual([
    [1, 50],
    [2, 0],
  ]);
  expect(deep.all("snapshot")[0]!.bids[49]).toEqual([50, 50]);
});

test("a taker's fills follow its ack, and the maker is told", () => {
  const { alice, bob, carol } = table();
  buy(alice, 10, 100);
  buy(carol, 20, 99);
  const types = bob
    .ask("order_new", { inst: 1, side: "sell", price: 99, qty: 40 })
    .map((message) => message.type);
  expect(types.slice(0, 3)).toEqual(["order_ack", "fill", "trade"]);
  expect(types.filter((type) => type === "fill")).toHaveLength(2);
  expect(alice.all("fill")).toMatchObject([{ liquidity: "maker", leaves: 0, qty: 10 }]);
  expect(alice.last("order")).toMatchObject({ status: "filled", filled: 10, reason: "fill" });
  expect(pnlOf(carol).pnl).toBe(0);
  expect(sell(alice, 1, 200)).toMatchObject({ status: "open" });
});
