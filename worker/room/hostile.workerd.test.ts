/** Tests of well-formed requests with bad intent: numbers at the edges, ids of others, false clocks, false names. */

import { describe, expect, test } from "vitest";
import { makeRoom, TestClient } from "./testing/client.ts";

async function table() {
  const { room, host_token } = await makeRoom();
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 0.25 });
  const [alice, bob] = [await TestClient.join(room, "alice"), await TestClient.join(room, "bob")];
  return { room, host_token, host, alice, bob };
}

/** Sends a frame unchanged, and waits for the answer with its cid. */
async function raw(client: TestClient, fields: string, cid: string) {
  const start = client.inbox.length;
  client.send(`{"op":"order_new","inst":1,"side":"buy","cid":"${cid}",${fields}}`);
  return client.next((message) => "cid" in message && message.cid === cid, start);
}

describe("S7: numbers", () => {
  test.each([
    ["a price beside the grid", '"qty":1,"price":0.1', "OFF_TICK"],
    ["0.1 + 0.2", '"qty":1,"price":0.30000000000000004', "OFF_TICK"],
    ["a price of 2^53", '"qty":1,"price":9007199254740992', "PRICE_OUT_OF_RANGE"],
    ["a price of 2^63", '"qty":1,"price":9223372036854775808', "PRICE_OUT_OF_RANGE"],
    ["a price of 1e308", '"qty":1,"price":1e308', "PRICE_OUT_OF_RANGE"],
    ["a price of 5e-324", '"qty":1,"price":5e-324', "OFF_TICK"],
    ["a quantity of 0", '"qty":0,"price":1', "BAD_QTY"],
    ["a quantity of -0", '"qty":-0,"price":1', "BAD_QTY"],
    ["a negative quantity", '"qty":-5,"price":1', "BAD_QTY"],
    ["half a contract", '"qty":0.5,"price":1', "BAD_QTY"],
    ["2^31 contracts", '"qty":2147483648,"price":1', "BAD_QTY"],
    ["2^53 contracts", '"qty":9007199254740992,"price":1', "BAD_QTY"],
    ["a quantity of 1e309", '"qty":1e309,"price":1', "BAD_REQUEST"],
    ["a quantity as text", '"qty":"1","price":1', "BAD_REQUEST"],
    ["a quantity that is true", '"qty":true,"price":1', "BAD_REQUEST"],
    ["an instrument of -1", '"qty":1,"price":1,"inst":-1', "BAD_REQUEST"],
    ["an instrument of 2^40", '"qty":1,"price":1,"inst":1099511627776', "NO_SUCH_INSTRUMENT"],
  ])("%s", async (what, fields, code) => {
    const { alice } = await table();
    const answer = await raw(alice, fields, what.slice(0, 60));
    expect(answer).toMatchObject({ type: "error" });
    expect((answer as { code: string }).code).toBe(code);
    expect(await alice.ask("get_orders", {})).toMatchObject({ orders: [] });
    expect(await raw(alice, '"qty":1,"price":-0', "still")).toMatchObject({ type: "order_ack" });
  });

  test("the position's limit holds over the sum of many orders", async () => {
    const { host, alice } = await table();
    await host.ask("set_limits", { max_position: 1_000, max_order_qty: 600 });
    const order = { inst: 1, side: "buy", price: 1 } as const;
    expect(await alice.ask("order_new", { ...order, qty: 600 })).toMatchObject({ leaves: 600 });
    expect(await alice.ask("order_new", { ...order, qty: 401 })).toMatchObject({
      code: "POSITION_LIMIT",
    });
    expect(await alice.ask("order_new", { ...order, qty: 400 })).toMatchObject({ leaves: 400 });
    expect(await alice.ask("replace", { order_id: 1, qty: 601 })).toMatchObject({ type: "error" });
  });
});

describe("S8: what is another's", () => {
  test("answers as what was never there, in every way of asking", async () => {
    const { alice, bob } = await table();
    const other = await table();
    const order = { inst: 1, side: "buy", qty: 1, price: 1 } as const;
    const ack = await alice.ask("order_new", { ...order, cid: "mine" });
    const { order_id } = ack as { order_id: number };
    await other.alice.ask("order_new", order);
    await other.alice.ask("order_new", order);
    const filled = await bob.ask("order_new", { ...order, type: "market", price: null as never });
    const gone = (filled as { order_id: number }).order_id;
    const answers = [];
    for (const id of [order_id, gone, 2, 999_999, Number.MAX_SAFE_INTEGER])
      for (const op of ["cancel", "replace"] as const) {
        const {
          order_id: _id,
          cid: _cid,
          ...answer
        } = (await bob.ask(op, {
          order_id: id,
          ...(op === "replace" ? { qty: 1 } : {}),
        } as never)) as unknown as Record<string, unknown>;
        answers.push(JSON.stringify({ ...answer, ts: 0, seq: 0 }).replace(op, ""));
      }
    expect(new Set(answers.map((one) => /NO_SUCH_ORDER/.test(one)))).toEqual(new Set([true]));
    expect(new Set(answers.filter((_one, index) => index % 2 === 0)).size).toBe(1);
    expect(new Set(answers.filter((_one, index) => index % 2 === 1)).size).toBe(1);
    // Belongs to its user: another user's request under the same cid is decided.
    expect(
      await bob.ask("order_new", { ...order, side: "sell", price: 9, cid: "mine" }),
    ).not.toHaveProperty("duplicate");
    expect(await alice.ask("get_orders", {})).toMatchObject({ orders: [{ order_id }] });
  });
});

test("S11: a client's clock means nothing", async () => {
  const { alice } = await table();
  const year = 366 * 24 * 3_600_000;
  const before = Date.now();
  for (const timestamp of [before - year, before + year, -1, 1e300]) {
    alice.send({ op: "ping", timestamp });
    const pong = await alice.next((one) => one.type === "pong" && one.timestamp === timestamp, 0);
    const { server_time } = pong as { server_time: number };
    expect(server_time).toBeGreaterThanOrEqual(before);
    expect(server_time).toBeLessThan(before + year);
  }
  const ack = await alice.ask("order_new", {
    ...{ inst: 1, side: "buy", qty: 1, price: 1 },
    ts: before + year,
  } as never);
  expect((ack as { ts: number }).ts).toBeLessThan(before + year);
});

describe("S15: names", () => {
  test.each([
    ["an override", "\u202eecila", "BAD_REQUEST"],
    ["invisible", "ali\u200bce", "BAD_REQUEST"],
    ["invalid UTF-8 as the platform lets it in", "al\ufffdce", "BAD_REQUEST"],
    ["a mountain of marks", `a${"\u0301".repeat(200)}`, "BAD_REQUEST"],
    ["only spaces", "   ", "BAD_REQUEST"],
    ["64 kB", "x".repeat(10_000), "BAD_REQUEST"],
    ["alice in Cyrillic", "\u0430li\u0441\u0435", "NAME_TAKEN"],
    ["ALICE", "ALICE", "NAME_TAKEN"],
    ["a1ice", "a1ice", "NAME_TAKEN"],
    ["full width", "\uff41\uff4c\uff49\uff43\uff45", "NAME_TAKEN"],
    ["the host", "H\u043est", "NAME_TAKEN"],
    ["the system", "SYSTEM", "NAME_TAKEN"],
    ["the exchange", "Exch\u0430nge", "NAME_TAKEN"],
  ])("%s is refused", async (_what, name, code) => {
    const { room } = await table();
    const client = await TestClient.connect(`/ws/${room}`);
    expect(await client.ask("join", { name })).toMatchObject({ type: "error", code });
  });

  test("that would be code elsewhere are names, and come back as they were", async () => {
    const { room } = await table();
    for (const name of [
      "<img src=x onerror=1>",
      "javascript:alert(1)",
      "{@html x}",
      "';--",
      "=1+1",
    ])
      expect((await TestClient.join(room, name)).ack!.users.at(-1)!.name).toBe(name);
  });
});
