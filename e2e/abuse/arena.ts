/**
 * Tools of an attack: raw sockets, clients that read nothing, requests, rooms of its own, and its end. Runs in the
 * attackers' process; knows no attack.
 */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { WebSocket } from "ws";
import type { Message, Role } from "#protocol";
import { RawSocket } from "../support/hostile/raw-socket.ts";
import { WireRoom } from "../support/wire-room.ts";

/** An attack: a name for the table, and the code that runs until the arena's time is over. */
export interface Attack {
  name: string;
  /** Prepares unmeasured, then attacks: with the arena's `begin`, `loop` or `flood`. */
  run: (arena: Arena) => Promise<void>;
  /** Acts that it does even on a slow machine: an attack that did nothing proves nothing. Default 1. */
  least?: number;
}

export interface Terms {
  base: string;
  /** Code of the room that behaves well. */
  good: string;
  seconds: number;
  /** Acts without which the attack does not end. */
  least: number;
}

/** Longest time beyond an attack's own for its least number of acts: the test says then that there were too few. */
const graceMs = 30_000;

/** Unsent bytes of a socket at which the attacker waits: its own memory is not the one under test. */
const aheadBytes = 256 * 1_024;

export class Arena {
  readonly base: string;
  readonly good: string;
  readonly seconds: number;
  /** Requests, frames or connections of the attack. */
  acts = 0;
  readonly #least: number;
  #endsAt = Infinity;
  readonly #started: () => void;
  readonly #closing: (() => void)[] = [];

  /** @param started is called when preparation is over */
  constructor({ base, good, seconds, least }: Terms, started: () => void) {
    this.base = base;
    this.good = good;
    this.seconds = seconds;
    this.#least = least;
    this.#started = started;
  }

  /** Ends the preparation: from now on acts count. */
  begin(): void {
    if (this.#endsAt !== Infinity) return;
    this.#endsAt = performance.now() + this.seconds * 1_000;
    this.acts = 0;
    this.#started();
  }

  /** True when the time is over and the attack has done enough, or has had its grace. */
  get isOver(): boolean {
    const overMs = performance.now() - this.#endsAt;
    return overMs >= graceMs || (overMs >= 0 && this.acts >= this.#least);
  }

  /** Closes everything that the attack has opened. */
  end(): void {
    for (const close of this.#closing.splice(0)) close();
  }

  /** Repeats the act until the time is over, so many at once. Failures are part of an attack. */
  async loop(act: (n: number) => unknown, { everyMs = 0, atOnce = 1 } = {}): Promise<void> {
    this.begin();
    let count = 0;
    const one = async () => {
      while (!this.isOver) {
        try {
          await act(count++);
          this.acts++;
        } catch {
          // Refused, cut or too late: the attacker tries again.
        }
        await pause(everyMs);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  }

  /** Sends as many frames as the sockets take, from all of them in turn, until the time is over. */
  async flood(sockets: WebSocket[], frame: (n: number) => string | object): Promise<void> {
    this.begin();
    for (let n = 0; !this.isOver;) {
      let sent = 0;
      for (const socket of sockets)
        for (let burst = 0; burst < 20 && takes(socket); burst++, sent++) say(socket, frame(n++));
      this.acts += sent;
      await pause(sent === 0 ? 5 : 0);
    }
  }

  /** Opens a raw WebSocket. @param path by default of the room that behaves well */
  async raw(path = `/ws/${this.good}`, from = "127.0.0.2"): Promise<RawSocket> {
    const raw = await RawSocket.open(this.base, path, from);
    this.#closing.push(() => raw.end());
    return raw;
  }

  /** Opens a bare TCP line and sends these bytes. */
  line(bytes: string | Buffer, from = "127.0.0.2"): Socket {
    const { port, hostname } = new URL(this.base);
    const line = connect({ port: Number(port), host: hostname, localAddress: from });
    line.on("error", () => {});
    line.write(bytes);
    this.#closing.push(() => line.destroy());
    return line;
  }

  /** Sends a raw request. @returns the first data that comes back */
  async ask(bytes: string, from?: string): Promise<string> {
    const line = this.line(bytes, from);
    const answer = await new Promise<string>((resolve) => {
      line.once("data", (chunk) => resolve(String(chunk)));
      line.once("close", () => resolve(""));
      setTimeout(() => resolve(""), 2_000);
    });
    line.destroy();
    return answer;
  }

  /** Opens a WebSocket whose messages are dropped. After a flood of its address the first may have waited too long. */
  async socket(path = `/ws/${this.good}`, from = "127.0.0.2"): Promise<WebSocket> {
    return this.#socket(path, from).catch(() => this.#socket(path, from));
  }

  async #socket(path: string, from: string): Promise<WebSocket> {
    const socket = new WebSocket(this.base.replace("http", "ws") + path, { localAddress: from });
    this.#closing.push(() => socket.terminate());
    socket.on("error", () => {});
    await Promise.race([once(socket, "open"), once(socket, "close").then(fail)]);
    return socket;
  }

  /** Joins. @returns the socket and its user */
  async seat(
    path: string,
    join: { name: string; role?: Role; room?: string } & Record<string, unknown>,
    from?: string,
  ): Promise<AttackerSeat> {
    const socket = await this.socket(path, from);
    say(socket, { op: "join", role: "trader", ...join });
    const ack = await answerOf(socket, "join_ack");
    return { socket, userId: Number(ack["user_id"]), token: String(ack["resume_token"]) };
  }

  /** Makes a room of the attackers, with a scalar of tick 1 and the highest limits. */
  async ownRoom(traders = 1, way: "/ws" | "/ws/{room}" = "/ws/{room}"): Promise<OwnRoom> {
    const room = await WireRoom.make(this.base, {}, way);
    const named = { host_token: room.hostToken, ...room.named };
    const host = await this.seat(room.path, { name: "Boss", role: "exchange", ...named });
    say(host.socket, { op: "add_instrument", symbol: "X", type: "SCALAR", tick_size: 1 });
    const most = { orders_per_sec: 1_000, max_open_orders: 10_000, max_position: 1_000_000 };
    say(host.socket, { op: "set_limits", ...most });
    await answerOf(host.socket, "limits");
    const seats: AttackerSeat[] = [];
    for (let n = 0; n < traders; n++)
      seats.push(await this.seat(room.path, { name: `mallory ${n}`, ...room.named }));
    return { room, host, seats, sockets: seats.map(({ socket }) => socket) };
  }

  /** Sends so many orders, which rest or trade in the room. */
  async fill({ sockets }: OwnRoom, orders: number, order: (n: number) => object): Promise<void> {
    for (let n = 0; n < orders; n++) {
      const socket = sockets[n % sockets.length]!;
      while (!takes(socket)) await pause(5);
      say(socket, order(n));
    }
    // The reply to each socket's last request proves that all before it are done.
    for (const socket of sockets) await moneyOf(socket);
  }
}

export interface AttackerSeat {
  socket: WebSocket;
  userId: number;
  token: string;
}

export interface OwnRoom {
  room: WireRoom;
  host: AttackerSeat;
  seats: AttackerSeat[];
  /** Sockets of the seats. */
  sockets: WebSocket[];
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
}

export function say(socket: WebSocket, frame: string | object): void {
  socket.send(typeof frame === "string" ? frame : JSON.stringify(frame), () => {});
}

function takes({ readyState, bufferedAmount }: WebSocket): boolean {
  return readyState === WebSocket.OPEN && bufferedAmount < aheadBytes;
}

/** The next message of that type that `isMeant`. @throws if the join is refused, or none comes */
export async function answerOf(
  socket: WebSocket,
  type: Message["type"],
  isMeant: (message: Record<string, unknown>) => boolean = () => true,
  withinMs = 60_000,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const finish = (then: () => void) => {
      clearTimeout(timer);
      socket.off("message", hear).off("close", gone);
      then();
    };
    const gone = () => finish(() => reject(new Error(`closed before ${type}`)));
    const timer = setTimeout(() => finish(() => reject(new Error(`no ${type}`))), withinMs);
    const hear = (data: Buffer) => {
      const text = String(data);
      const isError = type === "join_ack" && text.startsWith('{"type":"error"');
      if (!text.includes(`"type":"${type}"`) && !isError) return;
      const message = JSON.parse(text) as Record<string, unknown>;
      if (isError) finish(() => reject(new Error(text)));
      else if (isMeant(message)) finish(() => resolve(message));
    };
    socket.on("message", hear);
    socket.once("close", gone);
  });
}

/** P&L of the seat, once all requests sent before are done. */
export async function moneyOf(socket: WebSocket): Promise<number> {
  const asked = new Set<unknown>();
  const ask = () => {
    const cid = `money ${performance.now()}`;
    asked.add(cid);
    say(socket, { op: "get_pnl", cid });
  };
  ask();
  // Asks again: behind a flood of orders the first may be refused for its rate.
  const timer = setInterval(ask, 2_000);
  try {
    const answer = await answerOf(socket, "pnl", ({ cid }) => asked.has(cid), 150_000);
    return Number(answer["pnl"]);
  } finally {
    clearInterval(timer);
  }
}

function fail(): never {
  throw new Error("refused");
}
