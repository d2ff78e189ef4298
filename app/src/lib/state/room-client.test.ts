import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message, Request } from "#protocol";
import { overWebSocket } from "#lib/net/transport.ts";
import { RoomClient } from "./room-client.svelte.ts";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: (Request & { cid: string })[] = [];

  constructor() {
    FakeSocket.all.push(this);
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data) as Request & { cid: string });
  }
  close(): void {}

  hear(...messages: unknown[]): void {
    this.onmessage?.({ data: JSON.stringify(messages) });
    vi.advanceTimersByTime(200);
  }
  /** Opens the line and accepts the join. */
  welcome(over: object = {}): void {
    this.onopen?.();
    const seat = { type: "join_ack", user_id: 7, name: "Ana", role: "trader", resume_token: "t" };
    const empty = { users: [], instruments: [], trades: [], fills: [], news: [], limits: null };
    this.hear({ ...seat, ...empty, session: null, server_time: Date.now(), ...over });
  }
  ops(): string[] {
    return this.sent.map((request) => request.op).filter((op) => op !== "ping");
  }
}

function newest(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (socket === undefined) throw new Error("no socket");
  return socket;
}

let room: RoomClient;
let reply: Message | null;
let cid: string;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, 16));
  vi.stubGlobal("cancelAnimationFrame", (timer: number) => clearTimeout(timer));
  FakeSocket.all = [];
  reply = null;
  room = new RoomClient("ROOM", overWebSocket("ws://here"));
  void room.join({ name: "Ana" });
  newest().welcome();
  void room
    .send({ op: "order_new", inst: 1, side: "buy", qty: 5, price: 10 })
    .then((message) => (reply = message));
  cid = newest().sent.at(-1)?.cid ?? "";
});
afterEach(() => {
  room.leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Drops the line before the order is answered, and brings it back. */
async function dropFor(ms: number): Promise<void> {
  newest().onclose?.({ code: 1006, reason: "" });
  await vi.advanceTimersByTimeAsync(ms);
  newest().welcome();
}

test("an order unanswered when the line dropped is sent again under its cid", async () => {
  await dropFor(3_000);
  expect(newest().sent.filter(({ op }) => op === "order_new")).toMatchObject([{ cid, qty: 5 }]);
  expect(room.pending).toMatchObject([{ cid, state: "unacknowledged" }]);
  const took = { order_id: 3, inst: 1, side: "buy", price: 10, qty: 5, leaves: 5, filled: 0 };
  newest().hear({
    type: "order_ack",
    ...took,
    status: "open",
    duplicate: true,
    ts: 1,
    seq: 9,
    cid,
  });
  await vi.advanceTimersByTimeAsync(20);
  expect(room.pending).toEqual([]);
  expect(room.ordersIn(1)).toHaveLength(1);
  expect(reply).toMatchObject({ type: "order_ack", order_id: 3 });
});

test("an order given while the line is down is never sent", async () => {
  newest().onclose?.({ code: 1006, reason: "" });
  const refused = await room.send({ op: "order_new", inst: 1, side: "sell", qty: 7, price: 10 });
  expect(refused).toMatchObject({ type: "error" });
  await vi.advanceTimersByTimeAsync(3_000);
  newest().welcome();
  expect(newest().sent.filter(({ op }) => op === "order_new")).toMatchObject([{ cid, qty: 5 }]);
});

test("an order of a while ago is asked for, not sent again", async () => {
  await dropFor(30_000);
  expect(newest().ops()).toContain("get_orders");
  expect(newest().ops()).not.toContain("order_new");
  expect(room.pending).toMatchObject([{ cid, state: "unacknowledged" }]);
});

test("what the exchange holds under its cid lives", async () => {
  await dropFor(30_000);
  const order = { order_id: 3, inst: 1, side: "buy", price: 10, qty: 5, leaves: 5, filled: 0, cid };
  newest().hear({ type: "orders", orders: [order] });
  await vi.advanceTimersByTimeAsync(1);
  expect(room.pending).toEqual([]);
  expect(room.ordersIn(1)).toHaveLength(1);
  expect(reply).toMatchObject({ type: "orders" });
});

test("what it does not hold was not sent, and goes again only when asked", async () => {
  await dropFor(30_000);
  newest().hear({ type: "orders", orders: [] });
  await vi.advanceTimersByTimeAsync(1);
  expect(reply).toMatchObject({ type: "error" });
  expect(room.pending).toMatchObject([{ cid, state: "unsent" }]);
  expect(newest().ops()).not.toContain("order_new");
  room.sendAgain(cid);
  expect(newest().sent.at(-1)).toMatchObject({ op: "order_new", qty: 5, price: 10 });
  expect(newest().sent.at(-1)?.cid).not.toBe(cid);
  expect(room.pending).toMatchObject([{ state: "sent" }]);
});

test("a join that is not answered is repeated under the same cid, another join and a comeback are not", async () => {
  const joinOf = (socket: FakeSocket) => socket.sent.find(({ op }) => op === "join");
  const other = new RoomClient("ROOM", overWebSocket("ws://here"));
  void other.join({ name: "Bo", role: "trader" });
  newest().onopen?.();
  const first = joinOf(newest());
  expect(first?.cid).toMatch(/^[0-9a-f]{32}$/);
  newest().onclose?.({ code: 1006, reason: "" });
  await vi.advanceTimersByTimeAsync(3_000);
  newest().welcome({ duplicate: true, cid: first?.cid });
  expect(joinOf(newest())).toEqual(first);
  expect(other.connection.state).toBe("online");
  await dropFor(3_000);
  expect(joinOf(newest())).toMatchObject({ resume_token: "t" });
  expect(joinOf(newest())).not.toHaveProperty("cid");
  other.leave();

  void other.join({ name: "Bo", role: "trader" });
  newest().onopen?.();
  expect(joinOf(newest())?.cid).toMatch(/^[0-9a-f]{32}$/);
  expect(joinOf(newest())?.cid).not.toBe(first?.cid);
  other.leave();
});
