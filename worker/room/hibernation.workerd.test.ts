/** Tests that a room that is evicted between any two messages plays the same game as one that is not. */

import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { closeCode, type Message, type Op, type Request as ClientRequest } from "#protocol";
import { entriesOf, hashOf, inRoom, makeRoom, stubOf, TestClient } from "./testing/client.ts";

type Who = "host" | "alice" | "bob" | "watcher";
type Step = [Who, ClientRequest];

/** The script: two scalars and four options are traded, halted, repriced, limited, settled and closed. */
const script: Step[] = [
  ["host", { op: "add_instrument", symbol: "X", type: "SCALAR", tick_size: 0.5 }],
  ["host", { op: "add_instrument", symbol: "XC", type: "CALL", reference_id: 1, strike: 100 }],
  ["host", { op: "add_instrument", symbol: "XP", type: "PUT", reference_id: 1, strike: 100 }],
  ["alice", { op: "quote", inst: 1, bid: 99, bid_qty: 10, ask: 101, ask_qty: 10 }],
  ["bob", { op: "order_new", inst: 1, side: "buy", qty: 4, type: "market", cid: "kept" }],
  ["bob", { op: "order_new", inst: 1, side: "buy", qty: 4, type: "market", cid: "kept" }],
  ["bob", { op: "order_new", inst: 1, side: "sell", qty: 99, price: 99.25 }],
  ["bob", { op: "order_new", inst: 1, side: "buy", qty: 5, price: 100, post_only: true }],
  ["bob", { op: "replace", order_id: 3, qty: 3 }],
  ["alice", { op: "get_orders" }],
  ["alice", { op: "order_new", inst: 2, side: "sell", qty: 7, price: 4.25 }],
  ["bob", { op: "order_new", inst: 2, side: "buy", qty: 9, price: 5 }],
  ["alice", { op: "order_new", inst: 3, side: "sell", qty: 2, price: 1.5 }],
  ["bob", { op: "order_new", inst: 3, side: "buy", qty: 2, price: 1.5, tif: "FOK" }],
  ["host", { op: "halt", inst: 2, on: true }],
  ["bob", { op: "order_new", inst: 2, side: "buy", qty: 1, price: 5 }],
  ["host", { op: "halt", on: false }],
  ["host", { op: "set_limits", max_order_qty: 50 }],
  ["bob", { op: "order_new", inst: 1, side: "buy", qty: 51, price: 90 }],
  ["host", { op: "news", text: "Rain.", to: [3] }],
  ["alice", { op: "get_positions" }],
  ["host", { op: "get_positions" }],
  ["host", { op: "update_tick_size", instrument_id: 1, tick_size: 0.25 }],
  ["alice", { op: "order_new", inst: 1, side: "buy", qty: 5, price: 100.25 }],
  ["bob", { op: "order_new", inst: 1, side: "sell", qty: 3, price: 100 }],
  ["host", { op: "kill_switch", user_id: 2, on: true }],
  ["alice", { op: "order_new", inst: 1, side: "buy", qty: 5, price: 100.25 }],
  ["host", { op: "kill_switch", on: false }],
  ["host", { op: "session", state: "paused" }],
  ["alice", { op: "order_new", inst: 1, side: "buy", qty: 5, price: 100.25 }],
  ["host", { op: "session", state: "open" }],
  ["watcher", { op: "get_snapshot", inst: 2 }],
  ["alice", { op: "cancel", order_id: 1 }],
  ["bob", { op: "cancel_all" }],
  ["host", { op: "settle", inst: 1, value: 103.125 }],
  ["alice", { op: "get_pnl" }],
  ["bob", { op: "get_pnl" }],
  ["host", { op: "session", state: "closed" }],
  ["alice", { op: "order_new", inst: 1, side: "buy", qty: 5, price: 100.25 }],
  ["bob", { op: "get_positions" }],
];

/** Leaves out the parts of a message that depend on time or are random. */
function timeless(message: Message): unknown {
  return JSON.parse(
    JSON.stringify(message, (key, value: unknown) =>
      [
        "ts",
        "server_time",
        "resume_token",
        "session_id",
        "room_code",
        "debrief_url",
        "log_hash",
      ].includes(key) || /^t\d+$/.test(String(value))
        ? 0
        : value,
    ),
  );
}

/** Plays the script; `between` runs after every step. @returns the messages of each client, and the room's hash */
async function play(between: (room: string) => Promise<void>) {
  const { room, host_token } = await makeRoom({ name: "A game" });
  const host = await TestClient.connect(`/ws/${room}`);
  await host.join({ name: "Exchange", role: "exchange", host_token });
  await between(room);
  const alice = await TestClient.join(room, "alice");
  await between(room);
  const bob = await TestClient.join(room, "bob", "trader", { batch: true });
  const watcher = await TestClient.join(room, "watcher", "spectator");
  const clients = { host, alice, bob, watcher };
  for (const [index, [who, { op, ...fields }]] of script.entries()) {
    const cid = fields.cid ?? `step ${index}`;
    await clients[who].ask(op as Op, { ...(fields as object), cid });
    await between(room);
    await Promise.all(Object.values(clients).map((client) => client.settle()));
  }
  // Compares the last book, leaderboard and P&L, and not their number: they come by the clock.
  const conflated = new Set(["md_inc", "leaderboard", "positions", "pnl", "pong"]);
  const transcripts = Object.values(clients).map((client) => {
    expect(client.malformed()).toEqual([]);
    expect(client.closed).toBeNull();
    return client.inbox
      .filter((message) => "cid" in message || !conflated.has(message.type))
      .map(timeless);
  });
  const seq = await inRoom(room, (object) => object.service.room()!.state.seq);
  const rows = (await entriesOf(room)).map(({ n, userId, input }) => [n, userId, input.op]);
  const hash = await hashOf(room);
  return { transcripts, hash, seq, rows };
}

describe("a whole game", () => {
  test(
    "is the same with the room evicted between any two messages",
    { timeout: 60_000 },
    async () => {
      const quiet = await play(async () => {});
      let evictions = 0;
      const evicted = await play(async (room) => {
        await evictDurableObject(stubOf(room));
        evictions++;
      });
      expect(evictions).toBeGreaterThan(40);
      for (const [index, transcript] of quiet.transcripts.entries())
        expect(evicted.transcripts[index]).toEqual(transcript);
      expect(evicted.hash).toBe(quiet.hash);
      expect(evicted.seq).toBe(quiet.seq);
      expect(evicted.rows).toEqual(quiet.rows);
      expect(quiet.transcripts.map((transcript) => transcript.length > 20)).toEqual(
        Array(4).fill(true),
      );
    },
  );

  test("a batching client gets arrays, the others never", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const alice = await TestClient.join(room, "alice");
    const bob = await TestClient.join(room, "bob", "trader", { batch: true });
    await evictDurableObject(stubOf(room));
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 100 });
    await bob.ask("order_new", { inst: 1, side: "buy", qty: 5, price: 100 });
    await Promise.all([alice.settle(), bob.settle(), host.settle()]);
    expect(bob.frames.some((frame) => frame.startsWith("["))).toBe(true);
    for (const client of [alice, host])
      expect(client.frames.some((frame) => frame.startsWith("["))).toBe(false);
    const types = bob.inbox.map(({ type }) => type);
    expect(types.indexOf("order_ack")).toBeLessThan(types.indexOf("fill"));
  });
});

describe("coming back", () => {
  test("by resume token after an eviction keeps orders, position and P&L", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const alice = await TestClient.join(room, "alice");
    const bob = await TestClient.join(room, "bob");
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 100 });
    await bob.ask("order_new", { inst: 1, side: "buy", qty: 2, price: 100 });
    await bob.ask("order_new", { inst: 1, side: "buy", qty: 2, price: 90 });
    const start = alice.inbox.length;
    bob.socket.close(1000);
    await alice.nextOf("user_left", start);
    await evictDurableObject(stubOf(room), { webSockets: "close" });
    const again = await TestClient.join(room, "bob", "trader", { resume_token: bob.token });
    expect(again.ack).toMatchObject({ user_id: bob.userId, resumed: true });
    expect(await again.ask("get_orders", {})).toMatchObject({ orders: [{ price: 90, leaves: 2 }] });
    expect(await again.ask("get_positions", {})).toMatchObject({ positions: [{ qty: 2 }] });
  });

  test.each([false, true])(
    "closes the older connection with 4001, whose late close harms nobody (evicted: %s)",
    async (evict) => {
      const { room, host_token } = await makeRoom({ settings: { on_disconnect: "cancel" } });
      const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
      await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
      const alice = await TestClient.join(room, "alice");
      const bob = await TestClient.join(room, "bob");
      await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 100 });
      const again = await TestClient.join(room, "", "trader", { resume_token: alice.token });
      expect((await alice.whenClosed()).code).toBe(closeCode.superseded);
      if (evict) await evictDurableObject(stubOf(room));
      alice.socket.close(1000);
      await Promise.all([again.settle(), bob.settle(), host.settle()]);
      if (evict) await evictDurableObject(stubOf(room));
      expect(await again.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
      await bob.ask("order_new", { inst: 1, side: "buy", qty: 5, price: 100 });
      await again.settle();
      expect(again.all("fill")).toHaveLength(1);
      expect(bob.all("user_left")).toEqual([]);
      expect(alice.all("fill")).toEqual([]);
    },
  );

  test("the exchange may be there twice, and leaves with its last connection", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    const screen = await TestClient.join(room, "Screen", "exchange", { host_token });
    const alice = await TestClient.join(room, "alice");
    expect(screen.userId).toBe(host.userId);
    host.socket.close(1000);
    await evictDurableObject(stubOf(room));
    await alice.settle();
    expect(alice.all("user_left")).toEqual([]);
    expect(await screen.ask("halt", { on: false })).toMatchObject({ code: "NO_SUCH_INSTRUMENT" });
    const start = alice.inbox.length;
    screen.socket.close(1000);
    expect((await alice.nextOf("user_left", start)).reason).toBe("disconnected");
  });

  test("is no more after a kick: 4003, and the token is void", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    const alice = await TestClient.join(room, "alice");
    await host.ask("kick", { user_id: alice.userId });
    expect((await alice.whenClosed()).code).toBe(closeCode.kicked);
    await evictDurableObject(stubOf(room));
    const back = await TestClient.connect(`/ws/${room}`);
    expect(await back.ask("join", { resume_token: alice.token })).toMatchObject({
      type: "error",
      code: "BAD_TOKEN",
    });
    expect(await back.ask("join", { name: "alice" })).toMatchObject({ type: "join_ack" });
    expect(host.all("user_left")).toHaveLength(1);
  });

  test("a passcode is asked for after an eviction as before", async () => {
    const { room } = await makeRoom({ passcode: "swordfish" });
    await evictDurableObject(stubOf(room));
    const alice = await TestClient.connect(`/ws/${room}`);
    expect(await alice.ask("join", { name: "alice" })).toMatchObject({ code: "BAD_PASSCODE" });
    expect(await alice.ask("join", { name: "alice", passcode: "swordfish" })).toMatchObject({
      type: "join_ack",
    });
  });
});

describe("a room that is asleep", () => {
  test("wakes for the session's end and tells all", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    const alice = await TestClient.join(room, "alice");
    const ends_at = Date.now() + 200;
    await host.ask("session", { state: "open", ends_at });
    const start = alice.inbox.length;
    await alice.settle();
    await evictDurableObject(stubOf(room));
    await alice.next((message) => message.type === "session" && message.state === "paused", start);
    expect(Date.now()).toBeGreaterThanOrEqual(ends_at);
  });

  test.each(["keep", "cancel"] as const)(
    "wakes for who leaves, tells all and does with the orders as it was set: %s",
    async (on_disconnect) => {
      const { room, host_token } = await makeRoom({ settings: { on_disconnect } });
      const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
      await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
      const alice = await TestClient.join(room, "alice");
      const [bob, carol] = [
        await TestClient.join(room, "bob"),
        await TestClient.join(room, "carol"),
      ];
      for (const client of [bob, carol])
        await client.ask("order_new", { inst: 1, side: "buy", qty: 5, price: 100 });
      await Promise.all([alice, bob, carol].map((client) => client.settle()));
      await evictDurableObject(stubOf(room));
      const start = alice.inbox.length;
      bob.socket.close(1000);
      carol.socket.close(1000);
      await alice.until(() => alice.all("user_left").length === 2, "both to leave");
      expect(
        alice
          .all("user_left")
          .map(({ name }) => name)
          .sort(),
      ).toEqual(["bob", "carol"]);
      const kept = on_disconnect === "keep" ? [[100, 10]] : [];
      expect(await alice.ask("get_snapshot", { inst: 1 })).toMatchObject({ bids: kept });
      expect(alice.inbox.slice(start).filter(({ type }) => type === "user_joined")).toEqual([]);
      const users = (await TestClient.join(room, "dave")).ack!.users;
      expect(users.filter(({ connected }) => connected).map(({ name }) => name)).toEqual([
        "Exchange",
        "alice",
        "dave",
      ]);
    },
  );

  test("wakes in silence: who is there gets nothing that is not new", async () => {
    const { room, host_token } = await makeRoom({ template: "options" });
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    const [alice, bob] = [await TestClient.join(room, "alice"), await TestClient.join(room, "bob")];
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 100 });
    await bob.ask("order_new", { inst: 1, side: "buy", qty: 5, price: 100 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await Promise.all([host, alice, bob].map((client) => client.settle()));
    await evictDurableObject(stubOf(room));
    const heard = [host, alice].map((client) => client.inbox.length);
    await bob.ask("get_pnl", {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([host, alice].map((client) => client.inbox.length)).toEqual(heard);
  });
});
