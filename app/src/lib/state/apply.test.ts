import { beforeEach, expect, test, vi } from "vitest";
import {
  defaultPlaySettings,
  type Instrument,
  type Message,
  type OpenOrder,
  type Request,
} from "#protocol";
import { stubStorage } from "#lib/testing/storage.ts";
import { sentenceOf } from "#lib/notices/words.ts";
import { applyBatch, conflate } from "./apply.ts";
import type { RoomEvent } from "./events.ts";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { RoomData } from "./room-data.svelte.ts";
import { saveInTab } from "./tab-storage.ts";

let requests: Record<string, Request>;
let events: RoomEvent[];
let room: RoomData;

const at = { ts: 1, seq: 1 };
function apply(...messages: unknown[]): void {
  events.push(
    ...applyBatch(room, messages as Message[], (cid) => (cid ? requests[cid] : undefined)),
  );
}
const said = () => events.map((event) => sentenceOf(event, room));
function ack(order: Partial<OpenOrder> & { order_id: number; leaves: number }): unknown {
  const base = { inst: 1, side: "buy", price: 10, qty: 10, filled: 0, status: "open" };
  return { type: "order_ack", ...base, ...at, ...order };
}
const open = () => room.market(1).orders.map((order) => [order.order_id, order.leaves]);

beforeEach(() => {
  requests = {};
  events = [];
  room = new RoomData("ACDEFG");
  room.me = { userId: 7, name: "alice", role: "trader" };
  room.users = [
    { user_id: 7, name: "alice", role: "trader", connected: true, killed: false, bot: null },
  ];
  room.instruments = [instrument(1, { symbol: "SUM" })];
});

test("only the newest book of an instrument is applied, and what was asked for is answered", () => {
  const book = (last: number, type = "md_inc") => ({
    type,
    inst: 1,
    bids: [],
    asks: [],
    last,
    ...at,
  });
  const asked = { ...book(3, "snapshot"), cid: "x" };
  const kept = conflate([book(1), asked, book(2)] as unknown as Message[]);
  expect(kept.map((message) => ("last" in message ? message.last : null))).toEqual([3, 2]);
});

test("lists of what has been know the instruments of a round that is over; nothing else does", () => {
  apply({ type: "instrument_retired", inst: 1, ...at });
  expect([room.instrument(1), room.known(1)?.symbol, room.known(2)]).toEqual([
    undefined,
    "SUM",
    undefined,
  ]);
});

test("an order rests, fills in part, fills whole", () => {
  requests["c"] = { op: "order_new", inst: 1, side: "buy", qty: 10, price: 10, post_only: true };
  apply(ack({ order_id: 5, leaves: 10 }), {
    ...(ack({ order_id: 6, leaves: 4 }) as object),
    cid: "c",
  });
  expect(room.market(1).orders[1]).toMatchObject({ post_only: true, cid: "c", type: "limit" });
  const fill = { type: "fill", order_id: 5, inst: 1, side: "buy", price: 10, user_id: 7, ...at };
  apply({ ...fill, qty: 4, leaves: 6, trade_id: 1 });
  expect(open()).toEqual([
    [5, 6],
    [6, 4],
  ]);
  apply({ ...fill, qty: 6, leaves: 0, trade_id: 2 });
  expect(open()).toEqual([[6, 4]]);
  expect(room.doneOrders[0]).toMatchObject({ order_id: 5, filled: 10, status: "filled" });
});

test("a taker's fills after its ack change nothing twice", () => {
  apply(ack({ order_id: 5, leaves: 4, filled: 6, status: "partial" }), {
    type: "fill",
    ...{
      order_id: 5,
      inst: 1,
      side: "buy",
      price: 10,
      qty: 6,
      leaves: 4,
      trade_id: 1,
      user_id: 7,
      ...at,
    },
  });
  expect(open()).toEqual([[5, 4]]);
  expect(room.market(1).orders[0]).toMatchObject({ filled: 6 });
  expect(said()).toEqual(["Bought 6 SUM at 10.0."]);
});

test("an order that a fill and its own message end in one batch is done once", () => {
  apply({ ...(ack({ order_id: 5, leaves: 10 }) as object), cid: "c" });
  const fill = { inst: 1, side: "buy", price: 10, qty: 10, leaves: 0, user_id: 7, ...at };
  const filled = ack({ order_id: 5, leaves: 0, filled: 10, status: "filled" }) as object;
  apply(
    { ...fill, type: "fill", order_id: 5, trade_id: 1 },
    { ...filled, type: "order", reason: "fill", seq: 2 },
  );
  expect(room.doneOrders).toHaveLength(1);
  expect(room.doneOrders[0]).toMatchObject({ order_id: 5, filled: 10, cid: "c", seq: 2 });
});

test("the average of several fills is said with the decimals that it needs", () => {
  const fill = { type: "fill", order_id: 5, inst: 1, side: "buy", leaves: 0, user_id: 7, ...at };
  apply(
    { ...fill, price: 105, qty: 1, trade_id: 1 },
    { ...fill, price: 105.5, qty: 1, trade_id: 2 },
  );
  expect(said()).toEqual(["Bought 2 SUM at 105.25."]);
});

test("a settlement off the tick grid is said as it is", () => {
  apply({ type: "settlement", inst: 1, value: 53.75, ...at });
  expect(said()[0]).toContain("SUM settled at 53.75");
});

test("a repeated reply does not bring a filled order back", () => {
  apply(ack({ order_id: 5, leaves: 10 }));
  apply({
    ...(ack({ order_id: 5, leaves: 0, filled: 10, status: "filled" }) as object),
    type: "order",
    reason: "fill",
    seq: 9,
  });
  apply({ ...(ack({ order_id: 5, leaves: 10 }) as object), duplicate: true });
  expect(open()).toEqual([]);
});

test("cancels of every kind empty the list", () => {
  apply(...[1, 2, 3, 4].map((order_id) => ack({ order_id, leaves: 10 })));
  apply({ type: "cancel_ack", order_id: 1, success: true, cancelled: 10, leaves: 0, ...at });
  apply({
    type: "cancel_inst_ack",
    inst: 1,
    success: true,
    order_ids: [2],
    cancelled: 1,
    leaves: 0,
    ...at,
  });
  apply({
    type: "cancel_all_ack",
    success: true,
    order_ids: [3, 4],
    cancelled: 2,
    leaves: 0,
    ...at,
  });
  expect(open()).toEqual([]);
  expect(room.doneOrders.map((order) => order.status)).toEqual(Array(4).fill("cancelled"));
});

test("a quote replaces both sides", () => {
  const side = (order_id: number, price: number) => ({
    order_id,
    price,
    qty: 5,
    filled: 0,
    leaves: 5,
    status: "open",
  });
  const quote = {
    type: "quote_ack",
    inst: 1,
    success: true,
    order_ids: [],
    cancelled: 0,
    leaves: 5,
    ...at,
  };
  apply({ ...quote, bid: side(1, 9), ask: side(2, 11) });
  apply({ ...quote, bid: side(3, 8), ask: null });
  expect(room.market(1).orders.map((order) => [order.order_id, order.side])).toEqual([[3, "buy"]]);
});

test("orders that the host took away are announced once", () => {
  apply(ack({ order_id: 1, leaves: 10 }), ack({ order_id: 2, leaves: 10 }));
  const gone = (order_id: number) => ({
    ...(ack({ order_id, leaves: 0, status: "cancelled" }) as object),
    type: "order",
    reason: "quotes_pulled",
  });
  apply(gone(1), gone(2));
  expect(said()).toEqual(["2 orders cancelled: the host cancelled all quotes in it."]);
});

test("trades move the tape, the volume and the direction", () => {
  const trade = (price: number, qty: number) => ({
    type: "trade",
    inst: 1,
    price,
    qty,
    side: "buy",
    trade_id: price,
    ...at,
  });
  const sums = { volume: 4, trades: 1, first: 10.25, high: 10.25, low: 10.25 };
  apply({ type: "snapshot", inst: 1, bids: [], asks: [], last: 10.25, ...sums, ts: 1, seq: 0 });
  const told = { by_price: [[10.25, 4]], price_step: null, path: [[0, 10.25]] };
  apply({ type: "history", inst: 1, ...told, ts: 1, seq: 0 });
  apply(trade(10.5, 2), trade(10, 3));
  expect(room.tape.map((one) => one.price)).toEqual([10, 10.5]);
  expect(room.market(1)).toMatchObject({
    ...{ last: 10, lastMove: -1, lastQty: 3 },
    ...{ volume: 9, trades: 3, first: 10.25, high: 10.5, low: 10 },
  });
  expect(room.market(1).volumeAt.get("10500000")).toBe(2);
  expect(room.market(1).path.map(([, price]) => price)).toEqual([10.25, 10.5, 10]);
});

test("the exchange's positions are everybody's, a trader's its own, unchanged rows stay", () => {
  const row = {
    inst: 1,
    symbol: "SUM",
    qty: 3,
    vwap: 10,
    realized_pnl: 0,
    unrealized_pnl: 0,
    mark: 10,
  };
  apply({ type: "positions", positions: [row] });
  const before = room.positionOf.get(1);
  apply({ type: "positions", positions: [{ ...row }] });
  expect(room.positionOf.get(1)).toBe(before);
  room.me = { userId: 1, name: "Exchange", role: "exchange" };
  apply({ type: "positions", positions: [{ ...row, user_id: 7 }] });
  expect(room.everybody).toHaveLength(1);
});

test("after a resume the exchange's list of orders wins", () => {
  apply(ack({ order_id: 1, leaves: 10 }), ack({ order_id: 2, leaves: 10 }));
  const kept = {
    ...(ack({ order_id: 2, leaves: 3 }) as object),
    type: "limit",
  } as unknown as OpenOrder;
  expect(room.orders).toHaveLength(2);
  apply({ type: "orders", orders: [kept, { ...kept, order_id: 9, inst: 4 }] });
  expect(open()).toEqual([[2, 3]]);
  expect(room.orders.map((order) => order.order_id)).toEqual([2, 9]);
  expect(room.market(4).orders).toHaveLength(1);
});

test("the orders of a trader whom the exchange looks at are not its own", () => {
  apply(ack({ order_id: 1, leaves: 10 }));
  apply({ type: "orders", user_id: 9, orders: [], fills: [] });
  expect(open()).toEqual([[1, 10]]);
});

test("what was told and traded before comes with the seat, each once", () => {
  const item = (seq: number) => ({ type: "news", text: `n${seq}`, ts: 1, seq });
  const fill = (trade_id: number, order_id = 5) => ({
    ...{ type: "fill", trade_id, order_id, inst: 1, side: "buy", price: 10, qty: 1, leaves: 0 },
    ...{ user_id: 7, ts: 1, seq: trade_id },
  });
  const join = { type: "join_ack", user_id: 7, name: "alice", role: "trader" };
  const rest = { session: null, limits: null, users: [], instruments: [], trades: [] };
  const ack = { ...join, ...rest, server_time: 1, news: [item(1), item(3)] };
  apply({ ...ack, fills: [fill(1), fill(2), fill(2, 6)] });
  apply(item(4), fill(8));
  apply({ ...ack, news: [item(1), item(3), item(4), item(5)], fills: [fill(2), fill(8), fill(9)] });
  expect(room.news.map((one) => one.seq)).toEqual([5, 4, 3, 1]);
  expect(room.fills.map((one) => one.trade_id)).toEqual([9, 8, 2, 2, 1]);
});

test("after a reload the done orders are there, and what went meanwhile is among them with its end", () => {
  const order = (order_id: number, over: Partial<OpenOrder> = {}): OpenOrder => ({
    ...{ order_id, inst: 1, side: "buy", price: 10, qty: 10, filled: 0, leaves: 10 },
    ...{ status: "open", type: "limit", tif: "GFD", post_only: false, quote: false, cid: null },
    ...{ ts: 1, seq: 5, ...over },
  });
  stubStorage("sessionStorage");
  saveInTab(
    "orders",
    { sessionId: "s", userId: 7 },
    {
      done: [order(1, { leaves: 0, status: "cancelled" })],
      open: [order(2), order(3), order(4, { filled: 3, leaves: 7 }), order(5)],
    },
  );
  const fill = (order_id: number, leaves: number, seq: number) => ({
    ...{ type: "fill", trade_id: seq, order_id, inst: 1, side: "buy", price: 10, qty: 1, leaves },
    ...{ user_id: 7, ts: 1, seq },
  });
  room.me = null;
  apply({
    ...{ type: "join_ack", user_id: 7, name: "alice", role: "trader", users: [] },
    session: { state: "open", ends_at: null, session_id: "s", room_name: "" },
    ...{
      limits: null,
      lens: "off",
      settings: defaultPlaySettings,
      instruments: [],
      trades: [],
      news: [],
      server_time: 1,
    },
    // The first fill of order 4 is older than the page.
    fills: [fill(4, 7, 4), fill(3, 4, 6), fill(3, 0, 7), fill(4, 5, 8)],
  });
  expect(open()).toEqual([]);
  apply({ type: "orders", orders: [order(5)] });
  expect(open()).toEqual([[5, 10]]);
  const done = room.doneOrders.map(({ order_id, filled, status }) => [order_id, filled, status]);
  expect(done).toEqual([
    [4, 5, "cancelled"],
    [3, 10, "filled"],
    [2, 0, "cancelled"],
    [1, 0, "cancelled"],
  ]);
  apply({ type: "orders", orders: [] });
  expect(room.doneOrders).toHaveLength(5);
  vi.unstubAllGlobals();
});

test("somebody else who sits down finds nothing of the one before", () => {
  room.doneOrders = [{ order_id: 1 } as OpenOrder];
  apply({
    ...{ type: "join_ack", user_id: 8, name: "bob", role: "trader", session: null, users: [] },
    ...{
      limits: null,
      lens: "off",
      settings: defaultPlaySettings,
      instruments: [],
      trades: [],
      news: [],
      fills: [],
    },
    server_time: 1,
  });
  expect(room.doneOrders).toEqual([]);
});

test("the kill switch reaches traders only, and says so to the one", () => {
  apply({ type: "kill_switch", user_id: null, on: true, ...at });
  expect(room.users[0]?.killed).toBe(true);
  expect(said()[0]).toContain("stopped your trading");
});

test("a refusal names the instrument and price of what was tried", () => {
  requests["c"] = { op: "order_new", inst: 1, side: "buy", qty: 1, price: 10.3 };
  apply({ type: "error", code: "OFF_TICK", message: "Off.", op: "order_new", cid: "c" });
  expect(events[0]).toMatchObject({ type: "refused", code: "OFF_TICK", inst: 1, price: 10.3 });
});

test("halting all and settling a strip are one sentence each", () => {
  const option = {
    id: 2,
    symbol: "SUM 10C",
    type: "CALL",
    strike: 10,
    tick_size: 0.5,
    ...{ tick_value: 1, settlement: null },
  } as Instrument;
  const scalar = { ...room.instruments[0], type: "SCALAR", halted: false } as Instrument;
  room.instruments = [scalar, { ...option, halted: false }];
  apply(...[1, 2].map((inst) => ({ type: "halt", inst, on: true, halted: true, ...at })));
  apply(
    {
      type: "option_expired",
      inst: 2,
      spot_price: 12,
      payoff: 2,
      reason: "underlying_settled",
      payout: { qty: 5, payout: 10 },
      ...at,
    },
    {
      ...{ type: "settlement", inst: 1, value: 12, payout: { qty: -1, payout: -12 } },
      ...{ result: { pnl: -2, total: -1.5 }, ...at },
    },
  );
  expect(said()).toHaveLength(2);
  expect(said()[0]).toBe("2 instruments are halted.");
  expect(said()[1]).toBe(
    "SUM settled at 12.0, and 1 option with it. P&L in SUM and its option: −2.00. Total P&L: −1.50.",
  );
  expect(room.instruments.map((one) => one.settlement)).toEqual([12, 2]);
});

test("two settlements at once are told by themselves, each with its own options", () => {
  const listed = room.instruments[0] as Instrument;
  const [call, other] = [
    { ...listed, id: 2, symbol: "SUM 10C", type: "CALL", strike: 10, reference_id: 1 } as const,
    { ...listed, id: 3, symbol: "JAR" },
  ];
  room.instruments = [listed, call, other];
  const follows = { spot_price: 12, payoff: 2, reason: "underlying_settled", ...at } as const;
  apply(
    { type: "option_expired", inst: 2, ...follows },
    { type: "settlement", inst: 1, value: 12, ...at },
    { type: "settlement", inst: 3, value: 5, corrected: true, ...at },
  );
  expect(said()).toEqual([
    "SUM settled at 12.0, and 1 option with it.",
    "JAR: settlement corrected to 5.0.",
  ]);
  expect(
    room.settlements.map(({ inst, options, corrected }) => [inst, options, corrected]),
  ).toEqual([
    [1, 1, false],
    [3, 0, true],
  ]);
  expect(room.instruments.map((one) => one.corrected)).toEqual([undefined, undefined, true]);
});

test("a round that opens the session for a step without trading is not told as trading, and one that trades is", () => {
  const opened = {
    type: "session",
    state: "open",
    ends_at: null,
    session_id: "s",
    room_name: "",
    ...at,
  };
  const round = (kind: string) => ({
    type: "round",
    round: 1,
    state: "running",
    commit: "",
    step: { n: 0, kind },
    ...at,
  });
  apply(opened, round("brief"));
  expect(said()).toEqual([]);
  room.session = null;
  apply(opened, round("trade"));
  expect(said()).toEqual(["Trading is open."]);
});
