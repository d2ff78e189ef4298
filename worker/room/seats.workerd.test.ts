/** Codes of seats and host links, with the real secrets, over evictions, kills and both addresses. */

import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { closeCode, limits, type Message } from "#protocol";
import {
  addresses,
  getFile,
  inRoom,
  makeRoom,
  origin,
  stubOf,
  TestClient,
} from "./testing/client.ts";

async function playedRoom(passcode?: string) {
  const { room, host_token } = await makeRoom(passcode === undefined ? {} : { passcode });
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const alice = await TestClient.join(
    room,
    "alice",
    "trader",
    passcode === undefined ? {} : { passcode },
  );
  await alice.ask("order_new", { inst: 1, side: "buy", qty: 5, price: 100 });
  return { room, host_token, host, alice };
}

type Handed = Message<"seat_code" | "host_link">;

const handOut = async <O extends Handed["type"]>(
  asker: TestClient,
  op: O,
  fields: { user_id?: number; cid?: string } = {},
): Promise<Message<O>> => {
  const reply = await asker.ask(op as Handed["type"], fields);
  if (reply.type !== op) throw new Error(JSON.stringify(reply));
  return reply as Message<O>;
};

/** @returns the code of the refusal, or "in" */
async function knock(room: string, fields: object): Promise<string> {
  const client = await TestClient.connect(`/ws/${room}`);
  const reply = await client.ask("join", fields);
  client.socket.close(1000);
  return reply.type === "error" ? reply.code : "in";
}

const stored = (room: string): Promise<string> =>
  inRoom(room, (_object, { storage: { sql } }) =>
    [...sql.exec("SELECT entries FROM journal"), ...sql.exec("SELECT value FROM meta")]
      .flatMap((row) => Object.values(row))
      .map((value) =>
        value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value),
      )
      .join("\n"),
  );

test("a passcode opens the room however it is spelled, also in the room's next life", async () => {
  const { room } = await makeRoom({ passcode: "“Café 7”." });
  const spellings = ["Café 7", "cafe\u0301 ７", " CAFÉ\u00a07. ", "«café ٧»"];
  for (const [nth, passcode] of spellings.entries())
    expect(await knock(room, { name: `T${nth}`, passcode }), passcode).toBe("in");
  await evictDurableObject(stubOf(room));
  expect(await knock(room, { name: "Late", passcode: "café 7" })).toBe("in");
  for (const passcode of ["cafe 7", "café7", ""])
    expect(await knock(room, { name: "Wrong", passcode }), passcode).toBe("BAD_PASSCODE");
});

describe("a seat's code", () => {
  test.each(addresses)("moves the seat to another device, over %s", async (address) => {
    const { room, host, alice } = await playedRoom("swordfish");
    const { code, url, user_id } = await handOut(host, "seat_code", { user_id: alice.userId });
    expect({ code, user_id }).toEqual({ code: expect.stringMatching(/^\d{6}$/), user_id: 2 });
    expect(url).toBe(`${origin}/r/${room}#seat=${code}`);
    const moved = await TestClient.open(address, room);
    // As it is read aloud and typed.
    await moved.join({ seat_code: ` ${code.slice(0, 3)} ${code.slice(3)}` });
    expect(moved.ack).toMatchObject({ user_id: alice.userId, name: "alice", resumed: true });
    expect(moved.malformed()).toEqual([]);
    expect(host.malformed()).toEqual([]);
    expect((await alice.whenClosed()).code).toBe(closeCode.superseded);
    expect(await moved.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
    expect(await knock(room, { resume_token: alice.token })).toBe("BAD_TOKEN");
    expect((await getFile(room, "orders.csv", alice.token)).status).toBe(401);
    expect((await getFile(room, "orders.csv", moved.token)).status).toBe(200);
    expect(await knock(room, { seat_code: code })).toBe("BAD_TOKEN");
  });

  test.each(["hibernate", "close"] as const)(
    "outlasts the object, and stays used (sockets: %s)",
    async (webSockets) => {
      const { room, host, alice } = await playedRoom();
      const { code } = await handOut(host, "seat_code", { user_id: alice.userId });
      const wrong = [0, 1, 2].map((n) => String((Number(code) + n + 1) % 1e6).padStart(6, "0"));
      for (const seat_code of wrong) expect(await knock(room, { seat_code })).toBe("BAD_TOKEN");
      await evictDurableObject(stubOf(room), { webSockets });
      const moved = await TestClient.join(room, "", "trader", { seat_code: code });
      expect(moved.userId).toBe(alice.userId);
      await evictDurableObject(stubOf(room), { webSockets });
      expect(await knock(room, { seat_code: code })).toBe("BAD_TOKEN");
      const back = await TestClient.join(room, "", "trader", { resume_token: moved.token });
      expect(back.userId).toBe(alice.userId);
    },
  );

  test("is the same again under its cid, from a room that has slept, and stored nowhere", async () => {
    const { room, alice } = await playedRoom();
    const { code } = await handOut(alice, "seat_code", { cid: "mine" });
    await evictDurableObject(stubOf(room), { webSockets: "hibernate" });
    const again = await handOut(alice, "seat_code", { cid: "mine" });
    expect(again).toMatchObject({ code, duplicate: true });
    const { code: other } = await handOut(alice, "seat_code");
    const text = await stored(room);
    expect(text).toContain("seat_code");
    for (const secret of [code, other]) expect(text).not.toContain(secret);
  });

  test("is void after twenty wrong ones, over however many lines and evictions", async () => {
    const { room, alice } = await playedRoom();
    const { code } = await handOut(alice, "seat_code");
    for (let n = 1; n <= limits.wrongSeatCodes; n++) {
      const seat_code = String((Number(code) + n) % 1e6).padStart(6, "0");
      expect(await knock(room, { seat_code })).toBe("BAD_TOKEN");
      if (n === 10) await evictDurableObject(stubOf(room), { webSockets: "hibernate" });
    }
    expect(await knock(room, { seat_code: code })).toBe("BAD_TOKEN");
    const { code: next } = await handOut(alice, "seat_code");
    expect(await knock(room, { seat_code: next })).toBe("in");
  });

  test("ends a line that tries ten wrong ones", async () => {
    const { room } = await playedRoom();
    const guesser = await TestClient.connect(`/ws/${room}`);
    for (let n = 0; n < limits.wrongSecrets; n++)
      guesser.send({ op: "join", seat_code: String(n).padStart(6, "0") });
    expect((await guesser.whenClosed()).code).toBe(closeCode.policyViolation);
  });
});

describe("a host link", () => {
  test("makes one more host, who comes back after a reload and has the host's files", async () => {
    const { room, host, alice, host_token } = await playedRoom();
    const { url } = await handOut(host, "host_link");
    const [page, secret = ""] = url.split("#host=");
    expect(page).toBe(`${origin}/r/${room}`);
    await evictDurableObject(stubOf(room), { webSockets: "hibernate" });
    const second = await TestClient.join(room, "", "exchange", { host_token: secret });
    const token = second.ack?.host_token ?? "";
    expect(second.ack).toMatchObject({ user_id: host.userId, role: "exchange" });
    expect(second.malformed()).toEqual([]);
    await evictDurableObject(stubOf(room), { webSockets: "close" });
    expect(await knock(room, { role: "exchange", host_token: secret })).toBe("BAD_TOKEN");
    const back = await TestClient.join(room, "", "exchange", { host_token: token });
    expect(await back.ask("kick", { user_id: alice.userId })).toMatchObject({ type: "user_left" });
    for (const bearer of [token, back.token, host_token])
      expect((await getFile(room, "positions.csv", bearer)).status).toBe(200);
    expect((await getFile(room, "positions.csv", secret)).status).toBe(401);
    const text = await stored(room);
    for (const hidden of [secret, token]) expect(text).not.toContain(hidden);
  });

  test("gives the same token again to a join whose answer was lost", async () => {
    const { room, host } = await playedRoom();
    const { url } = await handOut(host, "host_link");
    const host_token = url.split("#host=")[1] ?? "";
    const join = { role: "exchange", host_token, cid: crypto.randomUUID() } as const;
    const lost = await (await TestClient.connect(`/ws/${room}`)).join(join);
    const again = await (await TestClient.connect(`/ws/${room}`)).join(join);
    expect(again).toMatchObject({ host_token: lost.host_token, duplicate: true });
    expect(lost.host_token).toEqual(expect.any(String));
  });
});
