/** Tests of the Worker's addresses: making rooms, looking them up, who may connect from where. */

import { SELF } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { limits, ROOM_ALPHABET, ROOM_CODE_LENGTH, type HttpError } from "#protocol";
import { bindings, inRoom, makeRoom, origin, TestClient } from "../room/testing/client.ts";
import { originAllowed } from "./origin.ts";

const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  SELF.fetch(`${origin}/api/rooms`, { method: "POST", body, headers });
const upgrade = (path: string, headers: Record<string, string> = {}) =>
  SELF.fetch(`${origin}${path}`, { headers: { upgrade: "websocket", ...headers } });

describe("POST /api/rooms", () => {
  test("makes a room whose token makes the exchange", async () => {
    const response = await post(JSON.stringify({ name: " Friday ", template: "options" }));
    expect(response.status).toBe(201);
    const made = await response.json<Record<string, string>>();
    expect(Object.keys(made).sort()).toEqual(["host_token", "join_url", "room", "ws_url"]);
    expect(made["room"]).toMatch(new RegExp(`^[${ROOM_ALPHABET}]{${ROOM_CODE_LENGTH}}$`));
    expect(made["host_token"]!.length).toBeGreaterThanOrEqual(32);
    expect(made["join_url"]).toBe(`${origin}/r/${made["room"]}`);
    expect(made["ws_url"]).toBe(`wss://game.test/ws/${made["room"]}`);
    const host = await TestClient.join(made["room"]!, "", "exchange", {
      name: "Exchange",
      host_token: made["host_token"]!,
    });
    expect(host.ack).toMatchObject({ role: "exchange", session: { room_name: "Friday" } });
    expect(host.ack!.instruments.map(({ type }) => type)).toEqual([
      "SCALAR",
      ...Array(5).fill(["CALL", "PUT"]).flat(),
    ]);
  });

  test.each([
    ["nothing", null],
    ["an empty object", "{}"],
    ["nulls", '{"name":null,"passcode":null,"template":null,"settings":null}'],
    ["unknown fields", '{"more":1}'],
  ])("%s asks for the defaults", async (_what, body) => {
    expect((await post(body)).status).toBe(201);
  });

  test.each([
    ["broken JSON", "{"],
    ["an array", "[]"],
    ["null", "null"],
    ["text", '"x"'],
    ["a name that is a number", '{"name":1}'],
    ["a name too long", JSON.stringify({ name: "x".repeat(limits.roomNameLength + 1) })],
    ["a passcode too long", JSON.stringify({ passcode: "x".repeat(limits.passcodeLength + 1) })],
    ["an unknown template", '{"template":"huge"}'],
    ["an unknown setting's value", '{"settings":{"on_disconnect":"explode"}}'],
    ["a start in the middle", '{"settings":{"start":"paused"}}'],
    ["a body over 16 KiB", JSON.stringify({ more: "x".repeat(limits.frameBytes) })],
    ["depth 10,000", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
  ])("%s is a bad body", async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json<HttpError>()).toMatchObject({ error: { code: "BAD_REQUEST" } });
  });

  test("a text that no text may be is refused in a sentence that says what to do", async () => {
    for (const field of ["name", "passcode"])
      for (const text of ["a\u0000b", "a\u202eb", "a\ud800b", "a\nb"]) {
        const response = await post(JSON.stringify({ [field]: text }));
        expect(response.status).toBe(400);
        const { error } = await response.json<HttpError>();
        expect(error.message).toMatch(
          new RegExp(`^The field \`${field}\` is wrong: it holds .+: .+\\.$`),
        );
      }
  });

  test("never gives a code or a token twice", async () => {
    const rooms = await Promise.all(Array.from({ length: 30 }, () => makeRoom()));
    expect(new Set(rooms.map(({ room }) => room)).size).toBe(30);
    expect(new Set(rooms.map(({ host_token }) => host_token)).size).toBe(30);
  });
});

describe("GET /api/rooms/{room}", () => {
  test("is the public summary, in any spelling of the code", async () => {
    const { room, host_token } = await makeRoom({ name: "Friday", passcode: "swordfish" });
    const host = await TestClient.join(room, "", "exchange", { name: "Exchange", host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    await TestClient.join(room, "alice", "trader", { passcode: "swordfish" });
    await TestClient.join(room, "eve", "spectator", { passcode: "swordfish" });
    const response = await SELF.fetch(`${origin}/api/rooms/${room.toLowerCase()}`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      ...{ room, name: "Friday", state: "open", passcode_required: true, traders: 1 },
      ...{ spectators: 1, max_traders: limits.traders, instruments: 1, trades: 0 },
      ...{ created_at: expect.any(Number), session_id: expect.any(String) },
    });
    for (const secret of ["swordfish", host_token, "Hash", "alice"])
      expect(text).not.toContain(secret);
  });

  test.each(["ACDEFG", "nope", "ACDEF0", "..%2F..", "%00", "ACDEFG/../x"])(
    "%s is no room",
    async (code) => {
      const response = await SELF.fetch(`${origin}/api/rooms/${code}`);
      expect(response.status).toBe(404);
      expect(await response.json<HttpError>()).toHaveProperty("error.message");
    },
  );

  test("tells of a lobby until the host begins the session", async () => {
    const { room, host_token } = await makeRoom({ settings: { start: "lobby" } });
    const state = async () =>
      (await (await SELF.fetch(`${origin}/api/rooms/${room}`)).json<{ state: string }>()).state;
    expect(await state()).toBe("lobby");
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    const again = await host.ask("session", { state: "lobby" } as never);
    expect(again).toMatchObject({ type: "error", code: "BAD_REQUEST" });
    await host.ask("session", { state: "open" });
    expect(await state()).toBe("open");
  });

  test("leaves nothing behind of a room that is only looked up", async () => {
    await SELF.fetch(`${origin}/api/rooms/ACDEFG`);
    const tables = await inRoom("ACDEFG", (_object, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master").toArray(),
    );
    expect(tables.filter(({ name }) => name === "journal" || name === "meta")).toEqual([]);
  });
});

describe("an Origin", () => {
  const foreign = [
    "https://evil.example",
    "null",
    "https://game.test.evil.example",
    "https://evilgame.test",
    "http://game.test",
    "https://game.test:8443",
    "https://game.test@evil.example",
  ];
  test.each(foreign)("%j gets 403 for sockets and for posts", async (header) => {
    const { room } = await makeRoom();
    for (const path of [`/ws/${room}`, "/ws"]) {
      const response = await upgrade(path, { origin: header });
      expect(response.status).toBe(403);
      expect(response.webSocket).toBeNull();
    }
    const response = await post("{}", { origin: header });
    expect(response.status).toBe(403);
    expect(await response.json<HttpError>()).toMatchObject({ error: { code: "FORBIDDEN" } });
  });

  test("that is empty is none of ours, one that is configured is", () => {
    const asked = (header: string) => new Request(`${origin}/ws`, { headers: { origin: header } });
    const env = { ...bindings, ALLOWED_ORIGINS: "https://a.example, https://b.example" };
    for (const header of ["https://a.example", "https://b.example", origin])
      expect(originAllowed(asked(header), env)).toBe(true);
    for (const header of ["", "https://c.example", "https://a.example, https://b.example"])
      for (const one of [env, bindings, { ...bindings, ALLOWED_ORIGINS: "" }])
        expect(originAllowed(asked(header), one), header).toBe(false);
    const proxied = { ...bindings, PUBLIC_ORIGIN: "https://public.example" };
    expect(originAllowed(asked("https://public.example"), proxied)).toBe(true);
    expect(originAllowed(asked(origin), proxied)).toBe(false);
  });

  test("of our own, or none, gets in", async () => {
    const { room } = await makeRoom();
    for (const headers of [{}, { origin }]) {
      for (const path of [`/ws/${room}`, "/ws"]) {
        const response = await upgrade(path, headers);
        expect(response.status).toBe(101);
        response.webSocket!.accept();
        response.webSocket!.close(1000);
      }
      expect((await post("{}", headers)).status).toBe(201);
    }
  });
});

describe("other addresses", () => {
  test.each(["/ws/ACDEFG", "/ws/nope", "/ws/ACDEFG%00", "/ws/__proto__"])(
    "%s: no such room",
    async (path) => {
      const response = await upgrade(path);
      expect(response.status).toBe(404);
      expect(await response.json<HttpError>()).toMatchObject({ error: { code: "NO_SUCH_ROOM" } });
    },
  );

  test("a socket's address asked for without an upgrade says so", async () => {
    const { room } = await makeRoom();
    for (const path of [`/ws/${room}`, "/ws"])
      expect((await SELF.fetch(`${origin}${path}`)).status).toBe(426);
  });

  test.each(["/api/nope", "/api/rooms/ACDEFG/nope", "/api/rooms/ACDEFG/files"])(
    "%s is JSON that says there is nothing",
    async (path) => {
      const response = await SELF.fetch(`${origin}${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toContain("application/json");
    },
  );

  test("/api is the page that describes it", async () => {
    const { status, headers } = await SELF.fetch(`${origin}/api`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
  });

  test("every answer has the security headers", async () => {
    const { room } = await makeRoom();
    for (const path of ["/api/health", `/api/rooms/${room}`, "/api/nope"]) {
      const { headers } = await SELF.fetch(`${origin}${path}`);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("x-frame-options"), path).toBe("DENY");
      expect(headers.get("referrer-policy"), path).toBe("no-referrer");
    }
  });
});

describe("/ws, as clients of the original API use it", () => {
  test("creates a room whose creator becomes the exchange without a token", async () => {
    const host = await TestClient.connect("/ws");
    const created = await host.ask("create_room", { name: "Old", passcode: "p" });
    expect(created).toMatchObject({ type: "room_created", room_code: expect.any(String) });
    const { room_code: room } = created as { room_code: string };
    expect(await host.ask("join", { room, role: "exchange", name: "EX" })).toMatchObject({
      type: "join_ack",
      role: "exchange",
    });
    const other = await TestClient.connect("/ws");
    expect(await other.ask("join", { room, role: "exchange", name: "two" })).toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await other.ask("join", { room, name: "two" })).toMatchObject({ code: "BAD_PASSCODE" });
    const joined = await other.ask("join", {
      room: room.toLowerCase(),
      name: "two",
      passcode: "p",
    });
    expect(joined).toMatchObject({ type: "join_ack", role: "trader" });
    host.send({ op: "news", text: "hello" });
    await other.nextOf("news", 0);
    for (const client of [host, other]) expect(client.malformed()).toEqual([]);
  });

  test("says what is wrong, and takes the next try", async () => {
    const client = await TestClient.connect("/ws");
    expect(await client.ask("get_pnl", {})).toMatchObject({ code: "NOT_JOINED" });
    for (const room of ["ACDEFG", "nope", ""])
      expect(await client.ask("join", { room, name: "x" })).toMatchObject({ code: "NO_SUCH_ROOM" });
    expect(await client.ask("join", { name: "x" })).toMatchObject({ code: "NO_SUCH_ROOM" });
    client.send(new ArrayBuffer(3));
    expect(await client.nextOf("error")).toMatchObject({ code: "BAD_REQUEST" });
    const { room } = await makeRoom();
    expect(await client.ask("join", { room, name: "x" })).toMatchObject({ type: "join_ack" });
    // Passes it on unchanged.
    client.send(new ArrayBuffer(3));
    expect(await client.nextOf("error")).toMatchObject({
      message: expect.stringMatching(/^Binary frames/),
    });
  });

  test("refused by a room may try again there, elsewhere, or make one", async () => {
    const locked = await makeRoom({ passcode: "swordfish" });
    const client = await TestClient.connect("/ws");
    const knock = { room: locked.room, name: "x" };
    expect(await client.ask("join", knock)).toMatchObject({ code: "BAD_PASSCODE" });
    expect(await client.ask("join", { ...knock, passcode: "no" })).toMatchObject({
      code: "BAD_PASSCODE",
    });
    const created = await client.ask("create_room", {});
    expect(created.type).toBe("room_created");
    const { room } = await makeRoom();
    expect(await client.ask("join", { room, name: "x" })).toMatchObject({
      type: "join_ack",
      room_code: room,
    });
    const summary = await SELF.fetch(`${origin}/api/rooms/${locked.room}`);
    expect(await summary.json()).toMatchObject({ traders: 0 });
  });

  test("takes frames in their order, the first requests right behind the join", async () => {
    const host = await TestClient.connect("/ws");
    const created = await host.ask("create_room", {});
    const { room_code: room } = created as { room_code: string };
    host.send({ op: "join", room, role: "exchange", name: "EX", cid: "1" });
    host.send({ op: "add_instrument", symbol: "A", type: "SCALAR", cid: "2" });
    host.send({ op: "add_instrument", symbol: "B", type: "SCALAR", cid: "3" });
    await host.next((message) => "cid" in message && message.cid === "3", 0);
    expect(host.all("instrument_added").map(({ instrument }) => instrument.symbol)).toEqual([
      "A",
      "B",
    ]);
  });

  test("closes as the room closes it, and tells the room when its client goes", async () => {
    const host = await TestClient.connect("/ws");
    const { room_code: room } = (await host.ask("create_room", {})) as { room_code: string };
    await host.ask("join", { room, role: "exchange", name: "EX" });
    const [alice, bob] = [await TestClient.connect("/ws"), await TestClient.connect("/ws")];
    await alice.join({ room, name: "alice" });
    await bob.join({ room, name: "bob" });
    await host.ask("kick", { user_id: alice.userId });
    expect((await alice.whenClosed()).code).toBe(4003);
    const start = host.inbox.length;
    bob.socket.close(1000);
    expect(await host.nextOf("user_left", start)).toMatchObject({
      name: "bob",
      reason: "disconnected",
    });
  });
});
