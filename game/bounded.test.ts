/** Cost of requests: lists are bounded, and a request that changes nothing leaves only its `cid` in the journal. */

import { describe, expect, test } from "vitest";
import { defaultLimits, limits, type Op, type Request } from "#protocol";
import { bytesOf, decodeBatch, encodeBatch } from "./journal/codec.ts";
import { recordSession } from "./testing/record.ts";
import { newEngine, type TestRoom, type TestUser } from "./testing/room.ts";
import { buy, codeOf, idOf, ordersOf, sell, table } from "./testing/table.ts";

const ids = (count: number, from = 1_000) => Array.from({ length: count }, (_, n) => from + n);

describe("a list of orders to cancel", () => {
  test("names at most as many as may be open, and none twice", () => {
    const { room, host, alice } = table();
    const most = defaultLimits.max_open_orders;
    expect(codeOf(alice.reply("cancel_inst", { inst: 1, order_ids: ids(most + 1) }))).toBe(
      "BAD_REQUEST",
    );
    expect(codeOf(alice.reply("cancel_inst", { inst: 1, order_ids: [7, 8, 7] }))).toBe(
      "BAD_REQUEST",
    );
    expect(alice.reply("cancel_inst", { inst: 1, order_ids: ids(most) })).toMatchObject({
      ...{ type: "cancel_inst_ack", success: true, cancelled: 0 },
    });
    host.ask("set_limits", { user_id: alice.userId, max_open_orders: 3 });
    expect(codeOf(alice.reply("cancel_inst", { inst: 1, order_ids: ids(4) }))).toBe("BAD_REQUEST");
    expect(room.journal.entries.filter(({ userId }) => userId === alice.userId)).toHaveLength(1);
  });

  test("cancels those of it that are there; ids that are gone are no error", () => {
    const { alice } = table();
    const mine = [90, 91, 92].map((price) => idOf(buy(alice, 1, price)));
    const reply = alice.reply("cancel_inst", {
      inst: 1,
      order_ids: [...ids(50), ...mine.slice(1)],
    });
    expect(reply).toMatchObject({ success: true, cancelled: 2, order_ids: mine.slice(1) });
    expect(ordersOf(alice).map(({ order_id }) => order_id)).toEqual(mine.slice(0, 1));
  });

  test("costs the more of the rate, the longer it is", () => {
    const { room, alice } = table();
    const ask = (count: number) =>
      codeOf(alice.reply("cancel_inst", { inst: 1, order_ids: ids(count) }));
    const answered = Array.from({ length: 20 }, () => ask(500)).filter(
      (code) => code !== "RATE_LIMITED",
    );
    expect(answered).toHaveLength(4);
    // Short lists cost as little as always.
    room.tick(2_000);
    for (let n = 0; n < limits.cancelsPerSec; n++) expect(ask(1)).not.toBe("RATE_LIMITED");
    expect(ask(1)).toBe("RATE_LIMITED");
  });
});

describe("the engine's steps for a request", () => {
  const killed = (user: TestUser) =>
    codeOf(buy(user, 20, 1_000, { tif: "FOK" })) === "FOK_UNFILLED";

  /** A thousand orders a second for everybody; `user` sells `count` contracts, at a price each. */
  function long(user: "alice" | "bob", count: number) {
    const people = table();
    const { room, host } = people;
    host.ask("set_limits", { max_open_orders: 10_000, orders_per_sec: 1_000 });
    for (let n = 0; n < count; n++) {
      if (n % 1_000 === 0) room.tick(1_000);
      expect(sell(people[user], 1, (10_000 + n) / 100)).toMatchObject({ type: "order_ack" });
    }
    room.tick(60_000);
    return people;
  }

  test("costs the more orders, the farther it is: own orders in the way of a FOK", () => {
    const { room, alice, bob } = long("alice", 5_000);
    sell(bob, 10, 200);
    let taken = 0;
    while (killed(alice)) taken++;
    // Each costs an order and twenty more.
    expect(taken).toBeGreaterThan(45);
    expect(taken).toBeLessThan(50);
    expect(codeOf(buy(alice, 20, 1_000, { tif: "FOK" }))).toBe("RATE_LIMITED");
    expect(alice.reply("cancel_all", { side: "buy" })).toMatchObject({ success: true });
    room.tick(100);
    expect([killed(alice), killed(alice)]).toEqual([true, true]);
    // Bob pays only for his own at the same time.
    for (let n = 0; n < 500; n++) buy(bob, 20, 1, { tif: "FOK" });
    expect(codeOf(buy(bob, 20, 1, { tif: "FOK" }))).toBe("FOK_UNFILLED");
  });

  test("is little in the longest book of others", () => {
    const { room, alice, bob } = long("bob", 5_000);
    const asked = () => codeOf(buy(alice, 6_000, 1_000, { tif: "FOK" }));
    expect(codeOf(buy(bob, 6_000, 1_000, { tif: "FOK" }))).toBe("FOK_UNFILLED");
    for (let n = 0; n < 900; n++) expect(asked()).toBe("FOK_UNFILLED");
    room.tick(1_000);
    for (let n = 0; n < 900; n++)
      expect(codeOf(buy(alice, 4_000, 139.9, { tif: "FOK" }))).toBe("FOK_UNFILLED");
  });

  test("is charged to cancels that pass over orders", () => {
    const { host, alice } = long("alice", 5_000);
    host.ask("add_instrument", { symbol: "Z", type: "SCALAR" });
    const asked = () => codeOf(alice.reply("cancel_inst", { inst: 2 }));
    for (let n = 0; n < 9; n++) expect(asked()).not.toBe("RATE_LIMITED");
    for (let n = 0; n < 3; n++) asked();
    expect(asked()).toBe("RATE_LIMITED");
    expect(alice.reply("order_new", { inst: 1, side: "buy", qty: 1, price: 1 })).toMatchObject({
      type: "order_ack",
    });
  });

  test("is nothing for a trader with a few hundred orders", () => {
    const { room, alice, bob } = long("alice", 200);
    sell(bob, 10, 200);
    for (let second = 0; second < 3; second++) {
      for (let n = 0; n < 1_000; n++) expect(killed(alice)).toBe(true);
      room.tick(1_000);
    }
  });

  test("is not charged on replay", () => {
    const { room, alice, bob } = long("alice", 5_000);
    sell(bob, 10, 200);
    for (let n = 0; n < 60; n++) buy(alice, 20, 1_000, { tif: "FOK", cid: `f${n}` });
    const hash = room.room.context.engine.stateHash();
    room.restart();
    expect(room.room.context.engine.stateHash()).toBe(hash);
  });
});

type Ask = { [O in Op]: [op: O, fields: Omit<Request<O>, "op">] }[Op];
const nothings: Ask[] = [
  ["cancel", { order_id: 999 }],
  ["cancel_inst", { inst: 1 }],
  ["cancel_inst", { inst: 1, order_ids: ids(400) }],
  ["cancel_all", {}],
  ["replace", { order_id: 999, qty: 1 }],
  ["quote", { inst: 1 }],
  ["quote", { inst: 1, bid_qty: 0, ask_qty: 0 }],
  ["order_new", { inst: 1, side: "buy", qty: 0, price: 1 }],
];

describe.each(nothings)("%s %j, which changes nothing", (op, fields) => {
  test("is not written down, and no event", () => {
    const { room, alice } = table();
    const before = [room.room.state.seq, room.journal.entries.length];
    for (let n = 0; n < 3; n++) {
      const reply = alice.reply(op, fields as never);
      if ("seq" in reply) expect(reply.seq).toBe(room.room.state.seq);
    }
    expect([room.room.state.seq, room.journal.entries.length]).toEqual(before);
  });

  test("is remembered by its cid, in few bytes, also after a restart", () => {
    const { room, alice, bob } = table();
    const length = room.journal.entries.length;
    const first = alice.reply(op, { ...fields, cid: "c" } as never);
    const [entry] = room.journal.entries.slice(length);
    expect(entry).toMatchObject({ accepted: false, userId: alice.userId });
    const bytes = encodeBatch([entry!]);
    expect(bytes.length).toBeLessThan(300);
    expect(decodeBatch(bytes)).toEqual([entry]);
    expect(alice.reply(op, { ...fields, cid: "c" } as never)).toEqual({
      ...first,
      duplicate: true,
    });
    const other = { inst: 1, side: "buy", qty: 2, price: 2, cid: "c" } as const;
    expect(codeOf(alice.reply("order_new", other))).toBe("CID_REUSED");
    sell(bob, 1, 100);
    room.restart();
    const again = room.join("", "trader", { resume_token: alice.token });
    expect(again.reply(op, { ...fields, cid: "c" } as never)).toEqual({
      ...first,
      duplicate: true,
    });
  });
});

describe("so many that they would fill the record", () => {
  const cidOf = (n: number) => `${"😀".repeat(56)}${n}`;
  const cancel = (user: TestUser, n: number) =>
    user.reply("cancel", { order_id: 999, cid: cidOf(n) });
  const written = (room: TestRoom, from = 0) =>
    room.journal.entries.slice(from).reduce((sum, entry) => sum + bytesOf(entry), 0);

  test("are written down at a rate, and answered beyond it all the same", () => {
    const { room, alice, bob } = table();
    const from = room.journal.entries.length;
    for (let n = 0; n < 60_000; n++) {
      if (n % 200 === 0) room.tick(1_000);
      const { seq } = room.room.state;
      expect(cancel(alice, n)).toMatchObject({ success: false, cid: cidOf(n) });
      expect(room.room.state.seq - seq).toBe(room.journal.entries.at(-1)?.seq === seq ? 0 : 1);
    }
    const share = limits.unchangedShareOfUser;
    expect(written(room, from)).toBeLessThan(300 * limits.unchangedBytesPerSec * share * 1.1);
    expect(written(room, from)).toBeGreaterThan(300 * limits.unchangedBytesPerSec * share * 0.9);
    // The last request has left no trace: it is asked anew.
    expect(cancel(alice, 59_999)).not.toHaveProperty("duplicate");
    const order = { inst: 1, side: "buy", qty: 1, price: 90, cid: cidOf(59_999) } as const;
    expect(alice.reply("order_new", order)).toMatchObject({ type: "order_ack" });
    // Another user's requests are remembered meanwhile.
    cancel(bob, 1);
    expect(cancel(bob, 1)).toMatchObject({ duplicate: true });
    const { seq, journalled } = room.room.state;
    room.restart();
    expect(room.room.state).toMatchObject({ seq, journalled });
  });

  test("a thousand of one user at once are remembered, as many as are promised", () => {
    const { room, alice } = table();
    const ask = (n: number) => alice.reply("cancel", { order_id: 9_999, cid: `order-${n}` });
    for (let n = 0; n < limits.cidsRemembered; n++) {
      if (n % 150 === 0) room.tick(1_000);
      ask(n);
    }
    for (const n of [0, 500, 999]) {
      room.tick(1_000);
      expect(ask(n)).toMatchObject({ duplicate: true });
    }
  });

  test("by many users are bounded together", () => {
    const { room, host } = table();
    host.ask("set_limits", { orders_per_sec: 1_000 });
    const users = Array.from({ length: 12 }, (_, n) => room.join(`flood${n}`));
    const from = room.journal.entries.length;
    for (let second = 0; second < 60; second++) {
      room.tick(1_000);
      for (const [index, user] of users.entries())
        for (let n = 0; n < 40; n++) cancel(user, 10_000 * index + 100 * second + n);
    }
    const perSec = limits.unchangedBytesPerSec;
    expect(written(room, from)).toBeLessThan(62 * perSec + limits.unchangedBytesAtOnce / 4);
    expect(written(room, from)).toBeGreaterThan(55 * perSec);
  });
});

test("another long list under the same cid is another request", () => {
  const { alice } = table();
  alice.ask("cancel_inst", { inst: 1, order_ids: ids(400), cid: "c" });
  for (const order_ids of [ids(399), ids(400, 1_001), [...ids(399), 1], ids(400).toReversed()])
    expect(codeOf(alice.reply("cancel_inst", { inst: 1, order_ids, cid: "c" }))).toBe("CID_REUSED");
});

test("an older journal's entry that was accepted and changed nothing replays", () => {
  const { room, alice } = table();
  const { seq, journalled } = room.room.state;
  room.journal.append({
    ...{ n: journalled + 1, seq: seq + 1, ts: room.now, userId: alice.userId, accepted: true },
    input: { op: "cancel", order_id: 999, cid: "old" },
    reply: {
      ...{ type: "cancel_ack", order_id: 999, success: false, code: "NO_SUCH_ORDER" },
      ...{ cancelled: 0, leaves: 0, ts: room.now, seq: seq + 1, cid: "old" },
    },
  });
  room.restart();
  expect(room.room.state).toMatchObject({ seq: seq + 1, journalled: journalled + 1 });
});

test("a room has so many open orders and no more, and can still be settled", () => {
  const { room, host, alice, bob } = table({ tick_size: 1 });
  host.ask("set_limits", { max_open_orders: 10_000, orders_per_sec: 1_000 });
  const mine = idOf(buy(alice, 1, 90));
  const { orders } = room.room.state;
  // As if others had entered them: two hundred thousand real orders take half a minute.
  for (let id = 1_000_000; orders.size < limits.openOrders; id++)
    orders.set(id, { isPostOnlyQuote: false, cid: null, ts: 0 });
  expect(codeOf(buy(bob, 1, 90))).toBe("ORDER_LIMIT");
  expect(codeOf(bob.reply("quote", { inst: 1, bid: 1, bid_qty: 1 }))).toBe("ORDER_LIMIT");
  expect(bob.reply("quote", { inst: 1 })).toMatchObject({ type: "quote_ack" });
  expect(alice.reply("cancel", { order_id: mine })).toMatchObject({ success: true });
  expect(buy(bob, 1, 90)).toMatchObject({ type: "order_ack" });
  expect(host.reply("settle", { inst: 1, value: 100 })).toMatchObject({ type: "settlement" });
});

test("a command that changed nothing is in the files if it has a cid, with its kept fields", () => {
  const { room, alice } = table();
  alice.ask("cancel_inst", { inst: 1, order_ids: ids(400), cid: "long" });
  alice.ask("cancel", { order_id: 999, cid: "short" });
  alice.ask("cancel", { order_id: 999 });
  buy(alice, 1, 0.001, { cid: "refused" });
  const { data } = recordSession(newEngine(), room.journal.entries);
  const mine = data.events.filter(({ user_id, op }) => user_id === alice.userId && op !== "join");
  expect(mine.map(({ op, detail }) => [op, JSON.parse(detail!)])).toEqual([
    ["cancel_inst", { cid: "long" }],
    ["cancel", { order_id: 999, cid: "short" }],
  ]);
});
