import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "#protocol";
import { RoomSocket, type SocketHooks, type SocketLike } from "./socket.ts";

class FakeSocket implements SocketLike {
  readyState = 1;
  onopen: SocketLike["onopen"] = null;
  onclose: SocketLike["onclose"] = null;
  onmessage: SocketLike["onmessage"] = null;
  sent: string[] = [];
  closedWith: number | undefined | null = null;
  send(data: string) {
    this.sent.push(data);
  }
  close(code?: number) {
    this.closedWith = code;
  }
  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let sockets: FakeSocket[] = [];
let log: string[] = [];
let received: Message[] = [];
const hooks: SocketHooks = {
  join: () => ({ op: "join", resume_token: "t" }),
  messages: (messages) => void received.push(...messages),
  connecting: () => void log.push("connecting"),
  online: () => void log.push("online"),
  dropped: () => void log.push("dropped"),
  latency: () => undefined,
  silent: (since) => void log.push(since === null ? "speaks" : "silent"),
  ended: (reason, code) => void log.push(`ended ${reason} ${code}`),
};

function start(): RoomSocket {
  const socket = new RoomSocket("ws://x", hooks, () => {
    const fake = new FakeSocket();
    sockets.push(fake);
    return fake;
  });
  socket.start();
  return socket;
}
const latest = () => sockets.at(-1) as FakeSocket;
function welcome() {
  latest().onopen?.();
  latest().say([{ type: "join_ack" }]);
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  log = [];
  received = [];
});
afterEach(() => void vi.useRealTimers());

test("joins, then hands on batches and single frames", () => {
  start();
  welcome();
  latest().say({ type: "news", text: "x" });
  expect(JSON.parse(latest().sent[0] ?? "")).toMatchObject({ op: "join", resume_token: "t" });
  expect(received.map((message) => message.type)).toEqual(["join_ack", "news"]);
  expect(log).toEqual(["connecting", "online"]);
});

test("comes back within three seconds, however often it failed", () => {
  start();
  for (let tries = 0; tries < 8; tries++) {
    latest().onclose?.({ code: 1006, reason: "" });
    const before = sockets.length;
    vi.advanceTimersByTime(2_500);
    expect(sockets.length).toBe(before + 1);
  }
});

test("a line that went silent is told of, then given up", () => {
  start();
  welcome();
  vi.advanceTimersByTime(2_600);
  expect(log).toEqual(["connecting", "online", "silent"]);
  vi.advanceTimersByTime(12_000);
  expect(log.slice(2, 4)).toEqual(["silent", "dropped"]);
  welcome();
  expect(log.slice(4)).toEqual(["connecting", "online"]);
});

test("silence ends with the first word, and is told once only", () => {
  start();
  welcome();
  vi.advanceTimersByTime(2_600);
  latest().say({ type: "news", text: "x" });
  latest().say({ type: "news", text: "y" });
  expect(log).toEqual(["connecting", "online", "silent", "speaks"]);
});

test("a browser without a network is told as silence at once, once the line is joined", () => {
  const socket = start();
  socket.suspect();
  welcome();
  latest().say({ type: "pong", server_time: 0 });
  socket.suspect();
  expect(log).toEqual(["connecting", "online", "silent"]);
  latest().say({ type: "pong", server_time: 0 });
  expect(log).toEqual(["connecting", "online", "silent", "speaks"]);
});

test("a line that answers pings stays", () => {
  start();
  welcome();
  for (let beat = 0; beat < 20; beat++) {
    latest().say({ type: "pong", server_time: 0 });
    vi.advanceTimersByTime(2_500);
  }
  expect(log).toEqual(["connecting", "online"]);
});

test("a background tab whose timers hardly run is not taken for a dead line", () => {
  start();
  welcome();
  latest().say({ type: "pong", server_time: 0 });
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(2_500);
  expect(log).toEqual(["connecting", "online"]);
});

test("another tab or the host ends it, and it does not fight back", () => {
  start();
  welcome();
  latest().onclose?.({ code: 4001, reason: "" });
  vi.advanceTimersByTime(60_000);
  expect(log.at(-1)).toBe("ended superseded null");
  expect(sockets.length).toBe(1);
});

test("a refusal to join ends it with its code; a fault of the server does not", () => {
  start();
  latest().onopen?.();
  latest().say({ type: "error", op: "join", code: "INTERNAL", message: "" });
  expect(log.at(-1)).toBe("dropped");
  vi.advanceTimersByTime(3_000);
  latest().say({ type: "error", op: "join", code: "NAME_TAKEN", message: "" });
  expect(log.at(-1)).toBe("ended refused NAME_TAKEN");
});

test("nothing is sent while the line is down", () => {
  const socket = start();
  expect(socket.send({ op: "get_orders" })).toBe(false);
  welcome();
  expect(socket.send({ op: "get_orders" })).toBe(true);
});

test("a nudge tries at once, and a late close of the old socket is not heard", () => {
  const socket = start();
  welcome();
  const old = latest();
  const oldClose = old.onclose;
  oldClose?.({ code: 1006, reason: "" });
  socket.nudge();
  welcome();
  expect(old.onclose).toBeNull();
  expect(log).toEqual(["connecting", "online", "dropped", "connecting", "online"]);
});
