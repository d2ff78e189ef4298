/**
 * A bot on a bad line that follows the protocol: every request has a cid and stays in an outbox until it is answered;
 * after a time-out or a broken line it is sent again under its cid.
 */

import { randomBytes } from "node:crypto";
import type { Message, Request } from "#protocol";
import { Follower } from "./follower.ts";
import { WireClient } from "./wire-client.ts";

const patienceMs = 400;
/** Number of past answered requests that the bot may repeat, to test the answers. */
const askedAgain = 50;

/** A request, answered or not. */
export interface Sent {
  request: Request;
  /** Newest event known when it was first sent. */
  seqBefore: number;
  answers: Message[];
}

export class LineBot {
  readonly follower = new Follower();
  readonly sent = new Map<string, Sent>();
  readonly name: string;
  token = "";
  userId = 0;
  reconnects = 0;
  readonly #url: string;
  /** Cid of its join: secret, so that the join can be repeated. */
  readonly #joinCid: string;
  readonly #random: () => number;
  readonly #outbox = new Map<string, { lastMs: number }>();
  /** Reads after a join that are not answered, and when they were sent last. */
  readonly #reads = new Map<"get_orders" | "get_positions", number>();
  #client: WireClient | null = null;
  #hasJoined = false;
  #joinedMs = 0;
  #isOver = false;

  constructor(url: string, name: string, random: () => number) {
    this.#url = url;
    this.name = name;
    this.#random = random;
    this.#joinCid = randomBytes(16).toString("hex");
  }

  connect(): void {
    if (this.#isOver) return;
    const client = new WireClient(this.#url);
    client.keep = false;
    client.onMessage = (message) => this.#received(message);
    client.socket.on("open", () => client.send(this.#join()));
    client.socket.on("close", () => this.#lost(client));
    this.#client = client;
    this.#joinedMs = performance.now();
  }

  /** True if every request is answered, and the line is up. */
  get isSettled(): boolean {
    return this.#hasJoined && this.#outbox.size === 0 && this.#reads.size === 0;
  }

  /** Sends the next request, if the line is up. */
  act(): void {
    if (!this.#hasJoined) return;
    const cid = `${this.name}-${this.sent.size + 1}`;
    const request = { ...this.#choice(), cid } as Request;
    this.sent.set(cid, { request, seqBefore: this.follower.seq, answers: [] });
    this.#send(cid);
  }

  /** Sends overdue requests again, and gives up a line whose join is not answered. */
  look(): void {
    const now = performance.now();
    if (!this.#hasJoined && this.#client !== null && now - this.#joinedMs > patienceMs)
      return this.#client.socket.terminate();
    if (!this.#hasJoined) return;
    for (const [cid, { lastMs }] of this.#outbox) if (now - lastMs > patienceMs) this.#send(cid);
    for (const [op, lastMs] of this.#reads) if (now - lastMs > patienceMs) this.#read(op);
  }

  /** Repeats an answered request. */
  askAgain(): void {
    if (!this.#hasJoined) return;
    const answered = [...this.sent.keys()]
      .slice(-askedAgain)
      .filter((cid) => !this.#outbox.has(cid));
    const cid = answered[Math.floor(this.#random() * answered.length)];
    if (cid !== undefined) this.#send(cid);
  }

  /** Leaves for good. */
  leave(): void {
    this.#isOver = true;
    this.#client?.socket.terminate();
  }

  #join(): Request<"join"> {
    return this.token === ""
      ? { op: "join", name: this.name, role: "trader", cid: this.#joinCid }
      : { op: "join", resume_token: this.token };
  }

  #lost(client: WireClient): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#hasJoined = false;
    this.reconnects++;
    setTimeout(() => this.connect(), 20 + 60 * this.#random());
  }

  #send(cid: string): void {
    this.#outbox.set(cid, { lastMs: performance.now() });
    this.#client?.send(this.sent.get(cid)!.request);
  }

  #read(op: "get_orders" | "get_positions"): void {
    this.#reads.set(op, performance.now());
    this.#client?.send({ op });
  }

  #received(message: Message): void {
    if (message.type === "orders") this.#reads.delete("get_orders");
    if (message.type === "positions") this.#reads.delete("get_positions");
    if (message.type === "join_ack") this.#joined(message);
    const isRefused = message.type === "error" && message.op === "join" && !this.#hasJoined;
    if (isRefused) this.follower.faults.push(`not let in: ${message.code}`);
    const cid = "cid" in message ? message.cid : undefined;
    const sent = cid === undefined ? undefined : this.sent.get(cid);
    if (sent !== undefined && cid !== undefined) {
      sent.answers.push(message);
      this.#outbox.delete(cid);
    }
    const isPast = "duplicate" in message && message.type !== "join_ack";
    if (!isPast) this.follower.apply(message);
  }

  #joined(ack: Message<"join_ack">): void {
    this.token = ack.resume_token;
    this.userId = ack.user_id;
    this.#hasJoined = true;
    this.#read("get_orders");
    this.#read("get_positions");
    for (const cid of this.#outbox.keys()) this.#send(cid);
  }

  #choice(): object {
    const inst = 1 + this.#below(2);
    const own = [...this.follower.orders.keys()];
    const order_id = own[this.#below(own.length)];
    const choice = this.#below(20);
    if (choice < 4 && order_id !== undefined) return { op: "cancel", order_id };
    if (choice < 7 && order_id !== undefined)
      return { op: "replace", order_id, price: this.#price(), qty: 1 + this.#below(5) };
    if (choice < 10) {
      const bid = 94 + this.#below(6);
      return { op: "quote", inst, bid, bid_qty: 1 + this.#below(5), ask: bid + 3, ask_qty: 2 };
    }
    const side = this.#below(2) === 0 ? "buy" : "sell";
    const more = [{}, {}, { tif: "IOC" }, { tif: "FOK" }, { post_only: true }][this.#below(5)];
    return {
      ...{ op: "order_new", inst, side, price: this.#price(), qty: 1 + this.#below(5) },
      ...more,
    };
  }

  #price(): number {
    return 95 + this.#below(11);
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }
}
