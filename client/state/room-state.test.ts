import { expect, test } from "vitest";
import { TestRoom } from "#game/testing/room.ts";
import { socketAddress } from "../addresses.ts";
import { onTick } from "../prices.ts";
import { midOf } from "./books.ts";
import { RoomState } from "./room-state.ts";

/** A state that is told all that a user of the room is told. */
function following(room: TestRoom, name: string) {
  const user = room.join(name);
  const state = new RoomState();
  let heard = 0;
  /** @param most messages to take; all by default */
  const catchUp = (most = Infinity) => {
    const mail = user.inbox.slice(heard, Math.min(heard + most, user.inbox.length));
    for (const message of mail) state.apply(message);
    heard += mail.length;
    return state;
  };
  return { user, catchUp };
}

test("a state that follows a room holds what the room tells somebody who asks", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange", { host_token: "host" });
  host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 0.5 });
  const ana = following(room, "Ana");
  const bo = following(room, "Bo");
  ana.user.ask("quote", { inst: 1, bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 });
  bo.user.ask("order_new", { inst: 1, side: "buy", price: 101, qty: 2 });
  bo.user.ask("order_new", { inst: 1, side: "buy", price: 98, qty: 1 });
  ana.user.ask("replace", { order_id: 1, qty: 3 });
  room.tick(200);
  const state = ana.catchUp();
  expect(state.orders.all().map(({ side, price, leaves }) => [side, price, leaves])).toEqual([
    ["buy", 99, 3],
    ["sell", 101, 3],
  ]);
  expect([state.held(1), state.fills.length, state.pnl.pnl]).toEqual([-2, 1, 2]);
  expect(midOf(state.books.get(1))).toBe(100);
  expect(bo.catchUp().books.get(1).bids).toEqual([
    [99, 3],
    [98, 1],
  ]);
});

test("a fill counts at once, before the room tells positions", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange", { host_token: "host" });
  host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  host.ask("set_limits", { max_position: 6, max_order_qty: 4 });
  const ana = following(room, "Ana");
  const bo = following(room, "Bo");
  ana.user.ask("order_new", { inst: 1, side: "sell", price: 100, qty: 4 });
  expect([bo.catchUp().allowed(1, "buy"), ana.catchUp().allowed(1, "sell")]).toEqual([4, 2]);
  const told = bo.user.ask("order_new", { inst: 1, side: "buy", price: 100, qty: 4 });
  const state = bo.catchUp(told.findIndex(({ type }) => type === "positions"));
  expect([state.held(1), state.allowed(1, "buy"), state.allowed(1, "sell")]).toEqual([4, 2, 4]);
  expect(bo.catchUp().held(1)).toBe(4);
});

test("instruments are open or not as the host has them, and prices follow the tick", () => {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange", { host_token: "host" });
  for (const symbol of ["X", "Y"]) host.ask("add_instrument", { symbol, type: "SCALAR" });
  const { user, catchUp } = following(room, "Ana");
  const open = () => catchUp().open.map(({ symbol }) => symbol);
  expect(open()).toEqual(["X", "Y"]);
  host.ask("halt", { inst: 1, on: true });
  expect(open()).toEqual(["Y"]);
  host.ask("halt", { inst: 1, on: false });
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.5 });
  expect(catchUp().instruments.get(1)?.tick_size).toBe(0.5);
  host.ask("settle", { inst: 2, value: 7 });
  expect(open()).toEqual(["X"]);
  host.ask("kill_switch", { user_id: user.userId, on: true });
  expect(open()).toEqual([]);
  host.ask("kill_switch", { user_id: user.userId, on: false });
  host.ask("session", { state: "paused" });
  expect(open()).toEqual([]);
});

test("an older book changes nothing, and an order of events that goes back is told", () => {
  const state = new RoomState();
  const book = (seq: number, bid: number) =>
    ({ type: "md_inc", inst: 1, bids: [[bid, 1]], asks: [], last: null, ts: seq, seq }) as const;
  state.apply({ ...book(5, 99), bids: [[99, 1]], asks: [] });
  const { broken } = state.apply({ ...book(4, 98), bids: [[98, 1]], asks: [] });
  expect(broken).toMatchObject({ kind: "backwards", seq: 4, after: 5 });
  expect(state.books.get(1).bids).toEqual([[99, 1]]);
});

test.each([
  ["http://game.test:8787", "acd-efg", "ws://game.test:8787/ws/ACDEFG"],
  ["https://game.test/r/ACDEFG", undefined, "wss://game.test/ws/ACDEFG"],
  ["ws://game.test/ws/ACDEFG", undefined, "ws://game.test/ws/ACDEFG"],
])("the socket of %s, room %s, is %s", (url, room, address) => {
  expect(socketAddress(url, room)).toBe(address);
});

test("a room without a code has no address", () => {
  expect(() => socketAddress("http://game.test")).toThrow("code");
});

test("prices are put on the grid, away from the middle", () => {
  expect([onTick(99.9, 0.5, "down"), onTick(99.9, 0.5, "up")]).toEqual([99.5, 100]);
  expect([onTick(0.3, 0.1, "down"), onTick(0.3, 0.1, "up")]).toEqual([0.3, 0.3]);
});
