import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SocketLike } from "./line/socket.ts";
import { RoomClient, type ClientOptions } from "./room-client.ts";

class FakeSocket implements SocketLike {
  readyState = 1;
  onopen: SocketLike["onopen"] = null;
  onclose: SocketLike["onclose"] = null;
  onmessage: SocketLike["onmessage"] = null;
  readonly sent: Record<string, unknown>[] = [];
  send(data: string) {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }
  close() {}
  say(...messages: object[]) {
    this.onmessage?.({ data: JSON.stringify(messages) });
  }
  of(op: string) {
    return this.sent.filter((one) => one["op"] === op);
  }
}

let sockets: FakeSocket[] = [];
const latest = () => sockets.at(-1) as FakeSocket;

function client(more: Partial<ClientOptions> = {}): RoomClient {
  const open = () => {
    const fake = new FakeSocket();
    sockets.push(fake);
    return fake;
  };
  return new RoomClient({ url: "http://game.test", room: "ACDEFG", name: "Bo", open, ...more });
}

const stamp = (seq: number) => ({ ts: 1_000 + seq, seq });
const instrument = { id: 1, inst: 1, symbol: "X", tick_size: 1, halted: false, settled: false };
const trade = (id: number) => ({
  ...{ type: "trade", inst: 1, price: 100, qty: 1, side: "buy", trade_id: id },
  ...stamp(10 * id),
});
const fill = (id: number) => ({
  ...{ type: "fill", order_id: 7, user_id: 3, inst: 1, side: "buy", price: 100, qty: 1, leaves: 0 },
  ...{ liquidity: "maker", trade_id: id, ...stamp(10 * id) },
});
const ack = (cid: unknown, more = {}) => ({
  ...{ type: "order_ack", order_id: 7, inst: 1, side: "buy", price: 99, qty: 2, filled: 0 },
  ...{ leaves: 2, status: "open", cid, ...stamp(5), ...more },
});

function welcome(more = {}) {
  latest().onopen?.();
  latest().say({
    ...{ type: "join_ack", user_id: 3, name: "Bo", role: "trader", resume_token: "token" },
    ...{ instruments: [instrument], users: [], session: { state: "open" }, limits: {} },
    ...{ trades: [], fills: [], news: [], server_time: 0, seq: 1, resumed: false, ...more },
  });
}

const order = { inst: 1, side: "buy", price: 99, qty: 2 } as const;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
});
afterEach(() => void vi.useRealTimers());

async function joined(more: Partial<ClientOptions> = {}): Promise<RoomClient> {
  const bo = client(more);
  const answer = bo.join();
  welcome();
  expect(await answer).toMatchObject({ ok: true, reply: { user_id: 3 } });
  return bo;
}

test("comes back by token, and sends again under its cid what had no answer", async () => {
  const bo = await joined();
  const asked = bo.ask("order_new", order);
  const [first] = latest().of("order_new");
  latest().onclose?.({ code: 1006, reason: "" });
  const whileDown = bo.ask("cancel", { order_id: 5 });
  vi.advanceTimersByTime(2_500);
  welcome({ resumed: true });
  expect(latest().sent[0]).toMatchObject({ op: "join", resume_token: "token" });
  expect(latest().of("order_new")).toEqual([first]);
  expect(latest().of("cancel")).toHaveLength(1);
  latest().say(ack(first?.["cid"], { duplicate: true }));
  expect(await asked).toMatchObject({ ok: true, isRepeated: true, reply: { order_id: 7 } });
  // The room's list of orders is newer than a repeated answer.
  expect(bo.state.orders.all()).toEqual([]);
  bo.leave();
  expect(await whileDown).toMatchObject({ ok: false, code: "GONE" });
});

test("repeats a request that is not answered in time, and one that the server could not answer", async () => {
  const bo = await joined({ patienceMs: 1_000 });
  const asked = bo.ask("order_new", order);
  vi.advanceTimersByTime(1_600);
  expect(latest().of("order_new")).toHaveLength(2);
  const cid = latest().of("order_new")[0]?.["cid"];
  latest().say({ type: "error", code: "INTERNAL", message: "", op: "order_new", cid });
  vi.advanceTimersByTime(600);
  expect(latest().of("order_new")).toHaveLength(3);
  latest().say(ack(cid));
  expect(await asked).toMatchObject({ ok: true, isRepeated: false });
  vi.advanceTimersByTime(5_000);
  expect(latest().of("order_new")).toHaveLength(3);
  bo.leave();
});

test("refusals are values, those inside an acknowledgement as well", async () => {
  const bo = await joined();
  const [refused, gone] = [bo.ask("order_new", order), bo.ask("cancel", { order_id: 9 })];
  const [a, b] = [latest().of("order_new")[0]?.["cid"], latest().of("cancel")[0]?.["cid"]];
  latest().say(
    { type: "error", code: "HALTED", message: "Wait.", op: "order_new", cid: a },
    {
      ...{ type: "cancel_ack", order_id: 9, success: false, code: "NO_SUCH_ORDER" },
      ...{ cancelled: 0, leaves: 0, cid: b, ...stamp(4) },
    },
  );
  expect(await refused).toEqual({ ok: false, code: "HALTED", message: "Wait." });
  expect(await gone).toMatchObject({ ok: false, code: "NO_SUCH_ORDER" });
  bo.leave();
});

test("an order that has grown old on a broken line is not sent again, if so told", async () => {
  const bo = await joined({ staleAfterMs: 1_000 });
  const asked = bo.ask("order_new", order);
  latest().onclose?.({ code: 1006, reason: "" });
  vi.advanceTimersByTime(2_500);
  welcome({ resumed: true });
  expect(latest().of("order_new")).toEqual([]);
  expect(await asked).toMatchObject({ ok: false, code: "STALE" });
  bo.leave();
});

test("a gap in the trades ends the line, and the join tells the missed fill, once", async () => {
  const bo = await joined();
  const fills: number[] = [];
  const broken: string[] = [];
  bo.on("fill", ({ trade_id: id }) => fills.push(id));
  bo.on("broken", ({ kind }) => broken.push(kind));
  latest().say(fill(1), trade(1), fill(1), trade(3));
  expect([fills, broken]).toEqual([[1], ["repeat", "gap"]]);
  vi.advanceTimersByTime(2_500);
  expect(sockets).toHaveLength(2);
  welcome({ resumed: true, trades: [1, 2, 3].map(trade), fills: [fill(1), fill(2)], seq: 30 });
  expect(fills).toEqual([1, 2]);
  latest().say(trade(4));
  expect(broken).toEqual(["repeat", "gap"]);
  bo.leave();
});

test("is ready once orders and positions are those of the room, after each line again", async () => {
  const bo = await joined();
  const told: string[] = [];
  bo.on("ready", () => void told.push("ready"));
  bo.on("down", () => void told.push("down"));
  const answers = () => [
    { type: "orders", orders: [], cid: latest().of("get_orders")[0]?.["cid"] },
    { type: "positions", positions: [], cid: latest().of("get_positions")[0]?.["cid"] },
  ];
  latest().say(...answers());
  expect(bo.isReady).toBe(true);
  latest().onclose?.({ code: 1012, reason: "" });
  expect(bo.isReady).toBe(false);
  vi.advanceTimersByTime(2_500);
  welcome({ resumed: true });
  latest().say(...answers());
  expect(told).toEqual(["ready", "down", "ready"]);
  bo.leave();
});

test("a removed user does not come back, and asks in vain", async () => {
  const bo = await joined();
  const reasons: string[] = [];
  bo.on("ended", (reason) => reasons.push(reason));
  latest().onclose?.({ code: 4003, reason: "" });
  vi.advanceTimersByTime(60_000);
  expect([sockets.length, reasons]).toEqual([1, ["kicked"]]);
  expect(await bo.ask("get_pnl", {})).toMatchObject({ ok: false, code: "GONE" });
});

test("a refused join tells why", async () => {
  const bo = client({ name: "Taken" });
  const answer = bo.join();
  latest().onopen?.();
  latest().say({ type: "error", code: "NAME_TAKEN", message: "Choose another.", op: "join" });
  expect(await answer).toEqual({ ok: false, code: "NAME_TAKEN", message: "Choose another." });
});
