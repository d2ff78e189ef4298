/**
 * A trader of the client package on a bad line: chooses requests at random, and notes every answer that comes, also to
 * what the client has sent again by itself.
 */

import type { Message, Op, Request } from "#protocol";
import { RoomClient, type Fields } from "#client/room-client.ts";
import { checked } from "./wire-client.ts";

const patienceMs = 400;
/** Comes back at once: the tests cut lines often. */
const times = { joinMs: 1_000, backoffMinMs: 20, backoffMaxMs: 80 };
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
  readonly client: RoomClient;
  readonly name: string;
  readonly sent = new Map<string, Sent>();
  /** Own fills, by trade. */
  readonly fills = new Map<number, Message<"fill">>();
  /** Breaches of the protocol. */
  readonly faults: string[] = [];
  readonly #random: () => number;

  constructor(url: string, name: string, random: () => number) {
    this.name = name;
    this.#random = random;
    this.client = new RoomClient({ url, name, patienceMs, times });
    this.client.on("message", (message) => this.#heard(message));
    this.client.on("fill", (fill) => this.fills.set(fill.trade_id, fill));
    this.client.on("broken", (what) => this.faults.push(JSON.stringify(what)));
    this.client.on("ended", (reason, message) => {
      if (reason !== "left") this.faults.push(`${reason}: ${message}`);
    });
  }

  connect(): void {
    void this.client.join();
  }

  /** Whether every request is answered, and the line is up. */
  get isSettled(): boolean {
    return this.client.isReady && this.client.unanswered === 0;
  }

  /** Sends the next request, if the line is up. */
  act(): void {
    if (!this.client.isOnline) return;
    const cid = `${this.name}-${this.sent.size + 1}`;
    const request = { ...this.#choice(), cid } as Request;
    this.sent.set(cid, { request, seqBefore: this.client.state.seq, answers: [] });
    this.#ask(cid, request);
  }

  /** Repeats an answered request. */
  askAgain(): void {
    if (!this.client.isOnline) return;
    const answered = [...this.sent]
      .slice(-askedAgain)
      .filter(([, { answers }]) => answers.length > 0);
    const [cid, again] = answered[Math.floor(this.#random() * answered.length)] ?? [];
    if (cid !== undefined && again !== undefined) this.#ask(cid, again.request);
  }

  /** Leaves for good. */
  leave(): void {
    this.client.leave();
  }

  #ask(cid: string, { cid: _, op, ...fields }: Request): void {
    void this.client.ask(op, fields as Fields<Op>, cid);
  }

  #heard(message: Message): void {
    try {
      checked(message);
    } catch (error) {
      this.faults.push((error as Error).message);
    }
    const cid = "cid" in message ? message.cid : undefined;
    if (cid !== undefined) this.sent.get(cid)?.answers.push(message);
  }

  #choice(): object {
    const inst = 1 + this.#below(2);
    const own = this.client.state.orders.all();
    const order_id = own[this.#below(own.length)]?.order_id;
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
