/** Tests of the limits of one address, through the Worker itself. */

import { SELF } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { closeCode, limits, type HttpError } from "#protocol";
import type { Env } from "../env.ts";
import { addresses, makeRoom, origin, bindings, TestClient } from "../room/testing/client.ts";
import { app } from "./app.ts";

/** Makes a server with limits for the test, and a client at an address. */
function server(settings: Partial<Env>) {
  const env = { ...bindings, ...settings };
  return (path: string, address: string, init: RequestInit = {}) => {
    const headers = { "cf-connecting-ip": address, ...(init.headers as Record<string, string>) };
    return app.fetch(new Request(`${origin}${path}`, { ...init, headers }), env);
  };
}

const upgrade = { headers: { upgrade: "websocket" } };

async function expectTooMany(response: Response): Promise<void> {
  expect(response.status).toBe(429);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await response.json<HttpError>()).toMatchObject({ error: { code: "RATE_LIMITED" } });
}

describe("an address", () => {
  test("makes so many rooms an hour, another one as many", async () => {
    const ask = server({ ROOMS_PER_HOUR: "3" });
    const make = (address: string) => ask("/api/rooms", address, { method: "POST", body: "{}" });
    for (let count = 0; count < 3; count++) expect((await make("1.1.1.1")).status).toBe(201);
    await expectTooMany(await make("1.1.1.1"));
    expect((await make("2.2.2.2")).status).toBe(201);
    // Counts a whole network of IPv6 addresses as one, as a customer has it.
    for (const last of ["1", "2", "3"]) expect((await make(`2001:db8::${last}`)).status).toBe(201);
    await expectTooMany(await make("2001:db8::4"));
  });

  test("is not counted for a body that is none", async () => {
    const ask = server({ ROOMS_PER_HOUR: "1" });
    const make = (body: string) => ask("/api/rooms", "1.1.1.1", { method: "POST", body });
    for (let count = 0; count < 3; count++) expect((await make("{")).status).toBe(400);
    expect((await make("{}")).status).toBe(201);
  });

  test("opens so many sockets a minute", async () => {
    const { room } = await makeRoom();
    const ask = server({ CONNECTS_PER_MINUTE: "4" });
    for (const path of [`/ws/${room}`, "/ws", `/ws/${room}`, "/ws"]) {
      const response = await ask(path, "1.1.1.1", upgrade);
      expect(response.status).toBe(101);
      response.webSocket!.accept();
      response.webSocket!.close(1000);
    }
    for (const path of [`/ws/${room}`, "/ws"])
      await expectTooMany(await ask(path, "1.1.1.1", upgrade));
    expect((await ask("/ws", "2.2.2.2", upgrade)).status).toBe(101);
  });

  test("that guesses codes is not answered any more, but in the room that it is in", async () => {
    const { room, host_token } = await makeRoom();
    const other = await makeRoom();
    const ask = server({ WRONG_CODES: "10" });
    const status = async (path: string, init?: RequestInit) =>
      (await ask(path, "1.1.1.1", init)).status;
    expect(await status(`/api/rooms/${room}`)).toBe(200);
    const letters = "ACDEFGHJKMNPQRTWXY3467";
    const guesses = Array.from({ length: 14 }, (_, n) => `${letters[n]!}QQQQQ`);
    const answers = [];
    for (const [n, code] of guesses.entries()) {
      const path = [`/api/rooms/${code}`, `/ws/${code}`, `/api/rooms/${code}/files/pnl.csv`][
        n % 3
      ]!;
      answers.push(await status(path, n % 3 === 1 ? upgrade : {}));
    }
    expect(answers.slice(0, 11)).toEqual(Array(11).fill(404));
    expect(answers.slice(11)).toEqual(Array(3).fill(429));
    await expectTooMany(await ask(`/api/rooms/${other.room}`, "1.1.1.1"));
    await expectTooMany(await ask(`/ws/${other.room}`, "1.1.1.1", upgrade));

    expect(await status(`/api/rooms/${room}`)).toBe(200);
    const headers = { authorization: `Bearer ${host_token}` };
    expect(await status(`/api/rooms/${room}/files/pnl.csv`, { headers })).toBe(200);
    expect((await ask(`/api/rooms/${other.room}`, "2.2.2.2")).status).toBe(200);
  });

  test("of a class: 200 look up, connect and join at once, and come back", async () => {
    const { room } = await makeRoom();
    const ask = server({
      ROOMS_PER_HOUR: undefined,
      CONNECTS_PER_MINUTE: undefined,
      WRONG_CODES: undefined,
    } as unknown as Env);
    await ask(`/api/rooms/${room}`, "9.9.9.9");
    for (let round = 0; round < 2; round++) {
      const answers = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const summary = await ask(`/api/rooms/${room}`, "9.9.9.9");
          const socket = await ask(`/ws/${room}`, "9.9.9.9", upgrade);
          socket.webSocket?.accept();
          socket.webSocket?.close(1000);
          return [summary.status, socket.status];
        }),
      );
      expect(new Set(answers.flat())).toEqual(new Set([200, 101]));
    }
  });
});

test("a user fetches so many files of a room at once, from wherever; others as many", async () => {
  const [one, other] = [await makeRoom(), await makeRoom()];
  const alice = await TestClient.join(one.room, "alice");
  const ask = server({});
  let addresses = 0;
  const file = async (token: string, { room } = one) => {
    const headers = { authorization: `Bearer ${token}` };
    const address = `6.6.${addresses++}.6`;
    const answer = await ask(`/api/rooms/${room}/files/instruments.csv`, address, { headers });
    if (answer.ok) await answer.text();
    return answer;
  };
  for (let count = 0; count < 30; count++) expect((await file(one.host_token)).status).toBe(200);
  let refused = await file(one.host_token);
  // Waits a second, in which one comes back.
  for (let count = 0; refused.ok && count < 10; count++) refused = await file(one.host_token);
  await expectTooMany(refused);
  expect((await file(alice.token)).status).toBe(200);
  expect((await file(other.host_token, other)).status).toBe(200);
});

describe("sockets that have not joined", () => {
  const at = (address: string) => ({ "cf-connecting-ip": address });
  const refused = async (path: string, address: string) =>
    (await SELF.fetch(`${origin}${path}`, { headers: { ...upgrade.headers, ...at(address) } }))
      .status;

  test("are so many of one address over all rooms and /ws, and another one's get in", async () => {
    const rooms = await Promise.all([makeRoom(), makeRoom()]);
    const paths = ["/ws", ...rooms.map(({ room }) => `/ws/${room}`)];
    const clients = [];
    for (let n = 0; n < 512; n++)
      clients.push(await TestClient.connect(paths[n % 3]!, at("7.7.7.7")));
    for (const path of paths) expect(await refused(path, "7.7.7.7")).toBe(429);
    const other = await TestClient.connect(paths[1]!, at("8.8.8.8"));
    await other.join({ name: "other" });
    // Makes room by joining or going.
    await clients[1]!.join({ name: "joined" });
    const next = await TestClient.connect("/ws", at("7.7.7.7"));
    expect(await refused("/ws", "7.7.7.7")).toBe(429);
    await next.join({ room: rooms[0].room, name: "by the lobby" });
    clients[3]!.socket.close(1000);
    clients[2]!.socket.close(1000);
    const third = async () => TestClient.connect(paths[2]!, at("7.7.7.7")).catch(() => null);
    await expect.poll(third).not.toBeNull();
    for (const client of [...clients, other, next]) client.socket.close(1000);
  });

  test("are so many in all", async () => {
    const ask = server({ UNJOINED: "3" });
    const statuses = [];
    for (let n = 0; n < 5; n++) {
      const { status, webSocket } = await ask("/ws", `9.1.1.${n}`, upgrade);
      webSocket?.accept();
      statuses.push(status);
    }
    expect(statuses.at(-1)).toBe(429);
    await expectTooMany(await ask("/ws", "9.1.1.9", upgrade));
  });
});

describe("a connection of the original API that has not joined", () => {
  test("is refused pings past its burst", async () => {
    const client = await TestClient.connect("/ws");
    for (let count = 0; count < 2 * limits.otherPerSec; count++) client.send({ op: "ping" });
    const answered = () => client.all("pong").length + client.all("error").length;
    await client.until(() => answered() >= 2 * limits.otherPerSec, "all answers");
    expect(client.all("pong").length).toBeGreaterThanOrEqual(limits.otherPerSec);
    expect(new Set(client.all("error").map(({ code }) => code))).toEqual(new Set(["RATE_LIMITED"]));
  });
});

describe.each(addresses)("on %s passcodes", (where) => {
  const tries = async (room: string, address: string, passcodes: string[]) => {
    const client = await TestClient.open(where, room, { "cf-connecting-ip": address });
    const codes = [];
    for (const passcode of passcodes) {
      const reply = await client.ask("join", { name: "guesser", passcode });
      codes.push(reply.type === "error" ? reply.code : reply.type);
    }
    client.socket.close(1000);
    return codes;
  };

  test("are guessed ten times on a connection: then it is closed", async () => {
    const { room } = await makeRoom({ passcode: "tulip" });
    const client = await TestClient.open(where, room);
    for (let count = 0; count < limits.wrongSecrets; count++)
      client.send({ op: "join", room, name: "x", passcode: `${count}` });
    expect((await client.whenClosed()).code).toBe(closeCode.policyViolation);
    expect(client.all("error").map(({ code }) => code)).toEqual(
      Array(limits.wrongSecrets).fill("BAD_PASSCODE"),
    );
  });

  test("the same holds for tokens", async () => {
    const { room } = await makeRoom();
    const client = await TestClient.open(where, room);
    for (let count = 0; count < limits.wrongSecrets; count++)
      client.send({ op: "join", room, resume_token: `guess ${count}` });
    expect((await client.whenClosed()).code).toBe(closeCode.policyViolation);
  });

  test("guessed on connection after connection: the address waits, others come in", async () => {
    const { room } = await makeRoom({ passcode: "tulip" });
    const inside = await TestClient.open(where, room, { "cf-connecting-ip": "3.3.3.3" });
    await inside.join({ name: "early", passcode: "tulip" });
    const seen: string[] = [];
    for (let round = 0; round < 7; round++) {
      const guesses = Array.from({ length: 9 }, (_, n) => `${round}-${n}`);
      seen.push(...(await tries(room, "3.3.3.3", guesses)));
    }
    expect(seen.slice(0, 51)).toEqual(Array(51).fill("BAD_PASSCODE"));
    expect(seen.slice(51)).toContain("RATE_LIMITED");
    // Refuses even the right one unread, or guessing would go on.
    expect(await tries(room, "3.3.3.3", ["tulip"])).toEqual(["RATE_LIMITED"]);
    expect(await tries(room, "4.4.4.4", ["tulip"])).toEqual(["join_ack"]);
    // Lets a user who was in come back by token.
    const back = await TestClient.open(where, room, { "cf-connecting-ip": "3.3.3.3" });
    expect(await back.join({ resume_token: inside.token })).toMatchObject({ resumed: true });
  });

  test("and codes of seats are guessed under one limit", async () => {
    const { room } = await makeRoom();
    const seen: string[] = [];
    for (let round = 0; round < 7; round++) {
      const client = await TestClient.open(where, room, { "cf-connecting-ip": "6.6.6.6" });
      for (let n = 0; n < 9; n++) {
        const reply = await client.ask("join", { seat_code: `${round}0000${n}` });
        seen.push(reply.type === "error" ? reply.code : reply.type);
      }
      client.socket.close(1000);
    }
    expect(seen.slice(0, 51)).toEqual(Array(51).fill("BAD_TOKEN"));
    expect(seen.slice(51)).toContain("RATE_LIMITED");
  });

  test("a join that brings none is no guess", async () => {
    const { room } = await makeRoom({ passcode: "tulip" });
    for (let count = 0; count < 60; count++) {
      const client = await TestClient.open(where, room, { "cf-connecting-ip": "5.5.5.5" });
      expect(await client.ask("join", { name: "x" })).toMatchObject({ code: "BAD_PASSCODE" });
      client.socket.close(1000);
    }
    expect(await tries(room, "5.5.5.5", ["tulip"])).toEqual(["join_ack"]);
  });
});
