import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { LocalHost } from "./host.ts";
import { Client, Place } from "./testing/place.ts";

/** A room with Ana and Ben, one instrument, and a bid of Ana's. */
function tradingRoom() {
  const place = new Place();
  const room = place.open();
  const host = new LocalHost(room, "host", "https://here", () => {});
  const ana = new Client(room, { name: "Ana", role: "trader" });
  const ben = new Client(room, { name: "Ben", role: "trader" });
  host.ask({ op: "session", state: "open" });
  host.ask({ op: "add_instrument", symbol: "INDEX", type: "SCALAR", tick_size: 1 });
  ana.send({ op: "order_new", inst: 1, side: "buy", price: 40, qty: 5, cid: "bid" });
  return { place, room, host, ana, ben };
}

test("trades, and sends books when they are due", () => {
  const { place, ana, ben } = tradingRoom();
  ben.send({ op: "order_new", inst: 1, side: "sell", price: 40, qty: 2 });
  place.pass(50);
  expect(ana.last("fill")).toMatchObject({ side: "buy", price: 40, qty: 2, liquidity: "maker" });
  expect(ben.last("md_inc")).toMatchObject({ bids: [[40, 3]], asks: [], last: 40 });
  expect(place.faults).toEqual([]);
});

test("goes on from its journal in another worker, with the seats, orders and answers that were there", () => {
  const { place, ana, ben } = tradingRoom();
  ben.send({ op: "order_new", inst: 1, side: "sell", price: 40, qty: 2 });
  place.pass(60_000);

  const { resume_token } = ana.last("join_ack");
  const back = new Client(place.open(), { resume_token });
  back.send({ op: "get_orders" });
  back.send({ op: "get_positions" });
  expect(back.last("orders").orders).toMatchObject([{ price: 40, leaves: 3 }]);
  expect(back.last("positions").positions).toMatchObject([{ qty: 2, vwap: 40 }]);
  back.send({ op: "order_new", inst: 1, side: "buy", price: 40, qty: 5, cid: "bid" });
  expect(back.last("order_ack")).toMatchObject({ qty: 5, duplicate: true });
});

test("deals a round whose steps go on by the clock, and leads it to its result", () => {
  const { place, host, ana } = tradingRoom();
  const params = { table: 0, trade_seconds: 10, reveal_seconds: 1 };
  host.ask({ op: "round_start", format: "card_sum", params });
  place.pass(100);
  expect(ana.last("round")).toMatchObject({ state: "running", step: { kind: "brief" } });
  place.pass(240_000);
  expect(ana.last("hand").cards).toHaveLength(2);
  expect(ana.last("round_result")).toMatchObject({ aborted: false, seed: "5eed".repeat(16) });
});

test("the host of a later worker is the same host, and finds the round that is under way", () => {
  const { place, host } = tradingRoom();
  host.ask({ op: "round_start", format: "card_sum", params: { table: 0 } });
  place.pass(1_000);
  const heard: Message[] = [];
  const back = new LocalHost(place.open(), "host", "https://here", (message) => {
    heard.push(message);
  });
  back.ask({ op: "round_step", action: "pause" });
  back.ask({ op: "round_step", action: "resume" });
  back.ask({ op: "round_step", action: "next" });
  expect(heard.map(({ type }) => type)).not.toContain("error");
  expect(heard.find(({ type }) => type === "join_ack")).toMatchObject({ role: "exchange" });
  expect(heard.find(({ type }) => type === "round")).toMatchObject({ round: 1, state: "running" });
});

test("closes a line that does not join in time", () => {
  const place = new Place();
  const room = place.open();
  const closed: number[] = [];
  room.connect({ send() {}, close: (code) => void closed.push(code) }, "https://here");
  place.pass(10_000);
  expect(closed).toEqual([4408]);
});
