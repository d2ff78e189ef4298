/**
 * The exchange of a component test: the real game with its engine, in the page instead of on a server. Programs trade
 * by calls, pages over lines that replace WebSockets. Messages that fall due later are sent at once: no test waits for
 * them.
 */

import * as v from "valibot";
import { WasmEngine } from "#engine/wasm-engine.ts";
import { Room } from "#game/room.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Outbox } from "#game/outbox.ts";
import { handsOut, withSecret } from "#game/people/handing-out.ts";
import { drawn } from "#game/rounds/drawing.ts";
import { bookView, instrumentView } from "#game/views/messages.ts";
import {
  debriefPath,
  limits,
  requestSchemas,
  type Instrument,
  type LastSetup,
  type LensSetting,
  type Message,
  type MessageType,
  type Op,
  type Request,
  type Role,
  type StartSetting,
} from "#protocol";
import engineUrl from "../../../../engine-wasm/dist/engine.wasm?url";

const engineModule = await WebAssembly.compileStreaming(fetch(engineUrl));
/** Most flushes in a row: a feed that never runs dry is a fault. */
const mostFlushes = 100;

export const roomCode = "ACDEFG";
export const hostToken = "host-token";
const hashOf = (secret: string | undefined) => (secret === undefined ? null : `hash ${secret}`);

const pong = ({ timestamp }: Request<"ping">): Message<"pong"> => ({
  type: "pong",
  ...(timestamp !== undefined && { timestamp }),
  server_time: Date.now(),
});

type Fields<O extends Op> = Omit<Request<O>, "op">;
type Listing = Fields<"add_instrument">;

/** The client's end of a connection. */
export interface Line {
  userId: number;
  role: Role | null;
  depth: number;
  hear(message: Message): void;
  close(code: number, reason: string): void;
}

export interface ExchangeSettings {
  lens?: LensSetting;
  onDisconnect?: "keep" | "cancel";
  passcode?: string;
  name?: string;
  start?: StartSetting;
}

export class Exchange {
  /** Drawn for each round. */
  seed = "5eed".repeat(16);
  /** The game that the room was made with. */
  setup: LastSetup = { setup: null, format: null };
  readonly room: Room;
  /** The journal. */
  readonly entries: readonly JournalEntry[];
  readonly #lines = new Map<number, Line>();
  #connections = 0;
  #secrets = 0;
  #host: Program | null = null;

  constructor({
    lens = "off",
    onDisconnect = "keep",
    passcode,
    name = "",
    start = "open",
  }: ExchangeSettings = {}) {
    const entries: JournalEntry[] = [];
    this.entries = entries;
    const journal = {
      append: (entry: JournalEntry) => void entries.push(structuredClone(entry)),
      read: (n: number) => entries[n - 1] ?? null,
      fullness: 0,
    };
    this.room = new Room(WasmEngine.create(engineModule), journal, this.#outbox());
    this.room.create(
      {
        op: "$create",
        room: roomCode,
        sessionId: "session",
        name,
        template: "empty",
        settings: { onDisconnect, lens, start },
        hostTokenHash: `hash ${hostToken}`,
        passcodeHash: hashOf(passcode),
        openHost: true,
      },
      Date.now(),
    );
  }

  /** The host's program, made when it is first used. It sets limits so high that no test reaches them. */
  get host(): Program {
    if (this.#host === null) {
      this.#host = this.program("Exchange", "exchange");
      const most = { max_open_orders: 10_000, max_position: 1_000_000 };
      this.#host.ask("set_limits", { orders_per_sec: 1_000, ...most });
    }
    return this.#host;
  }

  /** A user who trades by calls. */
  program(name: string, role: Role = "trader"): Program {
    const program = new Program(this);
    program.ask("join", { name, role, ...(role === "exchange" && { host_token: hostToken }) });
    return program;
  }

  list(symbol: string, more: Partial<Listing> = {}): number {
    const listed = this.host.ask("add_instrument", {
      ...{ symbol, type: "SCALAR", tick_size: 1 },
      ...more,
    } as Listing);
    if (listed.type !== "instrument_added") throw new Error(JSON.stringify(listed));
    return listed.inst;
  }

  /** Lists a call and a put of tick 0.5 at each strike, in this order. */
  listStrip(underlying: number, symbol: string, strikes: readonly number[]): void {
    for (const strike of strikes)
      for (const type of ["CALL", "PUT"] as const)
        this.list(`${symbol} ${strike}${type[0]}`, {
          ...{ type, reference_id: underlying, strike, tick_size: 0.5 },
        });
  }

  /** Prices and quantities of a book, best first. */
  book(inst: number): Pick<Message<"md_inc">, "bids" | "asks"> {
    const { bids, asks } = bookView(this.room.context, "md_inc", inst, 50, Date.now());
    return { bids, asks };
  }

  get instruments(): Instrument[] {
    const { context } = this.room;
    return context.state.instruments.map((instrument) => instrumentView(context, instrument));
  }

  userId(name: string): number {
    for (const user of this.room.state.users.values()) if (user.name === name) return user.userId;
    throw new Error(`nobody is called ${name}`);
  }

  /** A user's positions by instrument; without those that are flat. */
  held(name: string): Record<number, number> {
    const answer = this.host.ask("get_positions", {}) as Message<"positions">;
    const userId = this.userId(name);
    const open = answer.positions.filter((one) => one.user_id === userId && one.qty !== 0);
    return Object.fromEntries(open.map(({ inst, qty }) => [inst, qty]));
  }

  // Lines

  connect(line: Line): number {
    this.#lines.set(++this.#connections, line);
    return this.#connections;
  }

  gone(connection: number): void {
    const line = this.#lines.get(connection);
    if (!this.#lines.delete(connection) || line === undefined || line.userId === 0) return;
    const others = [...this.#lines.values()].filter((one) => one.userId === line.userId).length;
    this.room.presence(line.userId, others, Date.now());
    this.#flush();
  }

  /** Takes a frame of a connection. */
  receive(connection: number, frame: object): void {
    const line = this.#lines.get(connection);
    if (line === undefined) return;
    const { op } = frame as { op: Op };
    const request = v.parse(requestSchemas[op], frame) as Request;
    if (request.op === "ping") line.hear(pong(request));
    else if (request.op === "join") this.#join(connection, line, request);
    else this.#request(connection, line, request);
    this.#flush();
  }

  #request(connection: number, { userId, depth }: Line, request: Request): void {
    const now = Date.now();
    if (!handsOut(request)) {
      const whole = drawn(this.room.state, request, () => this.seed);
      return this.room.request(userId, connection, depth, whole, now);
    }
    const secret = String(100_000 + ++this.#secrets);
    const made = [{ secret, hash: `hash ${secret}` }];
    const asked = withSecret(this.room.state, request, made, `${location.origin}/r/${roomCode}`);
    this.room.request(userId, connection, depth, asked.request, now, asked.reveal);
  }

  #join(connection: number, line: Line, request: Request<"join">): void {
    const token = `token ${connection}`;
    line.depth = request.depth ?? limits.depthDefault;
    const user = this.room.join(
      {
        request,
        resumeHash: hashOf(request.resume_token),
        hostHash: hashOf(request.host_token),
        passcodeHash: hashOf(request.passcode),
        seatHash: hashOf(request.seat_code),
        fresh: { token, hash: `hash ${token}` },
        freshHost: { token: `host ${token}`, hash: `hash host ${token}` },
        isRepeatable: false,
      },
      connection,
      Date.now(),
    );
    if ("code" in user) {
      const { code, message } = user;
      line.hear({
        type: "error",
        op: "join",
        code,
        message,
        ...(request.cid && { cid: request.cid }),
      });
      return;
    }
    Object.assign(line, { userId: user.userId, role: user.role });
  }

  /** Sends all messages, also those that are due later. */
  #flush(): void {
    let due: number | null = Date.now();
    for (let count = 0; due !== null; count++) {
      if (count > mostFlushes) throw new Error("The feeds come to no end.");
      this.room.tick(due);
      due = this.room.feedDueMs;
    }
  }

  #outbox(): Outbox {
    const to = (fits: (line: Line) => boolean, message: Message, except?: number) => {
      for (const [connection, line] of this.#lines)
        if (line.userId !== 0 && connection !== except && fits(line)) line.hear(message);
    };
    return {
      isBehind: () => false,
      toConnection: (connection, message) => this.#lines.get(connection)?.hear(message),
      toUser: (userId, message, except) => to((line) => line.userId === userId, message, except),
      toRole: (role, message, except) => to((line) => line.role === role, message, except),
      toAll: (message, except) => to(() => true, message, except),
      book: (inst) => {
        for (const line of this.#lines.values())
          if (line.userId !== 0)
            line.hear(bookView(this.room.context, "md_inc", inst, line.depth, Date.now()));
      },
      disconnect: (userId, code, reason, except) => {
        for (const [connection, line] of [...this.#lines])
          if (line.userId === userId && connection !== except) {
            this.#lines.delete(connection);
            line.close(code, reason);
          }
      },
      exportFiles() {},
      archive() {},
      debriefUrl: () => debriefPath("session", "class-key"),
    };
  }
}

/** A trader or host that sends requests by calls, and gets each reply at once. */
export class Program implements Line {
  readonly inbox: Message[] = [];
  userId = 0;
  role: Role | null = null;
  depth: number = limits.depthDefault;
  readonly #exchange: Exchange;
  readonly #connection: number;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#connection = exchange.connect(this);
  }

  /** @returns the reply; throws if there is none */
  ask<O extends Op>(op: O, fields: Fields<O>): Message {
    const start = this.inbox.length;
    const cid = `program ${this.#connection} ${start} ${Math.random()}`;
    this.#exchange.receive(this.#connection, { op, cid, ...fields });
    const reply = this.inbox.slice(start).find((one) => "cid" in one && one.cid === cid);
    if (reply === undefined) throw new Error(`no reply to ${op}`);
    if (op === "join" && reply.type !== "join_ack") throw new Error(JSON.stringify(reply));
    return reply;
  }

  all<T extends MessageType>(type: T): Message<T>[] {
    return this.inbox.filter((message) => message.type === type) as Message<T>[];
  }

  hear(message: Message): void {
    this.inbox.push(message);
  }

  close(): void {}

  leave(): void {
    this.#exchange.gone(this.#connection);
  }
}
