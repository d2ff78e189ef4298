/** Tests of frames that are not requests, and of the connections that send them. */

import { describe, expect, test } from "vitest";
import { closeCode, limits } from "#protocol";
import { addresses, keepAwake, makeRoom, TestClient } from "./testing/client.ts";

const big = (bytes: number) => {
  const frame = (fill: string) => `{"op":"ping","note":"${fill}"}`;
  return frame("x".repeat(bytes - frame("").length));
};

const bad: [string, string | ArrayBuffer, string][] = [
  ["binary", new TextEncoder().encode('{"op":"ping"}').buffer as ArrayBuffer, "BAD_REQUEST"],
  ["empty binary", new ArrayBuffer(0), "BAD_REQUEST"],
  ["nothing", "", "BAD_REQUEST"],
  ["16 KiB and one byte", big(limits.frameBytes + 1), "BAD_REQUEST"],
  ["16 KiB of letters of three bytes", `{"op":"ping","n":"${"あ".repeat(6_000)}"}`, "BAD_REQUEST"],
  ["a megabyte", big(1_000_000), "BAD_REQUEST"],
  ["broken JSON", '{"op":"ping"', "BAD_REQUEST"],
  ["an array", '[{"op":"ping"}]', "BAD_REQUEST"],
  ["null", "null", "BAD_REQUEST"],
  ["NUL", "\u0000", "BAD_REQUEST"],
  ["depth 8,000", `${"[".repeat(8_000)}${"]".repeat(8_000)}`, "BAD_REQUEST"],
  [
    "depth in a field",
    `{"op":"ping","timestamp":${"[".repeat(8_000)}${"]".repeat(8_000)}}`,
    "BAD_REQUEST",
  ],
  ["an unknown op", '{"op":"nope"}', "UNKNOWN_OP"],
  ["__proto__ as op", '{"op":"__proto__"}', "UNKNOWN_OP"],
  ["__proto__ as everything", '{"__proto__":{"op":"ping"}}', "BAD_REQUEST"],
  [
    "a price that is text",
    '{"op":"order_new","inst":1,"side":"buy","qty":1,"price":"5"}',
    "BAD_REQUEST",
  ],
  [
    "a price of 1e309",
    '{"op":"order_new","inst":1,"side":"buy","qty":1,"price":1e309}',
    "BAD_REQUEST",
  ],
  ["an id of 10 kB", `{"op":"cancel","order_id":"${"9".repeat(10_000)}"}`, "BAD_REQUEST"],
  ["a cid of 65", `{"op":"ping","cid":"${"c".repeat(65)}"}`, "BAD_REQUEST"],
];

describe.each(addresses)("on %s a malformed frame", (address) => {
  test("of every kind gets an error, and everybody plays on", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "", "exchange", { name: "Exchange", host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const alice = await TestClient.join(room, "alice");
    for (const [what, frame, code] of bad) {
      // Sends few enough on each connection that it is not closed.
      const sender = await TestClient.join(
        ...([
          room,
          `bad ${bad.findIndex(([one]) => one === what)}`,
          "trader",
          {},
          address,
        ] as const),
      );
      const start = sender.inbox.length;
      sender.send(frame);
      const error = await sender.nextOf("error", start);
      expect(error.code, what).toBe(code);
      expect(error.message, what).toMatch(/^[A-Z].*\.$/s);
      expect(JSON.stringify(error).length, what).toBeLessThan(500);
      await sender.settle();
      expect(sender.closed, what).toBeNull();
      expect(sender.malformed()).toEqual([]);
      sender.socket.close(1000);
    }
    const order = { inst: 1, side: "buy", qty: 1, price: 100 } as const;
    expect(await alice.ask("order_new", order)).toMatchObject({ type: "order_ack" });
    expect(alice.closed).toBeNull();
    expect(host.closed).toBeNull();
    expect(({} as { op?: string }).op).toBeUndefined();
  });

  test("gets its error also before joining, and a frame of exactly 16 KiB is none", async () => {
    const { room } = await makeRoom();
    const stranger = await TestClient.open(address, room);
    stranger.send(big(limits.frameBytes));
    expect((await stranger.next(() => true, 0)).type).toBe("pong");
    // Sends a megabyte: all the bytes that a line may send at once.
    const others = bad.slice(0, 12).filter(([what]) => what !== "a megabyte");
    for (const [what, frame, code] of others) {
      const start = stranger.inbox.length;
      stranger.send(frame);
      expect((await stranger.nextOf("error", start)).code, what).toBe(code);
    }
  });

  test.each([
    ["broken JSON", "{"],
    ["an unknown op", '{"op":"nope"}'],
  ])("closes the connection at the twentieth in ten seconds: %s", async (_what, frame) => {
    const { room } = await makeRoom();
    const other = await TestClient.join(room, "other");
    for (const isJoined of [false, true]) {
      const flooder = await TestClient.open(address, room);
      if (isJoined) await flooder.join({ name: "flooder" });
      for (let count = 1; count < limits.malformedFrames; count++) flooder.send(frame);
      await flooder.settle();
      expect(flooder.closed).toBeNull();
      flooder.send(frame);
      expect((await flooder.whenClosed()).code).toBe(closeCode.policyViolation);
      expect(flooder.all("error")).toHaveLength(limits.malformedFrames);
      await other.settle();
      expect(other.closed).toBeNull();
    }
  });
});

describe.each(addresses)("on %s who has not joined", (address) => {
  test("is told to, and sees nothing of the room", async () => {
    const { room, host_token } = await makeRoom({ template: "options" });
    const stranger = await TestClient.open(address, room);
    for (const op of ["get_positions", "get_pnl", "get_orders", "export_data"] as const)
      expect(await stranger.ask(op, {})).toMatchObject({ type: "error", code: "NOT_JOINED", op });
    if (address !== "/ws")
      expect(await stranger.ask("create_room", {})).toMatchObject({ code: "BAD_REQUEST" });
    await TestClient.join(room, "Exchange", "exchange", { host_token });
    await TestClient.join(room, "alice");
    await stranger.settle();
    expect(new Set(stranger.inbox.map(({ type }) => type))).toEqual(new Set(["error", "pong"]));
  });

  test("may send the first requests right behind the join", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.open(address, room);
    host.send({ op: "join", room, name: "Exchange", role: "exchange", host_token, cid: "1" });
    host.send({ op: "add_instrument", symbol: "X", type: "SCALAR", cid: "2" });
    host.send({ op: "get_positions", cid: "3" });
    await host.next((message) => "cid" in message && message.cid === "3", 0);
    expect(host.inbox.flatMap((message) => ("cid" in message ? [message.type] : []))).toEqual([
      "join_ack",
      "instrument_added",
      "positions",
    ]);
  });

  test("a second join on one connection is refused", async () => {
    const { room } = await makeRoom();
    const alice = await TestClient.open(address, room);
    alice.send({ op: "join", room, name: "alice", cid: "1" });
    alice.send({ op: "join", room, name: "alice2", cid: "2" });
    const refusal = await alice.next((message) => "cid" in message && message.cid === "2", 0);
    expect(refusal).toMatchObject({ type: "error", code: "BAD_REQUEST" });
    const summary = await TestClient.join(room, "bob");
    expect(summary.ack!.users.map(({ name }) => name)).toEqual(["alice", "bob"]);
  });

  test("of many who ask for one name at once, one gets it", async () => {
    const { room } = await makeRoom();
    const clients = await Promise.all(
      Array.from({ length: 5 }, () => TestClient.open(address, room)),
    );
    const answers = await Promise.all(clients.map((one) => one.ask("join", { name: "alice" })));
    const codes = answers.map((one) => (one.type === "error" ? one.code : one.type)).sort();
    expect(codes).toEqual([...Array<string>(4).fill("NAME_TAKEN"), "join_ack"]);
  });
});

describe.each(addresses)("on %s a flood of sound requests", (address) => {
  test("of reads is refused past its burst, and harms nobody else", async () => {
    const { room } = await makeRoom();
    keepAwake(room);
    const alice = await TestClient.join(room, "alice", "trader", {}, address);
    const bob = await TestClient.join(room, "bob");
    // More than the bucket takes even if a busy machine needs some seconds for them.
    const reads = 6 * limits.otherPerSec;
    for (let count = 0; count < reads; count++) alice.send({ op: "get_pnl" });
    await alice.until(
      () => alice.all("pnl").length + alice.all("error").length >= reads,
      "all answers",
      30_000,
    );
    expect(alice.all("error").length).toBeGreaterThan(0);
    expect(new Set(alice.all("error").map(({ code }) => code))).toEqual(new Set(["RATE_LIMITED"]));
    expect(alice.closed).toBeNull();
    expect(await bob.ask("get_pnl", {})).toMatchObject({ type: "pnl" });
  });

  test("of orders is refused past its burst, cancels still go through", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const alice = await TestClient.join(room, "alice", "trader", {}, address);
    const order = { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 };
    // More than the bucket takes even if a busy machine needs some seconds for them.
    const orders = 500;
    for (let count = 0; count < orders; count++) alice.send(order);
    await alice.until(
      () => alice.all("order_ack").length + alice.all("error").length >= orders,
      "all answers",
      30_000,
    );
    expect(alice.all("order_ack").length).toBeGreaterThanOrEqual(50);
    expect(new Set(alice.all("error").map(({ code }) => code))).toEqual(new Set(["RATE_LIMITED"]));
    expect(await alice.ask("cancel_all", {})).toMatchObject({
      cancelled: alice.all("order_ack").length,
    });
  });
});

test("a long answer costs as much as several requests, a short one as ever", async () => {
  const { room, host_token } = await makeRoom();
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  await host.ask("set_limits", { orders_per_sec: 1_000 });
  const alice = await TestClient.join(room, "alice");
  expect((await alice.ask("get_orders", {})).type).toBe("orders");
  for (let price = 1; price <= 400; price++)
    alice.send({ op: "order_new", inst: 1, side: "buy", qty: 1, price });
  await alice.until(() => alice.all("order_ack").length === 400, "the orders", 30_000);
  const bytes = JSON.stringify(await alice.ask("get_orders", {})).length;
  const start = alice.inbox.length;
  for (let n = 0; n < 50; n++) alice.send({ op: "get_orders", cid: `r${n}` });
  await alice.until(
    () => alice.inbox.slice(start).filter((one) => "cid" in one).length >= 50,
    "all",
    30_000,
  );
  const answers = alice.inbox.slice(start).filter(({ type }) => type === "orders").length;
  const refused = alice.all("error").filter(({ code }) => code === "RATE_LIMITED").length;
  expect(answers + refused).toBe(50);
  // Counts those that the bucket holds at once, one more in debt, and those that come back meanwhile.
  expect(answers * bytes).toBeLessThan(3 * limits.otherPerSec * limits.answerBytesPerRequest);
  expect(answers).toBeGreaterThan(0);
});

test("who sends too many bytes is refused unread, with op and cid, and stays", async () => {
  const { room } = await makeRoom();
  keepAwake(room);
  const alice = await TestClient.join(room, "alice");
  const order_ids = Array.from({ length: 2_000 }, (_, n) => 10_000 + n);
  const frames = Math.ceil((1.5 * limits.bytesAtOnce) / JSON.stringify(order_ids).length);
  for (let n = 0; n < frames; n++)
    alice.send({ op: "cancel_inst", inst: 1, order_ids, cid: `b${n}` });
  await alice.until(() => alice.all("error").length >= frames, "all", 10_000);
  const codes = alice.all("error").map(({ code, op, cid }) => ({ code, op, cid }));
  expect(codes.at(-1)).toEqual({ code: "RATE_LIMITED", op: "cancel_inst", cid: `b${frames - 1}` });
  expect(alice.closed).toBeNull();
});
