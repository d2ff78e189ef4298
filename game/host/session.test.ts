/** The host's commands on instruments, limits, news and the session's clock. */

import { describe, expect, test } from "vitest";
import { defaultPlaySettings, limits, type Request } from "#protocol";
import { TestRoom } from "../testing/room.ts";
import { buy, codeOf, table } from "../testing/table.ts";

describe("listing", () => {
  test("takes the defaults of the contract and tells all", () => {
    const { host, alice } = table();
    const reply = host.reply("add_instrument", { symbol: "Y", type: "SCALAR", cid: "y" });
    expect(reply).toMatchObject({
      type: "instrument_added",
      inst: 2,
      cid: "y",
      instrument: {
        ...{ id: 2, inst: 2, symbol: "Y", type: "SCALAR", reference_id: null, strike: null },
        ...{ tick_size: 0.01, lot_size: 1, tick_value: 1, min_price: -1e7, max_price: 1e7 },
        ...{ halted: false, settled: false, settlement: null },
      },
    });
    const { cid: _cid, ...public_ } = reply as { cid: string };
    expect(alice.last("instrument_added")).toEqual(public_);
  });

  type Listing = Omit<Request<"add_instrument">, "op" | "cid">;
  const scalar: Listing = { symbol: "Y", type: "SCALAR" };
  const call: Listing = { symbol: "Y", type: "CALL", reference_id: 1, strike: 100 };
  test.each<[string, Listing, RegExp]>([
    ["a symbol that is taken", { ...scalar, symbol: "x" }, /named x already/],
    ["an empty symbol", { ...scalar, symbol: " " }, /symbol/],
    ["a formula as symbol", { ...scalar, symbol: "=1+1" }, /symbol/],
    ["mark-up as symbol", { ...scalar, symbol: "<b>" }, /symbol/],
    ["something invisible in the symbol", { ...scalar, symbol: "A\u200BB" }, /symbol/],
    [
      "something invisible in the description",
      { ...scalar, description: "a\u200Bb" },
      /description/,
    ],
    ["a tick of zero", { ...scalar, tick_size: 0 }, /tick size/],
    ["a negative tick", { ...scalar, tick_size: -0.01 }, /tick size/],
    ["a tick finer than a millionth", { ...scalar, tick_size: 1e-7 }, /tick size/],
    ["a lot of zero", { ...scalar, lot_size: 0 }, /lot size/],
    ["half a lot", { ...scalar, lot_size: 0.5 }, /lot size/],
    ["a lot larger than any order", { ...scalar, lot_size: limits.maxOrderQty + 1 }, /lot size/],
    ["a tick value of zero", { ...scalar, tick_value: 0 }, /tick value/],
    ["bounds the wrong way round", { ...scalar, min_price: 5, max_price: 4 }, /min_price|bounds?/],
    [
      "an option without underlying",
      { ...call, reference_id: undefined },
      /reference_id|underlying/,
    ],
    ["an option without strike", { ...call, strike: undefined }, /strike/],
    ["an option on nothing", { ...call, reference_id: 9 }, /reference_id|underlying|scalar/],
    ["an option on an option", { ...call, reference_id: 2 }, /reference_id|underlying|scalar/],
    ["an option on itself", { ...call, reference_id: 3 }, /reference_id|underlying|scalar/],
    ["an option of negative price", { ...call, min_price: -1 }, /min_price|negative|below/],
    ["a strike finer than a millionth", { ...call, strike: 1e-7 }, /strike/],
  ])("%s is refused", (_what, listing, field) => {
    const { room, host } = table();
    host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 1 });
    const refusal = host.reply("add_instrument", listing);
    expect(codeOf(refusal)).toBe("BAD_REQUEST");
    // The sentence names the field that is wrong.
    expect(refusal).toMatchObject({ message: expect.stringMatching(field) });
    expect(room.room.state.instruments).toHaveLength(2);
  });

  test("an option on a settled scalar is refused", () => {
    const { host } = table();
    host.ask("settle", { inst: 1, value: 1 });
    expect(codeOf(host.reply("add_instrument", call))).toBe("SETTLED");
  });

  test("64 instruments, not one more", () => {
    const { room, host } = table();
    for (let count = 2; count <= limits.instruments; count++)
      expect(host.reply("add_instrument", { ...scalar, symbol: `S${count}` }).type).toBe(
        "instrument_added",
      );
    expect(codeOf(host.reply("add_instrument", { ...scalar, symbol: "S65" }))).toBe("BAD_REQUEST");
    expect(room.room.state.instruments).toHaveLength(limits.instruments);
  });

  test("an instrument may start halted", () => {
    const { alice } = table({ halted: true });
    expect(codeOf(buy(alice, 1, 1))).toBe("HALTED");
  });
});

describe("limits", () => {
  test("of one trader are told to that trader and the exchange, of all to each", () => {
    const { host, alice, bob } = table();
    host.ask("set_limits", { user_id: alice.userId, max_position: 5 });
    expect(alice.last("limits")).toMatchObject({
      user_id: alice.userId,
      limits: { max_position: 5, max_order_qty: 10_000 },
    });
    expect(bob.all("limits")).toEqual([]);
    host.ask("set_limits", { max_order_qty: 7 });
    expect(bob.last("limits")).toMatchObject({
      user_id: null,
      limits: { max_position: 10_000, max_order_qty: 7 },
    });
    expect(alice.last("limits").limits).toMatchObject({ max_position: 5, max_order_qty: 7 });
  });

  test("for all hold for later joins", () => {
    const { room, host } = table();
    host.ask("set_limits", { max_position: 3 });
    const dave = room.join("dave");
    expect(dave.last("join_ack").limits.max_position).toBe(3);
    expect(codeOf(buy(dave, 4, 1))).toBe("POSITION_LIMIT");
  });

  test.each<Omit<Request<"set_limits">, "op">>([
    {},
    { max_position: -1 },
    { max_position: 1.5 },
    { max_position: limits.maxPosition + 1 },
    { max_order_qty: 1e18 },
    { max_open_orders: limits.maxOpenOrders + 1 },
    { orders_per_sec: 0 },
    { orders_per_sec: limits.maxOrdersPerSec + 1 },
    { max_loss: -1 },
    { max_loss: 1e-9 },
    { max_loss: 0.1234567 },
    { max_loss: 1e300 },
    { user_id: 1, max_position: 1 },
    { user_id: 77, max_position: 1 },
  ])("%j is refused and changes nothing", (fields) => {
    const { host, alice } = table();
    expect(codeOf(host.reply("set_limits", fields))).toBe("BAD_REQUEST");
    expect(alice.all("limits")).toEqual([]);
    expect(codeOf(buy(alice, 10_000, 1))).toBe("no error but order_ack");
  });
});

test("news goes to all, or to those named and the exchange", () => {
  const { room, host, alice, bob, carol } = table();
  const watcher = room.join("watcher", "spectator");
  host.ask("news", { text: "  Rain.  " });
  for (const user of [host, alice, watcher]) expect(user.last("news").text).toBe("Rain.");
  host.ask("news", { text: "A card.", to: [bob.userId, bob.userId, 999] });
  expect(bob.all("news").map(({ text }) => text)).toEqual(["Rain.", "A card."]);
  for (const user of [alice, carol, watcher]) expect(user.all("news")).toHaveLength(1);
  expect(host.all("news")).toHaveLength(2);
});

test("news to nobody is refused", () => {
  const { host, bob } = table();
  host.ask("kick", { user_id: bob.userId });
  for (const to of [[], [999], [bob.userId]])
    expect(codeOf(host.reply("news", { text: "A card.", to }))).toBe("BAD_REQUEST");
  expect(
    host.reply("news", { text: "Two lines:\none, two. \u{1F469}\u200D\u{1F33E}" }),
  ).toMatchObject({
    type: "news",
  });
});

describe("the lens", () => {
  test("is off in a new room; the host sets it for all present and later users", () => {
    const { room, host, alice } = table();
    expect(alice.last("join_ack").lens).toBe("off");
    expect(host.reply("set_lens", { lens: "after", cid: "l" })).toMatchObject({
      ...{ type: "lens", lens: "after", cid: "l" },
    });
    expect(alice.last("lens").lens).toBe("after");
    room.restart();
    expect(room.join("late").last("join_ack").lens).toBe("after");
    const watcher = room.join("watcher", "spectator");
    expect(watcher.last("join_ack").lens).toBe("after");
    expect(codeOf(alice.reply("set_lens", { lens: "always" }))).toBe("FORBIDDEN");
    expect(room.room.state.lens).toBe("after");
  });

  test("may be chosen when the room is made; a journal without a choice means off", () => {
    const room = new TestRoom({ lens: "always" });
    expect(room.join("alice").last("join_ack").lens).toBe("always");
    room.restart();
    expect(room.room.state.lens).toBe("always");
    expect(new TestRoom().room.state.lens).toBe("off");
  });
});

describe("the settings of the game", () => {
  const chosen = { scoring: "rank", min_trades: 3, bots: "host", names: "masked" } as const;

  test("are changed one by one, told to all, and known to who comes later, also after a restart", () => {
    const { room, host, alice } = table();
    expect(alice.last("join_ack").settings).toEqual(defaultPlaySettings);
    expect(host.reply("settings", { scoring: "luck_adjusted", cid: "s" })).toMatchObject({
      ...{ type: "settings", ...defaultPlaySettings, scoring: "luck_adjusted", cid: "s" },
    });
    host.ask("settings", chosen);
    expect(alice.last("settings")).toMatchObject(chosen);
    room.restart();
    expect(room.join("late").last("join_ack").settings).toEqual(chosen);
  });

  test("are the host's, and one at least must be named", () => {
    const { room, host, alice } = table();
    expect(codeOf(host.reply("settings", {}))).toBe("BAD_REQUEST");
    expect(codeOf(alice.reply("settings", chosen))).toBe("FORBIDDEN");
    expect(room.room.state.settings).toEqual(defaultPlaySettings);
  });

  test("may be chosen when the room is made", () => {
    const room = new TestRoom({ play: { names: "masked" } });
    expect(room.join("alice").last("join_ack").settings).toEqual({
      ...{ ...defaultPlaySettings, names: "masked" },
    });
  });
});

describe("the session's clock", () => {
  test("pauses an open session at its end, once, and is journalled", () => {
    const { room, host, alice } = table();
    const ends_at = room.now + 10_000;
    expect(host.reply("session", { state: "open", ends_at })).toMatchObject({ ends_at });
    expect(room.room.clockDueMs).toBe(ends_at);
    room.tick(9_999);
    expect(codeOf(buy(alice, 1, 1))).toBe("no error but order_ack");
    room.tick(1);
    expect(alice.last("session")).toMatchObject({ state: "paused", ends_at: null });
    expect(codeOf(buy(alice, 1, 1))).toBe("PAUSED");
    room.tick(60_000);
    expect(alice.all("session")).toHaveLength(2);
    expect(room.room.clockDueMs).toBeNull();
    room.restart();
    expect(room.room.state.session).toBe("paused");
  });

  test("is still set after a restart and may be set anew", () => {
    const { room, host } = table();
    host.ask("session", { state: "open", ends_at: room.now + 10_000 });
    room.restart();
    expect(room.room.clockDueMs).toBe(room.now + 10_000);
    host.ask("session", { state: "open", ends_at: room.now + 90_000 });
    expect(room.room.clockDueMs).toBe(room.now + 90_000);
    host.ask("session", { state: "open" });
    expect(room.room.clockDueMs).toBeNull();
  });

  test("can't be set to the past, nor on a session that does not run", () => {
    const { room, host } = table();
    for (const fields of [
      { state: "open", ends_at: room.now },
      { state: "open", ends_at: -1 },
      { state: "paused", ends_at: room.now + 1_000 },
      { state: "closed", ends_at: room.now + 1_000 },
    ] as const)
      expect(codeOf(host.reply("session", fields))).toBe("BAD_REQUEST");
    expect(room.room.state.session).toBe("open");
  });

  test("can't be set further than a clock goes", () => {
    const { room, host } = table();
    for (const ends_at of [1e300, Number.MAX_SAFE_INTEGER, 8.64e15 + 1, room.now + 1e12])
      expect(codeOf(host.reply("session", { state: "open", ends_at })), String(ends_at)).toBe(
        "BAD_REQUEST",
      );
    expect(room.room.clockDueMs).toBeNull();
  });

  test("an order that comes at the closing bell is too late, whatever else is going on", () => {
    const { room, host, alice, bob } = table();
    buy(alice, 1, 100);
    host.ask("session", { state: "open", ends_at: room.now + 10 });
    // The message arrives before the timer of the room.
    room.now += 10;
    const messages = bob.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 100 });
    expect(messages).toMatchObject([
      { type: "session", state: "paused" },
      { type: "error", code: "PAUSED" },
    ]);
  });
});
