/** Clients of a real Worker and its rooms, for the tests that run inside workerd. */

import { evictDurableObject, runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as v from "valibot";
import {
  messageSchemas,
  type CreateRoomBody,
  type Message,
  type MessageType,
  type Op,
  type Request as ClientRequest,
  type Role,
  type RoomCreated,
} from "#protocol";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Env } from "../../env.ts";
import { SqlJournal } from "../storage/journal.ts";
import type { RoomObject } from "../room-object.ts";

export const origin = "https://game.test";

/** The two ways into a room. */
export const addresses = ["/ws/{room}", "/ws"] as const;
export type Address = (typeof addresses)[number];
export const bindings = env as unknown as Env;

const schemas = Object.fromEntries(
  Object.entries(messageSchemas).map(([type, schema]) => [type, v.strictObject(schema.entries)]),
);

export async function makeRoom(body: CreateRoomBody = {}): Promise<RoomCreated> {
  const response = await SELF.fetch(`${origin}/api/rooms`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`POST /api/rooms: ${response.status}`);
  return response.json();
}

export const stubOf = (room: string) => bindings.ROOM.get(bindings.ROOM.idFromName(room));

/** Runs inside the room's object. */
export function inRoom<R>(
  room: string,
  run: (object: RoomObject, state: DurableObjectState) => R | Promise<R>,
): Promise<R> {
  return runInDurableObject<RoomObject, R>(stubOf(room), run);
}

/** Reads the room's stored journal. */
export const entriesOf = (room: string): Promise<JournalEntry[]> =>
  inRoom(room, (_object, state) => [...new SqlJournal(state.storage.sql).entries(1)]);

export const hashOf = (room: string): Promise<string> =>
  inRoom(room, (object) => object.service.room()!.context.engine.stateHash());

export const getFile = (room: string, file: string, bearer?: string): Promise<Response> =>
  SELF.fetch(`${origin}/api/rooms/${room}/files/${file}`, {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });

const realNow = Date.now.bind(Date);
let steppedMs = 0;

/** Steps the wall clock of this isolate. It runs on, and stays stepped for the whole test file. */
export function stepWall(byMs: number): void {
  steppedMs += byMs;
  Date.now = () => realNow() + steppedMs;
}

/** A monotonic clock, like the launcher's. */
export const runMs = realNow;

type Fields<O extends Op> = Omit<ClientRequest<O>, "op">;

let requests = 0;

/** `EVICT=1`: rooms are evicted before every request that is waited for. */
const isEvicting = (env as unknown as { EVICT?: string }).EVICT === "1";
/** Clients that have not joined: their ten seconds are a timer, with which a room is not evicted. */
const unjoined = new Map<string, Set<TestClient>>();
const awake = new Set<string>();

/** Keeps a room from being evicted on the way, for a test that looks into the object or its counts in memory. */
export function keepAwake(room: string): void {
  awake.add(room);
}

export class TestClient {
  readonly inbox: Message[] = [];
  /** All frames in their order. */
  readonly frames: string[] = [];
  closed: { code: number; reason: string } | null = null;
  ack: Message<"join_ack"> | null = null;
  readonly socket: WebSocket;
  readonly #room: string;
  /** The room that a join on `/ws` names. */
  readonly #named: { room?: string };
  #wake: (() => void)[] = [];

  private constructor(socket: WebSocket, room: string, isNamed: boolean) {
    this.socket = socket;
    this.#room = room;
    this.#named = isNamed ? { room } : {};
    unjoined.set(room, (unjoined.get(room) ?? new Set()).add(this));
    socket.addEventListener("message", ({ data }) => {
      this.frames.push(data as string);
      const parsed: unknown = JSON.parse(data as string);
      for (const message of Array.isArray(parsed) ? (parsed as Message[]) : [parsed as Message])
        this.#take(message);
      this.#changed();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      unjoined.get(this.#room)?.delete(this);
      this.#changed();
    });
    socket.accept();
  }

  static async connect(
    path: string,
    headers: Record<string, string> = {},
    room = /^\/ws\/([A-Z0-9]{6})$/.exec(path)?.[1] ?? "",
  ): Promise<TestClient> {
    const response = await SELF.fetch(`${origin}${path}`, {
      headers: { upgrade: "websocket", ...headers },
    });
    if (response.webSocket === null) throw new Error(`${path}: ${response.status}`);
    return new TestClient(response.webSocket, room, path === "/ws" && room !== "");
  }

  /** Connects to a room, by either way. */
  static open(
    address: Address,
    room: string,
    headers: Record<string, string> = {},
  ): Promise<TestClient> {
    return TestClient.connect(address.replace("{room}", room), headers, room);
  }

  static async join(
    room: string,
    name: string,
    role: Role = "trader",
    more: Partial<Fields<"join">> = {},
    address: Address = "/ws/{room}",
  ): Promise<TestClient> {
    const client = await TestClient.open(address, room);
    await client.join({ name, role, ...more });
    return client;
  }

  async join(fields: Fields<"join">): Promise<Message<"join_ack">> {
    const reply = await this.ask("join", fields);
    if (reply.type !== "join_ack") throw new Error(`join refused: ${JSON.stringify(reply)}`);
    this.ack = reply;
    return reply;
  }

  #take(message: Message): void {
    this.inbox.push(message);
    if (message.type === "join_ack") unjoined.get(this.#room)?.delete(this);
  }

  get userId(): number {
    return this.ack?.user_id ?? 0;
  }

  get token(): string {
    return this.ack?.resume_token ?? "";
  }

  send(frame: string | ArrayBuffer | object): void {
    const raw = typeof frame === "string" || frame instanceof ArrayBuffer;
    this.socket.send(raw ? frame : JSON.stringify(frame));
  }

  /** Sends a request under a fresh cid and waits for its reply. */
  async ask<O extends Op>(op: O, fields: Fields<O>): Promise<Message> {
    await this.#evict();
    const cid = fields.cid ?? `t${++requests}`;
    const start = this.inbox.length;
    this.send({ op, ...(op === "join" ? this.#named : {}), ...fields, cid });
    return this.next((message) => "cid" in message && message.cid === cid, start);
  }

  /** Waits until everything that the room sent before has arrived. */
  async settle(): Promise<void> {
    const timestamp = `p${++requests}`;
    const start = this.inbox.length;
    this.send({ op: "ping", timestamp });
    await this.next((message) => message.type === "pong" && message.timestamp === timestamp, start);
  }

  async next(fits: (message: Message) => boolean, start = this.inbox.length): Promise<Message> {
    await this.until(() => this.inbox.slice(start).some(fits), "a message");
    return this.inbox.slice(start).find(fits)!;
  }

  async nextOf<T extends MessageType>(type: T, start?: number): Promise<Message<T>> {
    return (await this.next((message) => message.type === type, start)) as Message<T>;
  }

  all<T extends MessageType>(type: T): Message<T>[] {
    return this.inbox.filter((message) => message.type === type) as Message<T>[];
  }

  async whenClosed(timeoutMs?: number): Promise<{ code: number; reason: string }> {
    await this.until(() => this.closed !== null, "the close", timeoutMs);
    return this.closed!;
  }

  /** Messages that are not of the protocol, or have a field too many. */
  malformed(): Message[] {
    return this.inbox.filter((message) => {
      const schema = schemas[message.type];
      return schema === undefined || !v.safeParse(schema, message).success;
    });
  }

  async until(holds: () => boolean, what: string, timeoutMs = 3_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!holds()) {
      if (Date.now() > deadline)
        throw new Error(
          `waited for ${what}; closed: ${JSON.stringify(this.closed)}; last: ${JSON.stringify(this.inbox.slice(-3))}`,
        );
      await new Promise<void>((resolve) => {
        this.#wake.push(resolve);
        setTimeout(resolve, 50);
      });
    }
  }

  async #evict(): Promise<void> {
    const isFree = (unjoined.get(this.#room)?.size ?? 0) === 0 && !awake.has(this.#room);
    if (!isEvicting || this.#room === "" || !isFree) return;
    await evictDurableObject(stubOf(this.#room)).catch((fault: unknown) => {
      // Is no fault: the test has evicted it itself.
      if (!String(fault).includes("not currently running")) throw fault;
    });
  }

  #changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
