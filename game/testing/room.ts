/** A room in memory for tests: the real engine, a journal in an array, and an inbox for each connection. */

import { readFileSync } from "node:fs";
import { WasmEngine } from "#engine/wasm-engine.ts";
import {
  limits,
  requestSchemas,
  type LensSetting,
  type PlaySettings,
  type Message,
  type MessageType,
  type Op,
  type Request,
  type Role,
  type StartSetting,
} from "#protocol";
import * as v from "valibot";
import type { JournalPort, JournalEntry } from "../journal/entry.ts";
import type { Engines } from "../journal/waking.ts";
import type { Outbox } from "../outbox.ts";
import type { JoinAttempt } from "../people/attempt.ts";
import { handsOut, withSecret, type HandingOutOp, type MadeSecret } from "../people/handing-out.ts";
import { Room } from "../room.ts";
import { drawn } from "../rounds/drawing.ts";
import { bookView } from "../views/messages.ts";

const engineModule = new WebAssembly.Module(
  readFileSync(new URL("../../engine-wasm/dist/engine.wasm", import.meta.url)),
);
export const newEngine = () => WasmEngine.create(engineModule);
/** Makes the engines of rooms in Node, from the same module as those in workerd. */
export const nodeEngines: Engines = {
  create: newEngine,
  restore: (snapshot) => WasmEngine.restore(engineModule, snapshot),
};

export class MemoryJournal implements JournalPort {
  readonly entries: JournalEntry[] = [];
  fullness = 0;
  append(entry: JournalEntry): void {
    this.entries.push(structuredClone(entry));
  }
  read(n: number): JournalEntry | null {
    return this.entries[n - 1] ?? null;
  }
}

type Fields<O extends Op> = Omit<Request<O>, "op">;

/** A user of a test room: `ask` sends a request and returns the messages that this user gets in that turn. */
export class TestUser {
  readonly inbox: Message[] = [];
  readonly connection: number;
  userId = 0;
  token = "";
  readonly #room: TestRoom;

  constructor(room: TestRoom, connection: number) {
    this.#room = room;
    this.connection = connection;
  }

  ask<O extends Op>(op: O, fields: Fields<O>): Message[] {
    const start = this.inbox.length;
    const request = v.parse(requestSchemas[op], { op, ...fields }) as Request<O>;
    this.#room.request(this, request);
    this.#room.room.tick(this.#room.now);
    return this.inbox.slice(start);
  }

  /** The first message that `ask` brings. */
  reply<O extends Op>(op: O, fields: Fields<O>): Message {
    const [first] = this.ask(op, fields);
    if (first === undefined) throw new Error(`no reply to ${op}`);
    return first;
  }

  last<T extends MessageType>(type: T): Message<T> {
    const found = this.inbox.findLast((message) => message.type === type);
    if (found === undefined) throw new Error(`never got ${type}`);
    return found as Message<T>;
  }

  all<T extends MessageType>(type: T): Message<T>[] {
    return this.inbox.filter((message) => message.type === type) as Message<T>[];
  }
}

export class TestRoom {
  /** Whether messages wait that could not leave yet. */
  isBehind = false;
  now = 1_000_000;
  /** Drawn for each round. */
  seed = "5eed".repeat(16);
  readonly journal = new MemoryJournal();
  readonly users: TestUser[] = [];
  readonly roles = new Map<number, Role>();
  readonly disconnected: { userId: number; code: number }[] = [];
  archived = 0;
  readonly #secrets = new Map<string, number>();
  room: Room;

  constructor(
    create: {
      passcodeHash?: string;
      template?: "empty" | "options";
      onDisconnect?: "keep" | "cancel";
      lens?: LensSetting;
      markLots?: number;
      play?: Partial<PlaySettings>;
      start?: StartSetting;
      openHost?: boolean;
    } = {},
  ) {
    this.room = new Room(newEngine(), this.journal, this.#outbox());
    this.room.create(
      {
        op: "$create",
        room: "TESTAA",
        sessionId: "session-1",
        name: "Test",
        template: create.template ?? "empty",
        settings: {
          onDisconnect: create.onDisconnect ?? "keep",
          ...(create.lens && { lens: create.lens }),
          ...(create.play && { play: create.play }),
          ...(create.markLots && { markLots: create.markLots }),
          ...(create.start && { start: create.start }),
        },
        hostTokenHash: "hash-of-host",
        passcodeHash: create.passcodeHash ?? null,
        openHost: create.openHost ?? true,
      },
      this.now,
    );
  }

  attempt(user: TestUser, request: Omit<Request<"join">, "op">, hashes: Partial<JoinAttempt> = {}) {
    const { cid = "" } = request;
    const isRepeatable = cid.length >= limits.joinCidLength;
    const token = isRepeatable ? `token-of-${cid}` : `token-${user.connection}`;
    const attempt: JoinAttempt = {
      request: { op: "join", ...request },
      resumeHash: request.resume_token === undefined ? null : `hash-of-${request.resume_token}`,
      hostHash: request.host_token === undefined ? null : `hash-of-${request.host_token}`,
      passcodeHash: request.passcode === undefined ? null : `hash-of-${request.passcode}`,
      seatHash: request.seat_code === undefined ? null : `hash-of-${request.seat_code}`,
      fresh: { token, hash: `hash-of-${token}` },
      freshHost: { token: `host-${token}`, hash: `hash-of-host-${token}` },
      isRepeatable,
      ...hashes,
    };
    return this.room.join(attempt, user.connection, this.now);
  }

  /** Joins a new user (or one with a resume token) on a new connection; throws if refused. */
  join(name: string, role: Role = "trader", more: Partial<Request<"join">> = {}): TestUser {
    const user = new TestUser(this, this.users.length + 1);
    this.users.push(user);
    const result = this.attempt(user, { name, role, ...more });
    if ("code" in result) throw new Error(`${result.code}: ${result.message}`);
    user.userId = result.userId;
    user.token = user.last("join_ack").resume_token;
    this.roles.set(result.userId, role);
    return user;
  }

  /** Sends a request; one that hands out a secret has its own made for it, the same under the same `cid`. */
  request(user: TestUser, request: Request): void {
    const { userId, connection } = user;
    if (!handsOut(request)) {
      const complete = drawn(this.room.state, request, () => this.seed);
      return this.room.request(userId, connection, 10, complete, this.now);
    }
    const seed = `${userId} ${request.cid ?? `no ${this.#secrets.size}`}`;
    const number = this.#secrets.get(seed) ?? 731_001 + this.#secrets.size;
    this.#secrets.set(seed, number);
    this.askWith(user, request, [{ secret: `${number}`, hash: `hash-of-${number}` }]);
  }

  /** Sends a request that hands out a secret, with these made for it. @returns its reply */
  askWith(user: TestUser, request: Request<HandingOutOp>, made: MadeSecret[]): Message | undefined {
    const start = user.inbox.length;
    const { userId, connection } = user;
    const asked = withSecret(this.room.state, request, made, "https://game.test/r/TESTAA");
    this.room.request(userId, connection, 10, asked.request, this.now, asked.reveal);
    return user.inbox[start];
  }

  tick(ms: number): void {
    this.now += ms;
    this.room.tick(this.now);
  }

  /** Rebuilds the room from its journal, as after a crash. Nobody is connected. */
  restart(): void {
    const room = new Room(newEngine(), this.journal, this.#outbox());
    for (const entry of this.journal.entries) room.replay(entry);
    this.room = room;
  }

  #outbox(): Outbox {
    const to = (match: (user: TestUser) => boolean, message: Message, except?: number) => {
      for (const user of this.users)
        if (user.userId !== 0 && user.connection !== except && match(user))
          user.inbox.push(message);
    };
    return {
      isBehind: () => this.isBehind,
      toConnection: (connection, message) =>
        this.users.find((one) => one.connection === connection)?.inbox.push(message),
      toUser: (userId, message, except) => to((one) => one.userId === userId, message, except),
      toRole: (role, message, except) =>
        to((one) => this.roles.get(one.userId) === role, message, except),
      toAll: (message, except) => to(() => true, message, except),
      book: (inst) => to(() => true, bookView(this.room.context, "md_inc", inst, 10, this.now)),
      disconnect: (userId, code) => this.disconnected.push({ userId, code }),
      exportFiles() {},
      archive: () => this.archived++,
    };
  }
}
