/** Bots in a room: the host's requests, their trading while somebody is there, and nothing of them that a replay needs. */

import { expect, test } from "vitest";
import { limits, type BotKind, type Message } from "#protocol";
import { TestRoom, type TestUser } from "../testing/room.ts";
import { fingerprintOf } from "./testing/fingerprint.ts";

function opened(kinds: readonly BotKind[] = []) {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const alice = room.join("alice");
  host.ask("add_instrument", {
    ...{ symbol: "X", type: "SCALAR", tick_size: 1, min_price: 0, max_price: 200 },
  });
  for (const kind of kinds) host.ask("bot_add", { kind });
  return { room, host, alice };
}

/** Lets seconds pass, as the room's timer does. */
function pass(room: TestRoom, seconds: number): void {
  const end = room.now + seconds * 1_000;
  for (let due = room.room.feedDueMs; due !== null && due <= end; due = room.room.feedDueMs) {
    room.now = Math.max(room.now, due);
    room.room.tick(room.now);
  }
  room.now = end;
}

const ordersOf = ({ journal }: TestRoom, userId: number) =>
  journal.entries.filter((one) => one.userId === userId && one.reply !== null).length;
const codeOf = (message: Message) => (message.type === "error" ? message.code : null);
const idsOf = (host: TestUser) => host.last("bots_added").user_ids;

test("the host adds bots, which everybody sees, names and removes them", () => {
  const { room, host, alice } = opened();
  const [first, second] = (
    host.reply("bot_add", { kind: "maker", count: 2 }) as Message<"bots_added">
  ).user_ids;
  expect(alice.all("user_joined").slice(-2)).toMatchObject([
    { user_id: first, role: "trader", bot: "maker" },
    { user_id: second, role: "trader", bot: "maker" },
  ]);
  host.ask("bot_add", { kind: "noise", name: "Nils" });
  const late = room.join("late");
  expect(late.last("join_ack").users).toContainEqual(
    expect.objectContaining({ user_id: first, connected: true, bot: "maker" }),
  );
  expect(late.last("join_ack").users.find(({ name }) => name === "Nils")?.bot).toBe("noise");
  expect(codeOf(host.reply("bot_add", { kind: "noise", name: "nils" }))).toBe("NAME_TAKEN");
  expect(codeOf(alice.reply("bot_add", { kind: "noise" }))).toBe("FORBIDDEN");
  host.ask("rename", { user_id: first!, name: "Mona" });
  expect(alice.last("user_renamed")).toMatchObject({ user_id: first, name: "Mona" });
  expect(host.reply("bot_remove", { user_id: first! })).toMatchObject({
    ...{ type: "user_left", user_id: first },
  });
  expect(codeOf(host.reply("bot_remove", { user_id: alice.userId }))).toBe("BAD_REQUEST");
  for (let n = 0; n < 2; n++) host.ask("bot_add", { kind: "maker", count: 20 });
  expect(codeOf(host.reply("bot_add", { kind: "maker", count: 20 }))).toBe("ROOM_FULL");
});

test("bots take no seat that there is none of", () => {
  const { room, host } = opened();
  for (let seats = 1; seats < limits.traders - 1; seats++) room.join(`t${seats}`);
  expect(host.reply("bot_add", { kind: "maker", count: 2 })).toMatchObject({
    ...{ code: "ROOM_FULL", message: "The room has no seats left for them." },
  });
  expect(host.reply("bot_add", { kind: "maker" }).type).toBe("bots_added");
  expect(codeOf(host.reply("bot_add", { kind: "maker" }))).toBe("ROOM_FULL");
});

test("bots make a market while a person is there, and none once nobody is", () => {
  const { room, host, alice } = opened(["maker", "noise"]);
  pass(room, 20);
  expect(alice.last("md_inc")).toMatchObject({
    ...{
      bids: expect.arrayContaining([expect.anything()]),
      asks: expect.arrayContaining([expect.anything()]),
    },
  });
  expect(room.room.state.trades).toBeGreaterThan(0);
  for (const user of [host, alice]) room.room.presence(user.userId, 0, room.now);
  const before = room.journal.entries.length;
  pass(room, 60);
  expect(room.journal.entries).toHaveLength(before);
  expect(room.room.hasBotsAtWork).toBe(false);
  room.join("", "trader", { resume_token: alice.token });
  pass(room, 20);
  expect(room.journal.entries.length).toBeGreaterThan(before + 5);
});

test("a replay needs no bots: the room comes back from its journal alone, and they go on", () => {
  const { room, host, alice } = opened(["maker", "noise", "informed"]);
  const [bot] = idsOf(host);
  pass(room, 30);
  const before = fingerprintOf(room.room);
  room.restart();
  expect(fingerprintOf(room.room)).toEqual(before);
  room.join("", "trader", { resume_token: alice.token });
  const sent = ordersOf(room, bot!);
  pass(room, 20);
  expect(ordersOf(room, bot!)).toBeGreaterThan(sent);
});

test("a bot trades a dropout's seat under its limits, until the person is back", () => {
  const { room, host, alice } = opened(["noise"]);
  expect(codeOf(host.reply("bot_take", { user_id: alice.userId }))).toBe("BAD_REQUEST");
  host.ask("set_limits", { user_id: alice.userId, max_order_qty: 1, max_position: 3 });
  room.room.presence(alice.userId, 0, room.now);
  expect(host.reply("bot_take", { user_id: alice.userId })).toMatchObject({
    ...{ type: "seat", user_id: alice.userId, bot: "maker" },
  });
  pass(room, 60);
  const orders = room.journal.entries.filter(({ userId }) => userId === alice.userId);
  expect(orders.length).toBeGreaterThan(0);
  expect(orders.every(({ input }) => input.op !== "quote" || (input.bid_qty ?? 0) <= 1)).toBe(true);
  const back = room.join("", "trader", { resume_token: alice.token });
  expect(host.last("seat")).toMatchObject({ user_id: alice.userId, bot: null });
  expect(back.last("join_ack").users.find(({ user_id }) => user_id === alice.userId)?.bot).toBe(
    null,
  );
  const sent = ordersOf(room, alice.userId);
  pass(room, 30);
  expect(ordersOf(room, alice.userId)).toBe(sent);
  expect(back.reply("get_orders", {})).toMatchObject({ orders: [] });
});

test("the host takes a bot away from a seat, and its orders with it", () => {
  const { room, host, alice } = opened();
  room.room.presence(alice.userId, 0, room.now);
  host.ask("bot_take", { user_id: alice.userId });
  pass(room, 10);
  expect(host.reply("get_orders", { user_id: alice.userId })).toMatchObject({
    orders: [expect.anything(), expect.anything()],
  });
  expect(host.reply("bot_release", { user_id: alice.userId })).toMatchObject({ bot: null });
  expect(host.reply("get_orders", { user_id: alice.userId })).toMatchObject({ orders: [] });
  expect(codeOf(host.reply("bot_release", { user_id: alice.userId }))).toBe("BAD_REQUEST");
});

test("bots hold seats in rounds, answer what is asked, and say at the end what they did", () => {
  const { room, host, alice } = opened(["maker", "informed"]);
  const ids = [...room.room.state.users.keys()].slice(2);
  host.ask("round_start", { format: "numbers", params: { ask_seconds: 10, trade_seconds: 20 } });
  expect(alice.last("round").seats).toMatchObject([
    { user_id: alice.userId, bot: false },
    ...ids.map((user_id) => ({ user_id, bot: true })),
  ]);
  host.ask("round_step", { action: "next" });
  pass(room, 5);
  expect(alice.last("round").seats.filter(({ answered }) => answered)).toHaveLength(ids.length);
  for (let step = 0; step < 2; step++) host.ask("round_step", { action: "next" });
  const { bots } = alice.last("bots_said");
  expect(bots.map(({ user_id }) => user_id)).toEqual(ids);
  for (const { text } of bots) expect(text).toMatch(/^[A-Z].*\.$/);
  // This game has no cards.
  for (const { text } of bots) expect(text).not.toContain("My cards");
  const late = room.join("late");
  expect(late.last("bots_said").bots).toEqual(bots);
});

test("at the close each bot says what it did in the whole session, and what it holds", () => {
  const { room, host, alice } = opened(["maker", "parity"]);
  const [maker, parity] = [...room.room.state.users.keys()].slice(-2);
  pass(room, 10);
  alice.ask("order_new", { inst: 1, side: "buy", qty: 2, price: 200 });
  host.ask("session", { state: "closed" });
  const { round, bots } = alice.last("bots_said");
  expect(round).toBeNull();
  expect(bots.map(({ user_id }) => user_id)).toEqual([maker, parity]);
  expect(bots[0]?.text).toMatch(/^I quoted both sides .*, ended short 2 X and /);
  expect(bots[1]?.text).toBe("All options fitted together, so there was nothing to lock in.");
});

test("a bot that is flat at the close ends neither long nor short", () => {
  const { room, host, alice } = opened(["maker"]);
  pass(room, 10);
  alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 200 });
  alice.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 0 });
  host.ask("session", { state: "closed" });
  const [said] = alice.last("bots_said").bots;
  expect(said?.text).toMatch(/^I quoted both sides around .* position and made \d/);
});

test("programs are kept out by the setting, pages and the room's bots are not", () => {
  const { room, host, alice } = opened(["maker"]);
  const order = { inst: 1, side: "buy", qty: 1, price: 10 } as const;
  const page = room.join("page", "trader", { client: "page" });
  const program = room.join("host's", "trader", { host_token: "host" });
  host.ask("settings", { bots: "host" });
  expect(codeOf(alice.reply("order_new", order))).toBe("FORBIDDEN");
  expect(program.reply("order_new", order).type).toBe("order_ack");
  host.ask("settings", { bots: "none" });
  expect(codeOf(program.reply("order_new", order))).toBe("FORBIDDEN");
  expect(page.reply("order_new", order).type).toBe("order_ack");
  expect(program.reply("cancel_all", {}).type).toBe("cancel_all_ack");
  pass(room, 10);
  expect(ordersOf(room, idsOf(host)[0]!)).toBeGreaterThan(0);
  expect(page.last("join_ack").users.map(({ client }) => client)).toContain("program");
});

test("a press of the quote grid, which quotes all its rows, is no mark of a machine; many quotes in one are", () => {
  const { room, host, alice } = opened();
  const strikes = Array.from({ length: 20 }, (_, at) => at + 1);
  for (const at of strikes.slice(1))
    host.ask("add_instrument", { symbol: `S${at}`, type: "SCALAR", tick_size: 1 });
  const quote = { bid: 10, bid_qty: 1, ask: 12, ask_qty: 1 };
  for (let second = 0; second < 5; second++) {
    for (let press = 0; press < 2; press++)
      for (const inst of strikes) alice.ask("quote", { inst, ...quote, bid: 9 + press });
    room.now += 1_000;
  }
  expect(host.all("user_marked")).toEqual([]);
  room.now += 10_000;
  for (let second = 0; second < 3; second++) {
    for (let n = 0; n < 10; n++) alice.ask("quote", { inst: 1, ...quote, bid: 1 + n });
    room.now += 1_000;
  }
  expect(host.last("user_marked")).toMatchObject({ user_id: alice.userId, fast: true });
});

test("who enters orders faster than a hand can is marked, for good", () => {
  const { room, host, alice } = opened();
  const order = { inst: 1, side: "buy", qty: 1, price: 10 } as const;
  for (let second = 0; second < 3; second++) {
    expect(host.all("user_marked")).toEqual([]);
    for (let n = 0; n < 10; n++) alice.ask("order_new", order);
    room.now += 1_000;
  }
  expect(host.last("user_marked")).toMatchObject({ user_id: alice.userId, fast: true });
  room.restart();
  const back = room.join("", "trader", { resume_token: alice.token });
  expect(back.last("join_ack").users.find(({ user_id }) => user_id === alice.userId)?.fast).toBe(
    true,
  );
});
