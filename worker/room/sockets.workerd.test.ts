/** What leaves when, and who is cut: over sockets that only note what is done to them. */

import { afterEach, expect, test } from "vitest";
import { closeCode, limits, type Message } from "#protocol";
import { Sockets } from "./sockets.ts";

class NotedSocket {
  readonly sent: string[] = [];
  closedWith: number | null = null;
  /** Unread bytes, as a platform tells them that knows. */
  bufferedAmount = 0;
  send(text: string): void {
    this.sent.push(text);
  }
  close(code: number): void {
    this.closedWith = code;
  }
  serializeAttachment(): void {}
  deserializeAttachment(): null {
    return null;
  }
}

/** So many traders that read in batches. */
function room(count: number) {
  const context = { getWebSockets: () => [], acceptWebSocket() {} };
  const sockets = new Sockets(context as unknown as DurableObjectState, 0);
  const seats = Array.from({ length: count }, (_, index) => {
    const socket = new NotedSocket();
    const connection = sockets.accept(
      socket as unknown as WebSocket,
      { origin: "", address: "", note: null },
      0,
    );
    sockets.joined(connection, { userId: index + 1, role: "trader", batch: true, depth: 10 });
    return { socket, connection };
  });
  const outbox = sockets.outbox(book, {
    exportFiles() {},
    archive() {},
  });
  return { sockets, seats, outbox };
}

/** Another each time, unless it is held. */
let last = 0;
let isHeld = false;
afterEach(() => {
  isHeld = false;
});
const book = (inst: number): Message<"md_inc"> => ({
  ...{ type: "md_inc", inst, bids: [], asks: [], last: isHeld ? 1 : ++last, ts: 0, seq: 1 },
});
const trade: Message<"trade"> = {
  ...{ type: "trade", inst: 1, price: 1, qty: 1, side: "buy", trade_id: 1, ts: 0, seq: 1 },
};
const pong: Message<"pong"> = { type: "pong", server_time: 1 };
const types = ({ sent }: NotedSocket) =>
  sent.map((frame) => [JSON.parse(frame) as Message | Message[]].flat().map(({ type }) => type));

test("a reader that leaves too much unread for too long is cut, one that catches up is not", () => {
  const { sockets, seats, outbox } = room(3);
  const [idle, slow, fine] = seats.map(({ socket }) => socket) as [
    NotedSocket,
    NotedSocket,
    NotedSocket,
  ];
  const beat = (now: number) => {
    outbox.book(1);
    return sockets.flush(now);
  };
  idle.bufferedAmount = slow.bufferedAmount = limits.backlogBytes + 1;
  fine.bufferedAmount = limits.backlogBytes;
  expect(beat(0).size).toBe(0);
  slow.bufferedAmount = 0;
  expect(beat(limits.backlogGraceMs - 1).size).toBe(0);
  slow.bufferedAmount = limits.backlogBytes + 1;
  expect([...beat(limits.backlogGraceMs)]).toEqual([1]);
  expect(idle.closedWith).toBe(closeCode.slowConsumer);
  expect([slow.closedWith, fine.closedWith]).toEqual([null, null]);
  expect(sockets.size).toBe(2);
});

test("far too much at once is cut at once", () => {
  const { sockets, seats, outbox } = room(2);
  seats[1]!.socket.bufferedAmount = limits.backlogBytesMost + 1;
  outbox.book(1);
  expect([...sockets.flush(0)]).toEqual([2]);
  expect(seats[1]!.socket.closedWith).toBe(closeCode.slowConsumer);
});

test("a beat for many goes in slices; an answer goes at once, with what was before it", () => {
  const { sockets, seats, outbox } = room(100);
  const got = () => seats.filter(({ socket }) => socket.sent.length > 0).length;
  outbox.toAll(trade);
  sockets.flush(0);
  expect(got()).toBe(0);
  outbox.book(1);
  outbox.book(2);
  outbox.toConnection(seats[99]!.connection.id, pong);
  sockets.flush(0);
  expect(got()).toBe(33);
  expect(sockets.dueMs(5)).toBe(5);
  while (sockets.dueMs(0) !== null) sockets.flush(0);
  for (const { socket } of seats.slice(0, 99))
    expect(types(socket)).toEqual([["trade", "md_inc", "md_inc"]]);
  expect(types(seats[99]!.socket)).toEqual([["trade", "md_inc", "md_inc", "pong"]]);
});

test("who is closed has got everything before, whose slice or not", () => {
  const { sockets, seats, outbox } = room(40);
  outbox.book(1);
  sockets.closeAll(closeCode.serviceRestart, "The server restarts: reconnect.");
  sockets.flush(0);
  for (const { socket } of seats) {
    expect(types(socket)).toEqual([["md_inc"]]);
    expect(socket.closedWith).toBe(closeCode.serviceRestart);
  }
  expect(sockets.dueMs(0)).toBeNull();
});

test("a turn that did not happen sends nothing", () => {
  const { sockets, seats, outbox } = room(2);
  outbox.book(1);
  outbox.toAll(pong);
  sockets.discard();
  sockets.flush(0);
  expect(seats.flatMap(({ socket }) => socket.sent)).toEqual([]);
});

test("a book that has come back to what it was is not sent again, and holds no trade back", () => {
  const { sockets, seats, outbox } = room(1);
  const [{ socket, connection }] = seats as [(typeof seats)[0]];
  isHeld = true;
  const beat = () => {
    outbox.book(1);
    sockets.flush(0);
    return types(socket).splice(0);
  };
  expect(beat()).toEqual([["md_inc"]]);
  socket.sent.length = 0;
  expect(beat()).toEqual([]);
  outbox.toAll(trade);
  expect(beat()).toEqual([["trade"]]);
  socket.sent.length = 0;
  // Between two books somebody has got a third.
  outbox.toConnection(connection.id, { ...book(1), type: "snapshot" });
  expect(beat()).toEqual([["snapshot", "md_inc"]]);
});

test("one order that is told to many ten thousand times leaves in portions, by turns, and no turn sends it all", () => {
  const { sockets, seats, outbox } = room(30);
  for (const { connection } of seats) connection.batch = false;
  const told = 10_000;
  for (let n = 0; n < told; n++) outbox.toAll({ ...trade, trade_id: n });
  // To one alone, in the middle of all: it keeps its place.
  outbox.toUser(30, pong);
  for (const { connection } of seats) outbox.book(connection.id);
  const before = seats.map(({ socket }) => socket.sent.length);
  sockets.flush(0);
  const after = seats.map(({ socket }) => socket.sent.length);
  const total = after.reduce((sum, sent, at) => sum + sent - before[at]!, 0);
  expect(total).toBeLessThan(5_000);
  expect(sockets.dueMs(0)).toBeGreaterThan(0);
  const asSent = seats.map(({ socket }) => socket.sent.length);
  sockets.flush(0);
  expect(seats.map(({ socket }) => socket.sent.length)).toEqual(asSent);
  let now = 0;
  for (let turn = 0; sockets.dueMs(now) !== null; turn++) {
    expect(turn).toBeLessThan(20_000);
    now = sockets.dueMs(now)!;
    sockets.flush(now);
  }
  for (const { socket } of seats) {
    const ids = socket.sent
      .map((frame) => JSON.parse(frame) as Message)
      .flatMap((message) => (message.type === "trade" ? [message.trade_id] : []));
    expect(ids).toEqual(Array.from({ length: told }, (_, n) => n));
    expect(socket.closedWith).toBeNull();
  }
});

test("a connection for which far too much waits is cut, and nothing is kept for it", () => {
  const { sockets, seats, outbox } = room(2);
  for (let n = 0; n < 40_000; n++) outbox.toUser(1, { ...trade, trade_id: n });
  expect(seats[0]!.connection.box.own.length).toBeLessThan(33_000);
  sockets.send(seats[1]!.connection, pong);
  const lost = sockets.flush(0);
  expect([...lost]).toEqual([1]);
  expect(seats[0]!.socket.closedWith).toBe(closeCode.slowConsumer);

  expect(types(seats[1]!.socket)).toEqual([["pong"]]);
});
