/** The host may see a trader's orders and fills, and nobody else may. */

import { expect, test } from "vitest";
import { limits } from "#protocol";
import { buy, codeOf, idOf, ordersOf, sell, table } from "../testing/table.ts";

/** Alice has a resting order, filled in part by bob. */
function trading() {
  const t = table();
  const id = idOf(buy(t.alice, 5, 99));
  sell(t.bob, 2, 99);
  return { ...t, id, watcher: t.room.join("watcher", "spectator") };
}

test("the exchange sees a trader's open orders and fills as the trader does", () => {
  const { room, host, alice, id } = trading();
  const before = [room.room.context.engine.stateHash(), room.room.state.seq];
  const heard = alice.inbox.length;
  const reply = host.reply("get_orders", { user_id: alice.userId });
  expect(reply).toMatchObject({
    ...{ type: "orders", user_id: alice.userId },
    orders: [{ order_id: id, side: "buy", price: 99, qty: 5, filled: 2, leaves: 3 }],
    fills: [{ type: "fill", user_id: alice.userId, order_id: id, price: 99, qty: 2 }],
  });
  // Alice hears nothing of it, and it has changed nothing.
  expect(alice.inbox).toHaveLength(heard);
  expect([room.room.context.engine.stateHash(), room.room.state.seq]).toEqual(before);
  expect(reply.type === "orders" && reply.orders).toEqual(ordersOf(alice));
  expect(reply.type === "orders" && reply.fills).toEqual(alice.all("fill"));
});

test("no trader and no spectator can use it, not even on themselves", () => {
  const { host, alice, bob, watcher } = trading();
  for (const user of [alice, bob, watcher])
    for (const target of [alice, bob, watcher, host])
      expect(codeOf(user.reply("get_orders", { user_id: target.userId }))).toBe("FORBIDDEN");
  for (const nobody of [0, 999]) {
    expect(codeOf(bob.reply("get_orders", { user_id: nobody }))).toBe("FORBIDDEN");
    expect(codeOf(watcher.reply("get_orders", { user_id: nobody }))).toBe("FORBIDDEN");
  }
  expect(alice.reply("get_orders", {})).not.toHaveProperty("user_id");
  expect(alice.reply("get_orders", {})).not.toHaveProperty("fills");
});

test("the host must name a trader who is or was in the room", () => {
  const { host, alice, watcher } = trading();
  expect(codeOf(host.reply("get_orders", {}))).toBe("FORBIDDEN");
  for (const nobody of [watcher.userId, host.userId, 999])
    expect(codeOf(host.reply("get_orders", { user_id: nobody }))).toBe("BAD_REQUEST");
  host.ask("kick", { user_id: alice.userId });
  expect(host.reply("get_orders", { user_id: alice.userId })).toMatchObject({
    orders: [],
    fills: [{ qty: 2 }],
  });
});

test("of many fills the last are shown", () => {
  const { room, host, alice, bob } = table();
  for (let count = 1; count <= limits.watchedFills + 3; count++) {
    room.tick(100);
    buy(alice, count, 100);
    sell(bob, count, 100);
  }
  const reply = host.reply("get_orders", { user_id: bob.userId });
  const quantities = reply.type === "orders" ? reply.fills?.map(({ qty }) => qty) : [];
  expect(quantities).toHaveLength(limits.watchedFills);
  expect(quantities?.[0]).toBe(4);
  expect(quantities?.at(-1)).toBe(limits.watchedFills + 3);
});
