/** The original game's API as its clients use it: one socket on /ws, no cids, no tokens, no batches. */

import { afterEach, describe, expect, test } from "vitest";
import type { Message, MessageType } from "#protocol";
import { WireClient } from "../support/wire-client.ts";

const address = `${(process.env["MMG_URL"] ?? "").replace(/^http/, "ws").replace(/\/$/, "")}/ws`;

/** Client that sends and waits for an answer by its type, for lack of cids. */
class OldClient {
  readonly wire: WireClient;
  readonly frames: string[] = [];

  private constructor(wire: WireClient) {
    this.wire = wire;
    wire.socket.on("message", (data) => this.frames.push(String(data)));
  }

  static async open(): Promise<OldClient> {
    const client = new OldClient(await WireClient.open(address));
    open.push(client.wire);
    return client;
  }

  async ask<T extends MessageType>(request: object, type: T): Promise<Message<T>> {
    const start = this.wire.inbox.length;
    this.wire.send(request);
    const reply = await this.wire.next(
      (message) => message.type === type || message.type === "error",
      start,
    );
    if (reply.type !== type)
      throw new Error(`${JSON.stringify(request)}: ${JSON.stringify(reply)}`);
    return reply as Message<T>;
  }

  /** Waits until everything sent before has arrived. */
  async settled(): Promise<void> {
    await this.ask({ op: "ping", timestamp: Date.now() }, "pong");
  }

  fills() {
    return this.wire.all("fill").map(({ side, price, qty }) => ({ side, price, qty }));
  }

  /** An unrequested P&L may still be under way: without cids it cannot be told from the answer. */
  async pnl(): Promise<number> {
    await this.settled();
    return (await this.ask({ op: "get_pnl" }, "pnl")).pnl;
  }
}

const open: WireClient[] = [];
afterEach(() => {
  for (const wire of open.splice(0)) wire.close();
});

async function game() {
  const exchange = await OldClient.open();
  const { room_code: room } = await exchange.ask({ op: "create_room" }, "room_created");
  await exchange.ask({ op: "join", room, name: "EXCH", role: "exchange" }, "join_ack");
  const added = await exchange.ask(
    { op: "add_instrument", symbol: "AAPL", type: "SCALAR", tick_size: 0.01 },
    "instrument_added",
  );
  const alice = await OldClient.open();
  const bob = await OldClient.open();
  const joined = [
    await alice.ask({ op: "join", room, name: "alice", role: "trader" }, "join_ack"),
    await bob.ask({ op: "join", room, name: "bob" }, "join_ack"),
  ];
  expect(joined.map(({ role }) => role)).toEqual(["trader", "trader"]);
  expect(joined[0]!.instruments).toEqual([added.instrument]);
  return { room, exchange, alice, bob, inst: added.instrument.id };
}

const limit = (inst: number, side: "buy" | "sell", qty: number, price: number) => ({
  ...{ op: "order_new", inst, side, qty, price },
});

describe("the scripted games", () => {
  test("alice buys 10 at 100 from bob, settled at 105: +50 and -50", async () => {
    const { exchange, alice, bob, inst } = await game();
    await alice.ask(limit(inst, "buy", 10, 100), "order_ack");
    await bob.ask(limit(inst, "sell", 10, 100), "order_ack");
    const settled = await exchange.ask({ op: "settle", inst, value: 105 }, "settlement");
    expect(settled).toMatchObject({ inst, value: 105 });
    expect([await alice.pnl(), await bob.pnl()]).toEqual([50, -50]);
    expect(alice.fills()).toEqual([{ side: "buy", price: 100, qty: 10 }]);
    expect(bob.fills()).toEqual([{ side: "sell", price: 100, qty: 10 }]);
  });

  test("a CALL struck at 100 bought 10 at 5, underlying settled at 120: +150 and -150", async () => {
    const { exchange, alice, bob, inst } = await game();
    const call = { op: "add_instrument", symbol: "C100", type: "CALL", strike: 100 };
    const added = await exchange.ask({ ...call, reference_id: inst }, "instrument_added");
    const option = added.instrument.id;
    await alice.ask(limit(option, "buy", 10, 5), "order_ack");
    await bob.ask(limit(option, "sell", 10, 5), "order_ack");
    exchange.wire.send({ op: "settle", inst, value: 120 });
    expect(await alice.wire.nextOf("option_expired", 0)).toMatchObject({
      ...{ inst: option, spot_price: 120, payoff: 20 },
    });
    expect([await alice.pnl(), await bob.pnl()]).toEqual([150, -150]);
  });

  test("bids 10@100, 20@99, 30@98 met by a sell of 40@99", async () => {
    const { alice, bob, exchange, inst } = await game();
    for (const [qty, price] of [
      [10, 100],
      [20, 99],
      [30, 98],
    ] as const)
      await alice.ask(limit(inst, "buy", qty, price), "order_ack");
    const ack = await bob.ask(limit(inst, "sell", 40, 99), "order_ack");
    expect(ack).toMatchObject({ qty: 40, filled: 30, leaves: 10, status: "partial" });
    const book = await bob.ask({ op: "get_snapshot", inst }, "snapshot");
    expect(book).toMatchObject({ bids: [[98, 30]], asks: [[99, 10]], last: 99 });
    await Promise.all([alice.settled(), bob.settled(), exchange.settled()]);
    expect(alice.fills()).toEqual([
      { side: "buy", price: 100, qty: 10 },
      { side: "buy", price: 99, qty: 20 },
    ]);
    expect(bob.fills()).toEqual([
      { side: "sell", price: 100, qty: 10 },
      { side: "sell", price: 99, qty: 20 },
    ]);
    expect(exchange.fills()).toEqual([]);
    const types = bob.wire.inbox.map(({ type }) => type);
    expect(types.indexOf("order_ack")).toBeLessThan(types.indexOf("fill"));
    const shown = (message: Message) =>
      message.type === "md_inc" &&
      JSON.stringify([message.bids, message.asks]) === "[[[98,30]],[[99,10]]]";
    expect(await alice.wire.next(shown, 0)).toMatchObject({ inst, last: 99 });
  });
});

describe("an old client", () => {
  test("never gets an array of messages, nor a cid", async () => {
    const { exchange, alice, bob, inst } = await game();
    for (let count = 0; count < 10; count++) {
      await alice.ask(limit(inst, "buy", 2, 100), "order_ack");
      await bob.ask(limit(inst, "sell", 1, 100), "order_ack");
    }
    await exchange.ask({ op: "settle", inst, value: 101 }, "settlement");
    await Promise.all([alice.settled(), bob.settled(), exchange.settled()]);
    for (const client of [exchange, alice, bob]) {
      expect(client.frames.length).toBeGreaterThan(15);
      for (const frame of client.frames) {
        expect(frame.startsWith("{")).toBe(true);
        expect(JSON.parse(frame)).not.toHaveProperty("cid");
      }
    }
  });

  test("another than the maker of the room may be the first to ask for the exchange", async () => {
    const maker = await OldClient.open();
    const { room_code: room } = await maker.ask({ op: "create_room" }, "room_created");
    const first = await OldClient.open();
    const ack = await first.ask({ op: "join", room, name: "EX", role: "exchange" }, "join_ack");
    expect(ack.role).toBe("exchange");
    const second = await OldClient.open();
    await expect(
      second.ask({ op: "join", room, name: "EX2", role: "exchange" }, "join_ack"),
    ).rejects.toThrow("FORBIDDEN");
    expect(
      await second.ask({ op: "join", room, name: "zoe", role: "trader" }, "join_ack"),
    ).toMatchObject({ role: "trader" });
  });

  test("may cancel, replace and quote without a cid", async () => {
    const { alice, bob, inst } = await game();
    const { order_id } = await alice.ask(limit(inst, "buy", 10, 99), "order_ack");
    expect(
      await alice.ask({ op: "replace", order_id, price: 99.5, qty: 4 }, "replace_ack"),
    ).toMatchObject({ success: true, order_id, price: 99.5, leaves: 4 });
    expect(await alice.ask({ op: "cancel", order_id, inst }, "cancel_ack")).toMatchObject({
      ...{ success: true, order_id },
    });
    expect(await bob.ask({ op: "cancel", order_id }, "cancel_ack")).toMatchObject({
      ...{ success: false, code: "NO_SUCH_ORDER" },
    });
    const sides = { bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 };
    expect(await bob.ask({ op: "quote", inst, ...sides }, "quote_ack")).toMatchObject({
      ...{ success: true, leaves: 10 },
    });
    expect(await bob.ask({ op: "cancel_all" }, "cancel_all_ack")).toMatchObject({ cancelled: 2 });
  });

  test("gets a sentence on the mistake, and stays connected", async () => {
    const { alice, inst } = await game();
    for (const [request, code] of [
      [{ op: "order_new", inst, side: "buy", qty: 1, price: 100.001 }, "OFF_TICK"],
      [{ op: "order_new", inst: 99, side: "buy", qty: 1, price: 1 }, "NO_SUCH_INSTRUMENT"],
      [{ op: "settle", inst, value: 1 }, "FORBIDDEN"],
      [{ op: "dance" }, "UNKNOWN_OP"],
      [{ op: "order_new", inst, side: "buy", qty: "1", price: 1 }, "BAD_REQUEST"],
    ] as const) {
      const error = await alice.ask(request, "error");
      expect(error).toMatchObject({ code, op: request.op });
      expect(error.message).toMatch(/^[A-Z].*\.$/);
    }
    await alice.settled();
  });
});
