/** `kill -9` in mid-game: what was acknowledged is there again, once. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#protocol";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireClient } from "./wire-client.ts";

const dataDir = mkdtempSync(path.join(tmpdir(), "game-crash-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), dataDir);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function post(): Promise<{ room: string; host_token: string }> {
  const answer = await fetch(`${server.url}/api/rooms`, { method: "POST", body: "{}" });
  return (await answer.json()) as { room: string; host_token: string };
}

const open = (room: string) => WireClient.open(`${server.url.replace("http", "ws")}/ws/${room}`);

/** A trader that sends orders without waiting, and remembers what was acknowledged. */
class Flow {
  readonly acked = new Map<string, Message<"order_ack">>();
  readonly sent = new Map<string, object>();
  client: WireClient;
  #count = 0;
  readonly #name: string;
  #random: number;

  constructor(client: WireClient, name: string, seed: number) {
    this.client = client;
    this.#name = name;
    this.#random = seed;
  }

  step(): void {
    const cid = `${this.#name}-${++this.#count}`;
    const order = {
      op: "order_new",
      inst: 1,
      side: this.#below(2) === 0 ? "buy" : "sell",
      price: 95 + this.#below(11),
      qty: 1 + this.#below(5),
      cid,
    };
    this.sent.set(cid, order);
    this.client.send(order);
  }

  collect(): void {
    for (const ack of this.client.all("order_ack"))
      if (ack.cid !== undefined) this.acked.set(ack.cid, ack);
  }

  #below(n: number): number {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#random / 2 ** 32) * n);
  }
}

test("no acknowledged order is lost or done twice, and everybody comes back by token", async () => {
  const { room, host_token: hostToken } = await post();
  const host = await open(room);
  await host.join("Exchange", "exchange", { host_token: hostToken });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  const flows: Flow[] = [];
  for (const [index, name] of ["ana", "bo", "cy", "di"].entries()) {
    const client = await open(room);
    await client.join(name);
    flows.push(new Flow(client, name, 7 + index));
  }

  for (let round = 0; round < 5; round++) {
    for (let step = 0; step < 12; step++) {
      for (const flow of flows) flow.step();
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await server.kill();
    for (const flow of flows) {
      await flow.client.whenClosed();
      flow.collect();
    }
    await server.start();
    for (const flow of flows) {
      const token = flow.client.ack?.resume_token ?? "";
      const client = await open(room);
      const ack = await client.join("", "trader", { resume_token: token });
      expect(ack.resumed).toBe(true);
      expect(ack.user_id).toBe(flow.client.userId);
      flow.client = client;
      await resendAll(flow);
    }
  }

  const again = await open(room);
  await again.join("", "exchange", { host_token: hostToken });
  const all = (await again.ask("get_positions", {})) as Message<"positions">;
  expect(all.positions.reduce((sum, row) => sum + row.qty, 0)).toBe(0);
  const trades = await csv(room, hostToken, "trades.csv");
  const orders = await csv(room, hostToken, "orders.csv");
  // Every order is there exactly once, with as much filled as its trades say.
  const cids = orders.map((row) => row["cid"]);
  const expected = flows.flatMap((flow) => [...flow.sent.keys()]);
  expect(cids.toSorted()).toEqual(expected.toSorted());
  for (const order of orders) {
    const side = order["side"] === "buy" ? "buy_order_id" : "sell_order_id";
    const filled = trades
      .filter((row) => row[side] === order["order_id"])
      .reduce((sum, row) => sum + Number(row["qty"]), 0);
    expect(filled).toBe(Number(order["filled"]));
  }
}, 120_000);

/** Sends everything again under the old cids: what was acknowledged must come back the same. */
async function resendAll(flow: Flow): Promise<void> {
  for (const [cid, order] of flow.sent) {
    const before = flow.client.inbox.length;
    flow.client.send(order);
    const reply = await flow.client.next(
      (message) => "cid" in message && message.cid === cid,
      before,
    );
    if (reply.type === "error" && reply.code === "RATE_LIMITED")
      throw new Error("the test sends too fast");
    expect(reply.type).toBe("order_ack");
    const acked = flow.acked.get(cid);
    const { duplicate: _duplicate, ...first } = reply as Message<"order_ack">;
    if (acked !== undefined) {
      const { duplicate: _again, ...old } = acked;
      expect(first).toEqual(old);
    }
    flow.acked.set(cid, reply as Message<"order_ack">);
  }
}

async function csv(room: string, token: string, file: string): Promise<Record<string, string>[]> {
  const answer = await fetch(`${server.url}/api/rooms/${room}/files/${file}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  const [head = "", ...lines] = (await answer.text()).trim().split("\r\n");
  const names = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, index) => [names[index], cell])),
  );
}
