/** A bot on the wire, for tests and load: checks every message against the protocol's schemas. */

import * as v from "valibot";
import { WebSocket, type ClientOptions } from "ws";
import {
  messageSchemas,
  type Message,
  type MessageType,
  type Op,
  type Request,
  type Role,
} from "#protocol";

type Fields<O extends Op> = Omit<Request<O>, "op">;

/** A bot that waits for answers by their cid. */
export class WireClient {
  readonly socket: WebSocket;
  readonly inbox: Message[] = [];
  /** Set by `join`. */
  ack: Message<"join_ack"> | null = null;
  closed: { code: number; reason: string } | null = null;
  onMessage: ((message: Message) => void) | null = null;
  /** Keeps messages in the inbox; load runs turn it off. */
  keep = true;
  #cid = 0;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on("message", (data) => this.#receive(String(data)));
    this.socket.on("error", () => {});
    this.socket.on("close", (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.#wake();
    });
  }

  static async open(url: string, options: ClientOptions = {}): Promise<WireClient> {
    const client = new WireClient(url, options);
    await new Promise<void>((resolve, reject) => {
      client.socket.once("open", () => resolve());
      client.socket.once("error", reject);
    });
    return client;
  }

  get userId(): number {
    return this.ack?.user_id ?? 0;
  }

  send(frame: string | object): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends a request under a fresh cid and waits for the first message that carries it. */
  async ask<O extends Op>(op: O, fields: Fields<O>): Promise<Message> {
    const cid = fields.cid ?? `w${++this.#cid}-${Math.trunc(performance.now() * 1000)}`;
    const start = this.inbox.length;
    this.send({ op, ...fields, cid });
    return this.next((message) => "cid" in message && message.cid === cid, start);
  }

  async join(
    name: string,
    role: Role = "trader",
    more: Partial<Fields<"join">> = {},
  ): Promise<Message<"join_ack">> {
    const reply = await this.ask("join", { name, role, ...more });
    if (reply.type !== "join_ack") throw new Error(`join refused: ${JSON.stringify(reply)}`);
    this.ack = reply;
    return reply;
  }

  /** The first matching message from index `start` on; waits for it at most 5 s. */
  async next<T extends Message = Message>(
    fits: (message: Message) => boolean,
    start = this.inbox.length,
    timeoutMs = 5_000,
  ): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    let index = start;
    for (;;) {
      for (; index < this.inbox.length; index++) {
        const message = this.inbox[index];
        if (message !== undefined && fits(message)) return message as T;
      }
      if (this.closed !== null)
        throw new Error(`closed while waiting: ${JSON.stringify(this.closed)}`);
      const left = deadline - Date.now();
      if (left <= 0)
        throw new Error(`nothing fitting arrived; last: ${JSON.stringify(this.inbox.slice(-5))}`);
      await this.#change(left);
    }
  }

  nextOf<T extends MessageType>(type: T, start?: number): Promise<Message<T>> {
    return this.next<Message<T>>((message) => message.type === type, start);
  }

  all<T extends MessageType>(type: T): Message<T>[] {
    return this.inbox.filter((message) => message.type === type) as Message<T>[];
  }

  async whenClosed(timeoutMs = 15_000): Promise<{ code: number; reason: string }> {
    const deadline = Date.now() + timeoutMs;
    while (this.closed === null) {
      if (Date.now() > deadline) throw new Error("the socket stays open");
      await this.#change(deadline - Date.now());
    }
    return this.closed;
  }

  close(): void {
    this.socket.close();
  }

  #receive(text: string): void {
    const frame: unknown = JSON.parse(text);
    for (const raw of Array.isArray(frame) ? frame : [frame]) {
      const message = checked(raw);
      if (this.keep) this.inbox.push(message);
      this.onMessage?.(message);
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }

  #change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const strict = new Map(
  Object.entries(messageSchemas).map(([type, schema]) => [type, v.strictObject(schema.entries)]),
);

/** The message, if the protocol has it with exactly these fields. */
export function checked(raw: unknown): Message {
  const type = (raw as { type?: string }).type ?? "";
  const schema = strict.get(type);
  if (schema === undefined)
    throw new Error(`not a message of the protocol: ${JSON.stringify(raw)}`);
  const result = v.safeParse(schema, raw);
  if (result.success) return raw as Message;
  const [issue] = result.issues;
  throw new Error(`${v.getDotPath(issue) ?? ""}: ${issue.message} in ${JSON.stringify(raw)}`);
}
