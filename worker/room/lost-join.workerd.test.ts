/** Tests of a join whose answer is lost with the line: the same user can come in again, and nobody else. */

import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { closeCode, type Message } from "#protocol";
import { entriesOf, getFile, inRoom, makeRoom, stubOf, TestClient } from "./testing/client.ts";

const freshSecret = () => crypto.randomUUID();

test.each(["hibernate", "close"] as const)(
  "the same name and cid get the seat again, from a room that has slept (sockets: %s)",
  async (webSockets) => {
    const { room, host_token } = await makeRoom({ passcode: "swordfish" });
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const cid = freshSecret();
    const join = { name: "alice", passcode: "swordfish", cid } as const;
    const lost = await TestClient.join(room, "alice", "trader", join);
    await evictDurableObject(stubOf(room), { webSockets });
    const alice = await TestClient.join(room, "alice", "trader", join);
    expect(alice.ack).toMatchObject({
      ...{ user_id: lost.userId, resume_token: lost.token, resumed: false, duplicate: true, cid },
    });
    expect(alice.malformed()).toEqual([]);
    await alice.settle();
    expect(alice.all("snapshot")).toHaveLength(1);
    if (webSockets === "hibernate")
      expect((await lost.whenClosed()).code).toBe(closeCode.superseded);
    await alice.ask("order_new", { inst: 1, side: "buy", qty: 5, price: 100 });
    const back = await TestClient.join(room, "", "trader", { resume_token: lost.token });
    expect(await back.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 5 }] });
    expect((await getFile(room, "orders.csv", lost.token)).status).toBe(200);
    const joins = (await entriesOf(room)).filter(({ input }) => input.op === "$join");
    expect(joins).toHaveLength(2);
  },
);

test("neither the cid nor the token is stored, and rooms make different tokens of one cid", async () => {
  const cid = freshSecret();
  const tokens: string[] = [];
  for (let count = 0; count < 2; count++) {
    const { room } = await makeRoom();
    const alice = await TestClient.join(room, "alice", "trader", { cid });
    tokens.push(alice.token);
    const stored = await inRoom(room, (_object, { storage: { sql } }) =>
      [...sql.exec("SELECT entries FROM journal"), ...sql.exec("SELECT value FROM meta")]
        .flatMap((row) => Object.values(row))
        .map((value) =>
          value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value),
        )
        .join("\n"),
    );
    expect(stored).toContain("alice");
    for (const secret of [cid, alice.token]) expect(stored).not.toContain(secret);
  }
  expect(new Set(tokens).size).toBe(2);
});

test("nobody comes in with the cid of another, or with a guess of it", async () => {
  const { room } = await makeRoom();
  const cid = freshSecret();
  const alice = await TestClient.join(room, "alice", "trader", { cid });
  const codeOf = async (fields: object) => {
    const stranger = await TestClient.connect(`/ws/${room}`);
    const reply = (await stranger.ask("join", { ...fields })) as Message<"error">;
    stranger.socket.close(1000);
    return reply.code;
  };
  expect(await codeOf({ name: "alice" })).toBe("NAME_TAKEN");
  expect(await codeOf({ name: "alice", cid: freshSecret() })).toBe("NAME_TAKEN");
  expect(await codeOf({ name: "bob", cid })).toBe("CID_REUSED");
  await alice.settle();
  expect(alice.closed).toBeNull();
});

test("over /ws, too", async () => {
  const { room } = await makeRoom();
  const join = { room, name: "alice", cid: freshSecret() } as const;
  const lost = await TestClient.connect("/ws");
  const first = await lost.join(join);
  lost.socket.close(1000);
  const again = await TestClient.connect("/ws");
  expect(await again.join(join)).toMatchObject({
    ...{ user_id: first.user_id, resume_token: first.resume_token, duplicate: true },
  });
});
