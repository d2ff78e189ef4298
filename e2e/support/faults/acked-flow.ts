/** Traders that note acknowledgements, for the tests that stop the server under them. */

import { expect } from "vitest";
import type { Message } from "#protocol";
import { csv, type RoomOfHost } from "../files.ts";
import type { WireClient } from "../wire-client.ts";

/** A trader that sends orders without waiting, and notes the acknowledged ones. */
export class Flow {
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

/** Sends everything again under the old cids: acknowledged requests must get the same answers. */
export async function resendAll(flow: Flow): Promise<void> {
  await resend(flow, [...flow.sent.keys()]);
}

/** Sends the unanswered requests again, and the last `count` answered ones. */
export async function resendLast(flow: Flow, count: number): Promise<void> {
  const cids = [...flow.sent.keys()];
  const answered = cids.filter((cid) => flow.acked.has(cid));
  await resend(flow, [...answered.slice(-count), ...cids.filter((cid) => !flow.acked.has(cid))]);
}

async function resend(flow: Flow, cids: string[]): Promise<void> {
  for (const cid of cids) {
    const before = flow.client.inbox.length;
    flow.client.send(flow.sent.get(cid)!);
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

/** Expects, after everything was sent again, every order exactly once, filled as much as its trades say. */
export async function expectEachOnce(room: RoomOfHost, flows: Flow[]): Promise<void> {
  const trades = await csv(room, "trades.csv");
  const orders = await csv(room, "orders.csv");
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
}
