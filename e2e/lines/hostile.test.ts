/**
 * Bad input on the wire of a server of its own: invalid frames, floods, unread sockets, false identities. A game goes
 * on beside it each time, and at the end the server's log and files are searched for secrets.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { exportFiles, type Message } from "#protocol";
import { gameBeside, passcode } from "../support/game-beside.ts";
import { frameOf, RawSocket } from "../support/hostile/raw-socket.ts";
import { WireClient } from "../support/wire-client.ts";
import { ways } from "../support/wire-room.ts";

const beside = gameBeside({ ROOMS_PER_HOUR: "8", WRONG_CODES: "60" });

const kib = 1_024;
const tooLongText = "A frame may be at most 16384 bytes.";

describe("S6: invalid frames", () => {
  const text = (message: object) => JSON.stringify(message);
  const invalid = Buffer.concat([
    Buffer.from(`{"op":"join","passcode":"${passcode}","name":"A`),
    Buffer.from([0xc3, 0x28, 0xff, 0xfe]),
    Buffer.from('"}'),
  ]);
  const ping = text({ op: "ping" });
  const anyClose = [frameOf(0x88, Buffer.from([0, 1])), frameOf(0x88, Buffer.from([3]))];
  const manyParts = [
    frameOf(0x01, "{"),
    ...Array.from({ length: 2_000 }, () => frameOf(0x00, " ")),
    frameOf(0x80, '"op":"ping"}'),
  ];

  describe.each(ways)("on %s", (way) => {
    const open = () => RawSocket.open(beside.url, way.replace("{room}", beside.made.room));

    test.each<[string, Buffer]>([
      ["an unmasked frame", frameOf(0x81, ping, false)],
      ["a reserved bit", frameOf(0xc1, ping)],
      ["all reserved bits", frameOf(0xf1, ping)],
      ["a reserved opcode", frameOf(0x83, "x")],
      ["a reserved control opcode", frameOf(0x8b, "x")],
      ["a control frame in parts", frameOf(0x09, "x")],
      ["a control frame too long", frameOf(0x89, "x".repeat(126))],
      ["a continuation of nothing", frameOf(0x80, "x")],
      ["a length of 2^63", Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
      ["noise", Buffer.from("\u0000\u0001GET / HTTP/1.1\r\n\r\n".repeat(50))],
    ])("%s ends the line with 1002, unanswered", async (_what, bytes) => {
      const raw = await open();
      raw.line.write(bytes);
      await expect.poll(() => raw.isClosed).toBe(true);
      expect(raw.closeCode).toBe(1002);
      expect(raw.received).not.toContain('"type"');
    });

    test.each(anyClose)("a close whose code is none ends the line (%#)", async (bytes) => {
      const raw = await open();
      raw.line.write(bytes);
      await expect.poll(() => raw.isClosed).toBe(true);
      expect(raw.received).not.toContain('"type"');
    });

    test.each<[string, Buffer[], string]>([
      ["a message of 2,000 fragments", manyParts, tooLongText],
      [
        "a name that is no UTF-8",
        [frameOf(0x81, invalid)],
        way === "/ws"
          ? "There is no room with this code"
          : "This name cannot be used: it holds U+FFFD",
      ],
    ])("%s gets an error, and the line stays open", async (_what, frames, words) => {
      const raw = await open();
      raw.line.write(Buffer.concat(frames));
      // The guard lets two thousand frames through in a second or two, long before the line has to have joined.
      await expect.poll(() => raw.received, { timeout: 30_000 }).toContain(words);
      raw.text({ op: "ping", timestamp: 7 });
      await expect.poll(() => raw.received).toContain('{"type":"pong","timestamp":7');
      expect(raw.received).not.toContain("join_ack");
      expect(raw.isClosed).toBe(false);
      raw.end();
    });
  });

  describe.each(ways)("S4: on %s", (way) => {
    const open = () => WireClient.open(beside.socketUrl(way));

    test.each([
      ["17 KiB", 17 * kib],
      ["64 KiB", 64 * kib],
      ["65 KiB", 65 * kib],
      ["a mebibyte", 1_024 * kib],
    ])("a message of %s gets an error, unread, and the line stays open", async (_what, size) => {
      const client = await open();
      client.send("x".repeat(size));
      const refusal = await client.nextOf("error", 0);
      expect(refusal).toMatchObject({ code: "BAD_REQUEST", message: tooLongText });
      expect((await client.ask("ping", {})).type).toBe("pong");
      expect(client.all("error")).toHaveLength(1);
      expect(client.closed).toBeNull();
      client.close();
    });

    test.each([
      ["a byte more than a mebibyte", 1_024 * kib + 1],
      ["31 MiB", 31 * 1_024 * kib],
      ["33 MiB", 33 * 1_024 * kib],
    ])("a message of %s gets the error, and closes the line with 1009", async (_what, size) => {
      const raw = await RawSocket.open(beside.url, way.replace("{room}", beside.made.room));
      raw.line.write(frameOf(0x81, Buffer.alloc(size, "x")));
      await expect.poll(() => raw.isClosed, { timeout: 20_000 }).toBe(true);
      expect(raw.received).toContain(tooLongText);
      // The server's close frame has its code in the first two bytes.
      expect(raw.closeCode).toBe(1009);
    });
  });
});

describe("S12: a flood", () => {
  // Far more than a second's worth of orders, which the guard lets through in some seconds.
  const flood = 1_000;

  test.each(ways)("of orders from one seat on %s is refused, others trade", async (way) => {
    const flooder = await WireClient.open(beside.socketUrl(way));
    await flooder.join(`flooder ${ways.indexOf(way)}`, "trader", {
      room: beside.made.room,
      passcode,
    });
    await beside.host.ask("set_limits", { user_id: flooder.userId, orders_per_sec: 20 });
    const own = { inst: 1, side: "buy", qty: 1, price: 1 } as const;
    for (let count = 0; count < flood; count++) flooder.send({ op: "order_new", ...own });
    const order = { inst: 1, qty: 1, price: 100 } as const;
    for (let count = 0; count < 10; count++) {
      expect(await beside.alice.ask("order_new", { ...order, side: "sell" })).toMatchObject({
        leaves: 1,
      });
      expect(await beside.bob.ask("order_new", { ...order, side: "buy" })).toMatchObject({
        filled: 1,
      });
    }
    const answers = () => flooder.all("error").length + flooder.all("order_ack").length;
    await expect.poll(answers, { timeout: 20_000 }).toBe(flood);
    expect(new Set(flooder.all("error").map(({ code }) => code))).toEqual(
      new Set(["RATE_LIMITED"]),
    );
    await flooder.ask("cancel_all", {});
    flooder.close();
  });

  test("of handshakes that never end is waited out by nobody", async () => {
    const { port } = new URL(beside.url);
    const lines = Array.from({ length: 500 }, () => {
      const line = connect(Number(port), "127.0.0.1");
      line.on("error", () => {});
      line.write(`GET /ws/${beside.made.room} HTTP/1.1\r\nHost: x\r\nUpgr`);
      return line;
    });
    expect((await fetch(`${beside.url}/api/health`)).status).toBe(200);
    const late = await WireClient.open(beside.socketUrl("/ws/{room}"));
    await late.ask("ping", {});
    late.close();
    for (const line of lines) line.destroy();
  });
});

describe("S19: false identities", () => {
  const poses = (n: number) => ({
    "cf-connecting-ip": `6.6.6.${n}`,
    "x-forwarded-for": `6.6.6.${n}`,
    "x-real-ip": `6.6.6.${n}`,
    "mf-cf-blob": JSON.stringify({ clientIp: `6.6.6.${n}:1` }),
  });

  test("is counted by its own address", async () => {
    const statuses = [];
    for (let n = 0; n < 12; n++) statuses.push((await beside.post({}, poses(n))).status);
    expect(statuses.filter((status) => status === 201).length).toBeLessThan(8);
    expect(statuses.at(-1)).toBe(429);
    expect((await beside.post({})).status).toBe(429);
  });

  test("changes no address by headers of the server's own machinery", async () => {
    const answer = await fetch(`${beside.url}/api/health`, {
      headers: { "mf-original-url": "https://evil.test/nowhere", "mf-route-override": "core" },
    });
    expect(await answer.json()).toEqual({ ok: true });
    const proxied = await fetch(`${beside.url}/cdn-cgi/platform-proxy`, {
      headers: { "mf-op": "GET", "mf-op-target": "env" },
    });
    expect(await proxied.text()).toContain("<!doctype html>");
  });
});

describe("S14, S17: looking for rooms and files that do not exist", () => {
  const filesOf = () => readdirSync(beside.dataDir, { recursive: true }).map(String).toSorted();

  test("leaves nothing on the disk, and is not answered any more in the end", async () => {
    const before = filesOf();
    const letters = "ACDEFGHJKMNPQRTWXY3467";
    const statuses = [];
    for (let n = 0; n < 80; n++) {
      const code = `${letters[n % 22]!}${letters[Math.floor(n / 22)]!}QQQQ`;
      statuses.push((await fetch(`${beside.url}/api/rooms/${code}`)).status);
      if (n === 10)
        await expect(WireClient.open(beside.socketUrl("/ws/{room}", "ACDEFG"))).rejects.toThrow(
          "404",
        );
    }
    expect(statuses[0]).toBe(404);
    expect(statuses.at(-1)).toBe(429);
    expect(filesOf()).toEqual(before);
    // The room found before stays open to this address.
    expect((await fetch(`${beside.url}/api/rooms/${beside.made.room}`)).status).toBe(200);
  });

  test.each([
    "..%2f..%2fpackage.json",
    "%2e%2e",
    "trades.csv%00",
    "trades.csv%0d%0aX:1",
    "../../x",
  ])("gets no file by the name of %s", async (name) => {
    const answer = await fetch(`${beside.url}/api/rooms/${beside.made.room}/files/${name}`, {
      headers: { authorization: `Bearer ${beside.made.host_token}` },
    });
    expect(answer.status).toBe(404);
  });
});

test("S18: the security headers are on pages, assets and answers", async () => {
  const page = await fetch(`${beside.url}/r/${beside.made.room}`);
  const asset = /\/_app\/immutable\/[^"]+\.js/.exec(await page.clone().text())?.[0] ?? "";
  for (const answer of [
    page,
    await fetch(`${beside.url}${asset}`),
    await fetch(`${beside.url}/api/health`),
    await fetch(`${beside.url}/api/nope`),
  ]) {
    const at = answer.url;
    expect(answer.headers.get("x-content-type-options"), at).toBe("nosniff");
    expect(answer.headers.get("referrer-policy"), at).toBe("no-referrer");
    expect(answer.headers.get("content-security-policy"), at).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("permissions-policy"), at).toContain("camera=()");
  }
});

test("S16, S20: the server's output has no secret, and its files no formula", async () => {
  const secrets = [beside.made.host_token, passcode];
  for (const client of [beside.host, beside.alice, beside.bob])
    secrets.push(client.ack!.resume_token);
  const links = (await beside.host.ask("export_data", {})) as Message<"export_complete">;
  const texts: Buffer[] = [];
  for (const { url } of links.files) {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+"$/);
    texts.push(Buffer.from(await answer.arrayBuffer()));
  }
  expect(texts).toHaveLength(exportFiles.length);
  for (const file of readdirSync(beside.dataDir, { recursive: true, encoding: "utf8" })) {
    const whole = path.join(beside.dataDir, file);
    if (statSync(whole).isFile()) texts.push(readFileSync(whole));
  }
  texts.push(Buffer.from(beside.server.output));
  for (const secret of secrets) for (const text of texts) expect(text.includes(secret)).toBe(false);
  // The log names events, and no people.
  for (const name of ["alice", "calc", "sleeper", "Beside"])
    expect(beside.server.output.includes(name), name).toBe(false);
  const pnl = texts.map(String).find((text) => text.startsWith("rank,"))!;
  expect(pnl).toContain(`'=cmd|'/C calc'!A0`);
  expect(pnl).not.toMatch(/(^|,)"?=/m);
});
