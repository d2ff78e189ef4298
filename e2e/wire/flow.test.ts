/** Twenty traders on ten instruments with scripted flow: invariants at every moment and at the end. */

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { exactly, Ledger, micros } from "../../game/testing/ledger.ts";
import { seeded } from "../../game/testing/table.ts";
import type { ErrorCode, Message, RoomCreated } from "#protocol";
import { WireClient } from "../support/wire-client.ts";

const base = (process.env["MMG_URL"] ?? "").replace(/\/$/, "");
const seconds = Number(process.env["MMG_FLOW_SECONDS"] ?? 6);
const traderCount = 20;
const ordersPerSecond = 16;
/** Pause between two looks at all positions. */
const lookMs = 500;

const scalars = [
  { symbol: "RAIN", tick_size: 0.01, tick_value: 1, middle: 100 },
  { symbol: "SNOW", tick_size: 0.25, tick_value: 12.5, middle: 0 },
  { symbol: "WIND", tick_size: 1, tick_value: 0.5, middle: -40 },
  { symbol: "HAIL", tick_size: 0.5, tick_value: 2, middle: 1_000 },
] as const;
const options = [
  { symbol: "RAIN C95", type: "CALL", reference_id: 1, strike: 95, middle: 6 },
  { symbol: "RAIN C105", type: "CALL", reference_id: 1, strike: 105, middle: 1 },
  { symbol: "RAIN P95", type: "PUT", reference_id: 1, strike: 95, middle: 1 },
  { symbol: "RAIN P105", type: "PUT", reference_id: 1, strike: 105, middle: 6 },
  { symbol: "WIND C-45", type: "CALL", reference_id: 3, strike: -45, middle: 5 },
  { symbol: "WIND P-35", type: "PUT", reference_id: 3, strike: -35, middle: 5 },
] as const;
const settlements = [98.3725, -1.0625, -41.5, 1_003.25];

/** Refusals that honest flow may get; any other is a fault. */
const allowed = new Set<ErrorCode>([
  ...(["POST_ONLY_WOULD_CROSS", "FOK_UNFILLED", "POSITION_LIMIT", "PRICE_OUT_OF_RANGE"] as const),
]);

interface Bot {
  client: WireClient;
  ledgers: Map<number, Ledger>;
  fills: number;
  errors: Message<"error">[];
  replies: Map<string, string>;
}

test(
  `${seconds} s of flow: books never crossed, positions and P&L sum to zero, P&L equals the fills`,
  { timeout: (seconds + 45) * 1_000 },
  async () => {
    const made = await fetch(`${base}/api/rooms`, { method: "POST", body: "{}" });
    const { room, host_token } = (await made.json()) as RoomCreated;
    const address = `${base.replace(/^http/, "ws")}/ws/${room}`;
    const host = await WireClient.open(address);
    await host.join("Exchange", "exchange", { host_token });
    const crossed: Message[] = [];
    let books = 0;
    host.onMessage = (message) => {
      if (message.type !== "md_inc") return;
      books++;
      const [bid, ask] = [message.bids[0]?.[0], message.asks[0]?.[0]];
      if (bid !== undefined && ask !== undefined && bid >= ask) crossed.push(message);
    };
    const instruments: { inst: number; tick: number; middle: number; tickValue: number }[] = [];
    for (const { middle, ...one } of [...scalars, ...options]) {
      const listing = { type: "SCALAR", tick_size: 0.25, tick_value: 1, ...one } as const;
      const added = await host.ask("add_instrument", listing);
      if (added.type !== "instrument_added") throw new Error(JSON.stringify(added));
      const { inst, instrument } = added;
      const { tick_size: tick, tick_value: tickValue } = instrument;
      instruments.push({ inst, tick, middle, tickValue });
    }

    const bots: Bot[] = [];
    for (let index = 0; index < traderCount; index++) {
      const client = await WireClient.open(address);
      await client.join(`bot ${index}`, "trader", { batch: index % 2 === 0 });
      bots.push(bot(client, instruments));
    }

    // Every bot trades by its own seed, at a steady rate.
    const end = Date.now() + seconds * 1_000;
    const samples: Message<"positions">[] = [];
    const flows = bots.map(async (one, index) => {
      const random = seeded(1_000 + index);
      for (let step = 0; Date.now() < end; step++) {
        act(one, random, instruments, `${index}-${step}`);
        await pause((1_000 / ordersPerSecond) * (0.5 + random()));
      }
    });
    const sampling = (async () => {
      while (Date.now() < end) {
        await pause(lookMs);
        samples.push((await host.ask("get_positions", {})) as Message<"positions">);
      }
    })();
    await Promise.all([...flows, sampling]);
    await Promise.all(bots.map((one) => one.client.ask("cancel_all", {})));

    for (const [index, value] of settlements.entries())
      expect(await host.ask("settle", { inst: index + 1, value })).toMatchObject({
        type: "settlement",
      });
    const shown = await Promise.all(
      bots.map(async (one) => (await one.client.ask("get_pnl", {})) as Message<"pnl">),
    );
    const final = (await host.ask("get_positions", {})) as Message<"positions">;

    // Every request was answered, and refused only with an allowed code.
    for (const one of bots) {
      expect(one.client.closed).toBeNull();
      expect([...one.replies].filter(([, type]) => type === "")).toEqual([]);
      expect(one.errors.filter(({ code }) => !allowed.has(code))).toEqual([]);
    }
    expect(bots.reduce((sum, one) => sum + one.fills, 0)).toBeGreaterThan(seconds * 10);
    expect(books).toBeGreaterThan(seconds * 10);
    expect(crossed).toEqual([]);

    // All positions add up to zero, at every look.
    expect(samples.length).toBeGreaterThanOrEqual(Math.floor(seconds / 2));
    for (const { positions } of samples) {
      const sums = new Map<number, number>();
      for (const { inst, qty } of positions) sums.set(inst, (sums.get(inst) ?? 0) + qty);
      expect([...sums].filter(([, sum]) => sum !== 0)).toEqual([]);
    }
    expect(final.positions.every(({ qty }) => qty === 0)).toBe(true);

    // P&L equals the fills to the last millionth, and adds up to zero.
    const marks = finalMarks();
    for (const [index, one] of bots.entries()) {
      const exact = instruments.reduce(
        (sum, { inst }) => sum + micros(one.ledgers.get(inst)!.pnl(exactly(marks.get(inst)!))),
        0,
      );
      expect(Math.round(shown[index]!.pnl * 1e6), one.client.ack!.name).toBe(Math.round(exact));
      expect(shown[index]!.unrealized).toBe(0);
    }
    expect(shown.reduce((sum, { pnl }) => sum + Math.round(pnl * 1e6), 0)).toBe(0);
    for (const client of [host, ...bots.map((one) => one.client)]) client.close();
  },
);

function bot(client: WireClient, instruments: { inst: number; tickValue: number }[]): Bot {
  const one: Bot = {
    client,
    ledgers: new Map(instruments.map(({ inst, tickValue }) => [inst, new Ledger(tickValue)])),
    fills: 0,
    errors: [],
    replies: new Map(),
  };
  client.onMessage = (message) => {
    if (message.type === "error") one.errors.push(message);
    if (message.type === "fill") {
      one.fills++;
      one.ledgers.get(message.inst)!.fill(message.side, message.qty, message.price);
    }
    if ("cid" in message && message.cid !== undefined && one.replies.has(message.cid))
      one.replies.set(message.cid, message.type);
  };
  return one;
}

/** Random request of a kind that traders send, around the instrument's middle. */
function act(
  one: Bot,
  random: () => number,
  instruments: { inst: number; tick: number; middle: number }[],
  cid: string,
): void {
  const below = (limit: number) => Math.floor(random() * limit);
  const { inst, tick, middle } = instruments[below(instruments.length)]!;
  const price = (offset: number) => Number((middle + (below(9) - 4 + offset) * tick).toFixed(2));
  const side = random() < 0.5 ? "buy" : "sell";
  const order = { op: "order_new", inst, side, qty: 1 + below(20) };
  const kind = random();
  let request: object;
  if (kind < 0.5) request = { ...order, price: price(0) };
  else if (kind < 0.6) request = { ...order, price: price(0), tif: random() < 0.5 ? "IOC" : "FOK" };
  else if (kind < 0.65) request = { ...order, type: "market" };
  else if (kind < 0.7) request = { ...order, price: price(0), post_only: true };
  else if (kind < 0.9) {
    const bid = price(-4);
    const ask = Number((bid + (1 + below(4)) * tick).toFixed(2));
    request = { op: "quote", inst, bid, bid_qty: 1 + below(10), ask, ask_qty: 1 + below(10) };
  } else if (kind < 0.93) request = { op: "cancel_inst", inst };
  else if (kind < 0.97) request = { op: "replace", order_id: 1 + below(500), qty: 1 + below(5) };
  else request = { op: "cancel_all" };
  one.replies.set(cid, "");
  one.client.send({ ...request, cid });
}

/** Final marks, calculated here: scalars at their values, options at their payoffs. */
function finalMarks(): Map<number, number> {
  const marks = new Map(settlements.map((value, index) => [index + 1, value]));
  for (const [index, { type, reference_id, strike }] of options.entries()) {
    const spot = settlements[reference_id - 1]!;
    const payoff = Math.max(0, type === "CALL" ? spot - strike : strike - spot);
    marks.set(scalars.length + 1 + index, payoff);
  }
  return marks;
}
