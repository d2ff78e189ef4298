/** Tests of the way from `/ws` into a room where no guard stands in front: the client is on a line of the room. */

import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { closeCode } from "#protocol";
import { bindings, inRoom, makeRoom, stubOf, TestClient } from "../room/testing/client.ts";
import type { Env } from "../env.ts";
import { app } from "./app.ts";

describe("a line on /ws", () => {
  test("gets batches if it asked for them, one frame for many messages", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(
      ...([room, "Exchange", "exchange", { host_token, batch: true }, "/ws"] as const),
    );
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const alice = await TestClient.join(room, "alice", "trader", { batch: true }, "/ws");
    expect(alice.frames[0]).toMatch(/^\[\{"type":"join_ack"/);
    await alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 1 });
    const bob = await TestClient.join(room, "bob", "trader", { batch: true }, "/ws");
    await bob.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 1 });
    expect(bob.frames.some((one) => /^\[\{"type":"order_ack".*"type":"fill"/.test(one))).toBe(true);
    expect(alice.malformed()).toEqual([]);
  });

  test("may try rooms one after the other, and make one after a refusal", async () => {
    const closed = await makeRoom({ passcode: "tulip" });
    const open = await makeRoom();
    const client = await TestClient.connect("/ws");
    expect(await client.ask("join", { room: "ACDEFG", name: "a" })).toMatchObject({
      code: "NO_SUCH_ROOM",
    });
    expect(await client.ask("join", { room: "nonsense", name: "a" })).toMatchObject({
      code: "NO_SUCH_ROOM",
    });
    expect(await client.ask("join", { room: closed.room, name: "a" })).toMatchObject({
      code: "BAD_PASSCODE",
    });
    expect(await client.ask("join", { room: closed.room, name: "a" })).toMatchObject({
      code: "BAD_PASSCODE",
    });
    const made = await client.ask("create_room", {});
    expect(made).toMatchObject({ type: "room_created" });
    expect(await client.ask("join", { room: open.room, name: "", role: "exchange" })).toMatchObject(
      {
        code: "FORBIDDEN",
      },
    );
    const room = (made as { room_code: string }).room_code;
    // Lets the room's maker in, though somebody has taken the seat meanwhile.
    await TestClient.join(room, "first", "exchange");
    expect(await client.ask("join", { room, role: "exchange", name: "E" })).toMatchObject({
      ...{ type: "join_ack", role: "exchange", room_code: room },
    });
    expect(client.closed).toBeNull();
  });

  test("that tries rooms without end is closed with 1008", async () => {
    const rooms = await Promise.all([makeRoom({ passcode: "x" }), makeRoom({ passcode: "x" })]);
    const client = await TestClient.connect("/ws");
    for (let n = 0; n < 20; n++) client.send({ op: "join", room: rooms[n % 2]!.room, name: "a" });
    expect((await client.whenClosed()).code).toBe(closeCode.policyViolation);
  });

  test("is nobody's host by another's room, nor by a note of its own making", async () => {
    const { room } = await makeRoom();
    const note = `${Date.now()}.${"a".repeat(64)}`;
    const client = await TestClient.connect("/ws", { "x-switchboard": note });
    await client.ask("create_room", {});
    expect(await client.ask("join", { room, role: "exchange", name: "E" })).toMatchObject({
      code: "FORBIDDEN",
    });
    const straight = await TestClient.connect(`/ws/${room}`, { "x-switchboard": note });
    expect(await straight.ask("join", { room: "ACDEFG", name: "a" })).toMatchObject({
      code: "BAD_REQUEST",
    });
    expect(straight.closed).toBeNull();
  });

  test("does not notice that the room has slept", async () => {
    const { room } = await makeRoom();
    const alice = await TestClient.join(room, "alice", "trader", {}, "/ws");
    await evictDurableObject(stubOf(room), { webSockets: "hibernate" });
    expect(await alice.ask("get_pnl", {})).toMatchObject({ type: "pnl" });
    expect(alice.closed).toBeNull();
  });

  test("ends as the room ends it", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token }, "/ws");
    const alice = await TestClient.join(room, "alice", "trader", {}, "/ws");
    const bob = await TestClient.join(room, "bob", "trader", {}, "/ws");
    await host.ask("kick", { user_id: alice.userId });
    expect((await alice.whenClosed()).code).toBe(closeCode.kicked);
    await TestClient.join(room, "", "trader", { resume_token: bob.token }, "/ws");
    expect((await bob.whenClosed()).code).toBe(closeCode.superseded);
    await inRoom(room, (object) => object.service.drain());
    expect(await host.whenClosed()).toMatchObject({ code: closeCode.serviceRestart });
  });
});

test.each([false, true])(
  "an empty goodbye is answered with 1000 on both addresses (joined: %s)",
  async (joins) => {
    const { room } = await makeRoom();
    for (const address of ["/ws", "/ws/{room}"] as const) {
      const client = await TestClient.open(address, room);
      if (joins) await client.join({ name: `to ${address.length}` });
      client.socket.close();
      expect(await client.whenClosed(), address).toEqual({ code: closeCode.normal, reason: "" });
      const other = await TestClient.open(address, room);
      other.socket.close(3_001, "x");
      expect((await other.whenClosed()).code, address).toBe(3_001);
    }
  },
);

describe("behind a guard", () => {
  const env: Env = { ...bindings, LAUNCHER_KEY: "the key of the guard" };
  const ask = (path: string, headers: Record<string, string>) =>
    app.fetch(new Request(`https://game.test${path}`, { headers }), env);

  test("nobody is answered who comes past it", async () => {
    for (const key of ["", "x", "the key of the guarD"])
      expect((await ask("/api/health", { "x-launcher-key": key })).status).toBe(403);
    expect((await ask("/api/health", {})).status).toBe(403);
    expect((await ask("/api/health", { "x-launcher-key": "the key of the guard" })).status).toBe(
      200,
    );
  });

  test("the lobby sends a line on by closing it with where it goes", async () => {
    const { room } = await makeRoom();
    const { webSocket } = await ask("/ws", {
      ...{ upgrade: "websocket", "x-launcher-key": "the key of the guard", "x-switchboard": "-" },
    });
    const closed = new Promise<CloseEvent>((resolve) =>
      webSocket!.addEventListener("close", resolve),
    );
    webSocket!.accept();
    webSocket!.send(JSON.stringify({ op: "join", room, name: "a" }));
    const { code, reason } = await closed;
    expect(code).toBe(4900);
    expect(reason).toMatch(new RegExp(`^/ws/${room} \\d+\\.-$`));
  });
});

describe("during a deploy, beside room objects of an earlier build", () => {
  /** Passes everything on to the rooms but the question that an earlier build does not know. */
  const earlier = {
    idFromName: (name: string) => bindings.ROOM.idFromName(name),
    get: (id: DurableObjectId) => ({
      fetch: (url: string, init?: RequestInit) =>
        new URL(url).pathname === "/vacancy"
          ? Promise.resolve(new Response(null, { status: 404 }))
          : bindings.ROOM.get(id).fetch(url, init),
    }),
  };
  const env: Env = { ...bindings, ROOM: earlier as unknown as Env["ROOM"] };

  async function answerToJoin(room: string): Promise<unknown> {
    const headers = { upgrade: "websocket" };
    const { webSocket } = await app.fetch(new Request("https://game.test/ws", { headers }), env);
    const answer = new Promise<MessageEvent>((resolve) =>
      webSocket!.addEventListener("message", resolve),
    );
    webSocket!.accept();
    webSocket!.send(JSON.stringify({ op: "join", room, name: "a" }));
    const { data } = await answer;
    webSocket!.close();
    return JSON.parse(String(data));
  }

  test("a line on /ws gets into a room, for it counts as one with a vacancy", async () => {
    const { room } = await makeRoom();
    expect(await answerToJoin(room)).toMatchObject({ type: "join_ack", room_code: room });
  });

  test("a line on /ws is told of a room that does not exist", async () => {
    expect(await answerToJoin("ACDEFG")).toMatchObject({ type: "error", code: "NO_SUCH_ROOM" });
  });
});

test("a path that is no path of ours is a bad request", async () => {
  for (const path of ["//evil.com/%2e%2e", "//x"])
    expect((await app.fetch(new Request(`https://game.test${path}`), bindings)).status).toBe(400);
});
