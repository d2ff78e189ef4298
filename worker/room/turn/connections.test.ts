/** Tests that messages leave in time and slow readers are cut, over lines that only note their calls. */

import { afterEach, expect, test } from "vitest";
import { closeCode, limits, type Message } from "#protocol";
import type { Identity, Line } from "./connection.ts";
import { Connections } from "./connections.ts";
import { FanOut } from "./fan-out.ts";

class NotedLine implements Line<string> {
  readonly sent: string[][] = [];
  readonly kept: (number | null)[] = [];
  closedWith: number | null = null;
  unreadBytes = 0;
  send(texts: readonly string[]): void {
    this.sent.push([...texts]);
  }
  close(code: number): void {
    this.closedWith = code;
  }
  keep(identity: Identity | null): void {
    this.kept.push(identity?.userId ?? null);
  }
}

const encoding = {
  encode: (message: Message) => JSON.stringify(message),
  lengthOf: (text: string) => text.length,
};
const nobody: Identity = {
  ...{ openedAt: 0, origin: "", client: "", switched: null },
  ...{ userId: null, role: null, batch: true, depth: 10 },
};

/** Makes connections of the given number of traders. */
function room(count: number, fanOut = new FanOut()) {
  const connections = new Connections(encoding, fanOut);
  const seats = Array.from({ length: count }, (_, index) => {
    const line = new NotedLine();
    const connection = connections.add(line, nobody, 0);
    connections.joined(connection, index + 1, "trader");
    return { line, connection };
  });
  const outbox = connections.outbox(book, {
    exportFiles() {},
    archive() {},
  });
  return { connections, seats, outbox };
}

/** Rings the timer that the last turn has set. */
function ring(connections: Connections<string>): void {
  connections.rang(connections.burst);
  connections.flush(0);
}

/** Makes another book each time, unless it is held. */
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
const types = ({ sent }: NotedLine) =>
  sent.map((frame) => frame.map((text) => (JSON.parse(text) as Message).type));

test("a reader that leaves too much unread for too long is cut, one that catches up is not", () => {
  const { connections, seats, outbox } = room(3);
  const [idle, slow, fine] = seats.map(({ line }) => line) as [NotedLine, NotedLine, NotedLine];
  const beat = (now: number) => {
    outbox.book(1);
    return connections.flush(now);
  };
  idle.unreadBytes = slow.unreadBytes = limits.backlogBytes + 1;
  fine.unreadBytes = limits.backlogBytes;
  expect(beat(0).size).toBe(0);
  slow.unreadBytes = 0;
  expect(beat(limits.backlogGraceMs - 1).size).toBe(0);
  slow.unreadBytes = limits.backlogBytes + 1;
  expect([...beat(limits.backlogGraceMs)]).toEqual([1]);
  expect(idle.closedWith).toBe(closeCode.slowConsumer);
  expect([slow.closedWith, fine.closedWith]).toEqual([null, null]);
  expect(connections.roster.size).toBe(2);
});

test("far too much at once is cut at once", () => {
  const { connections, seats, outbox } = room(2);
  seats[1]!.line.unreadBytes = limits.backlogBytesMost + 1;
  outbox.book(1);
  expect([...connections.flush(0)]).toEqual([2]);
  expect(seats[1]!.line.closedWith).toBe(closeCode.slowConsumer);
});

test("a beat for many goes in slices; an answer goes at once, with what was before it", () => {
  const { connections, seats, outbox } = room(100);
  const got = () => seats.filter(({ line }) => line.sent.length > 0).length;
  outbox.toAll(trade);
  connections.flush(0);
  expect(got()).toBe(0);
  outbox.book(1);
  outbox.book(2);
  outbox.toConnection(seats[99]!.connection.id, pong);
  connections.flush(0);
  expect(got()).toBe(33);
  expect(connections.dueMs(5)).toBe(5);
  while (connections.dueMs(0) !== null) ring(connections);
  for (const { line } of seats.slice(0, 99))
    expect(types(line)).toEqual([["trade", "md_inc", "md_inc"]]);
  expect(types(seats[99]!.line)).toEqual([["trade", "md_inc", "md_inc", "pong"]]);
});

test("who is closed has got everything before, whose slice or not", () => {
  const { connections, seats, outbox } = room(40);
  outbox.book(1);
  connections.closeAll(closeCode.serviceRestart, "The server restarts: reconnect.");
  connections.flush(0);
  for (const { line } of seats) {
    expect(types(line)).toEqual([["md_inc"]]);
    expect(line.closedWith).toBe(closeCode.serviceRestart);
  }
  expect(connections.dueMs(0)).toBeNull();
});

test("a turn that did not happen sends nothing", () => {
  const { connections, seats, outbox } = room(2);
  outbox.book(1);
  outbox.toAll(pong);
  connections.discard();
  connections.flush(0);
  expect(seats.flatMap(({ line }) => line.sent)).toEqual([]);
});

test("a book that has come back to what it was is not sent again, and holds no trade back", () => {
  const { connections, seats, outbox } = room(1);
  const [{ line, connection }] = seats as [(typeof seats)[0]];
  isHeld = true;
  const beat = () => {
    outbox.book(1);
    connections.flush(0);
    return types(line).splice(0);
  };
  expect(beat()).toEqual([["md_inc"]]);
  line.sent.length = 0;
  expect(beat()).toEqual([]);
  outbox.toAll(trade);
  expect(beat()).toEqual([["trade"]]);
  line.sent.length = 0;
  // Sends somebody a third book between the two.
  const traded = { volume: 0, trades: 0, first: null, high: null, low: null };
  outbox.toConnection(connection.id, { ...book(1), type: "snapshot", ...traded });
  expect(beat()).toEqual([["snapshot", "md_inc"]]);
});

test("who is on a line is kept with it, and nobody once it is closed", () => {
  const { connections, seats } = room(1);
  const [{ line, connection }] = seats as [(typeof seats)[0]];
  connections.close(connection, closeCode.kicked, "You were removed.");
  expect([...connections.flush(0)]).toEqual([1]);
  expect(line.kept).toEqual([1, null]);
  expect(connections.roster.has(connection)).toBe(false);
  expect(connections.remove(connection)).toBe(false);
});

test("one order that is told to many ten thousand times leaves in portions, by turns, and no turn sends it all", () => {
  const { connections, seats, outbox } = room(30);
  for (const { connection } of seats) connection.batch = false;
  const told = 10_000;
  for (let n = 0; n < told; n++) outbox.toAll({ ...trade, trade_id: n });
  // Sends to one alone, in the middle of messages to all: it keeps its place.
  outbox.toUser(30, pong);
  outbox.book(1);
  const sent = () => seats.map(({ line }) => line.sent.flat().length);
  connections.flush(0);
  const first = sent();
  expect(first.reduce((sum, one) => sum + one, 0)).toBeLessThan(200);
  expect(connections.dueMs(0)).toBe(0);
  expect(outbox.isBehind()).toBe(true);
  for (let rings = 0; connections.dueMs(0) !== null; rings++) {
    expect(rings).toBeLessThan(5_000);
    ring(connections);
  }
  expect(outbox.isBehind()).toBe(false);
  for (const { line } of seats) {
    const ids = line.sent
      .flat()
      .map((text) => JSON.parse(text) as Message)
      .flatMap((message) => (message.type === "trade" ? [message.trade_id] : []));
    expect(ids).toEqual(Array.from({ length: told }, (_, n) => n));
    expect(line.closedWith).toBeNull();
  }
});

test("a connection for which far too much waits is cut, and nobody else", () => {
  const { connections, seats, outbox } = room(2);
  for (let n = 0; n < 40_000; n++) outbox.toUser(1, { ...trade, trade_id: n });
  expect(seats[0]!.connection.box.own.length).toBeLessThan(33_000);
  connections.send(seats[1]!.connection, pong);
  expect([...connections.flush(0)]).toEqual([1]);
  expect(seats[0]!.line.closedWith).toBe(closeCode.slowConsumer);
  expect(types(seats[1]!.line)).toEqual([["pong"]]);
});

test("what is said to many reaches those who have joined, of the role and but for the one that is meant", () => {
  const { connections, seats, outbox } = room(2);
  const stranger = new NotedLine();
  connections.add(stranger, nobody, 0);
  const host = new NotedLine();
  connections.joined(connections.add(host, { ...nobody, depth: 50 }, 0), 3, "exchange");
  outbox.toAll(pong, seats[0]!.connection.id);
  outbox.toRole("exchange", pong);
  outbox.book(1);
  connections.flush(0);
  expect(types(seats[0]!.line)).toEqual([["md_inc"]]);
  expect(types(seats[1]!.line)).toEqual([["pong", "md_inc"]]);
  expect(types(host)).toEqual([["pong", "pong", "md_inc"]]);
  expect(stranger.sent).toEqual([]);
});

test("turns that each tell two hundred send a burst and a few frames more, until a timer has rung; answers leave", () => {
  const { connections, seats, outbox } = room(200);
  for (const { connection } of seats) connection.batch = false;
  const sent = () => seats.reduce((sum, { line }) => sum + line.sent.flat().length, 0);
  const tell = () => {
    const before = sent();
    outbox.toAll(pong);
    connections.flush(0);
    return sent() - before;
  };
  const first = tell();
  expect(first).toBeGreaterThan(40);
  expect(first).toBeLessThan(100);
  for (let turn = 0; turn < 20; turn++) expect(tell()).toBe(0);
  // Set in an earlier burst, the timer says nothing of the frames of this one.
  connections.rang(connections.burst - 1);
  expect(tell()).toBe(0);
  const before = sent();
  for (const { connection } of seats.slice(-20)) outbox.toConnection(connection.id, pong);
  connections.flush(0);
  expect(sent() - before).toBeGreaterThanOrEqual(16);
  connections.rang(connections.burst);
  expect(tell()).toBeGreaterThanOrEqual(first);
});

test("a room whose burst another one has spent sends a few frames all the same, once a burst", () => {
  const fanOut = new FanOut();
  const rooms = [room(200, fanOut), room(200, fanOut)] as const;
  const tell = ({ connections, seats, outbox }: (typeof rooms)[0]) => {
    const sent = () => seats.reduce((sum, { line }) => sum + line.sent.flat().length, 0);
    for (const { connection } of seats) connection.batch = false;
    const before = sent();
    outbox.toAll(pong);
    connections.flush(0);
    return sent() - before;
  };
  expect(tell(rooms[0])).toBeGreaterThan(40);
  for (let burst = 0; burst < 3; burst++) {
    const few = tell(rooms[1]);
    expect(few).toBeGreaterThanOrEqual(16);
    expect(few).toBeLessThan(30);
    expect(tell(rooms[1])).toBe(0);
    rooms[0].connections.rang(fanOut.burst);
    rooms[0].connections.flush(0);
  }
});

test("an answer leaves at once, though hundreds wait for their turn", () => {
  const { connections, seats, outbox } = room(400);
  for (const { connection } of seats) connection.batch = false;
  for (let turn = 0; turn < 20; turn++) outbox.toAll(trade);
  outbox.toAll(pong);
  connections.flush(0);
  const last = seats.at(-1)!;
  expect(last.line.sent).toEqual([]);
  outbox.toConnection(last.connection.id, { ...pong, server_time: 2 });
  connections.flush(0);
  while (types(last.line).flat().length < 22) ring(connections);
  const ids = last.line.sent
    .flat()
    .map((text) => (JSON.parse(text) as { server_time?: number }).server_time);
  expect(ids.slice(-2)).toEqual([1, 2]);
});

test("two rooms share a burst: one that fills it leaves the other a few frames a turn", () => {
  const fanOut = new FanOut();
  const [crowd, pair] = [room(400, fanOut), room(2, fanOut)];
  crowd.outbox.toAll(pong);
  crowd.connections.flush(0);
  expect(pair.connections.dueMs(0)).toBeNull();
  pair.outbox.toAll(pong);
  pair.connections.flush(0);
  for (const { line } of pair.seats) expect(types(line)).toEqual([["pong"]]);
  // The pair has set a timer, too, for the burst is spent.
  expect(pair.connections.dueMs(0)).toBe(0);
  pair.connections.rang(pair.connections.burst);
  pair.connections.flush(0);
  expect(pair.connections.dueMs(0)).toBeNull();
});
