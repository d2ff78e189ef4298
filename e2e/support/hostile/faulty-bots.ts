/** Bots with deliberate faults, for the certification: each trades on a bare WebSocket and does one kind of thing wrong. */

import { WebSocket } from "ws";
import type { Message, Request } from "#protocol";

/** Silence after which a line is given up, ms: longer than a busy machine pauses, shorter than the certification waits. */
const silenceMs = 4_000;

/** A bot without the faults of the others: it comes back by token after a while, and asks for its orders. */
abstract class BareBot {
  protected pauseMs = 400;
  protected book: Message<"md_inc" | "snapshot"> | null = null;
  protected token: string | null = null;
  protected isHalted = false;
  readonly #address: string;
  #socket: WebSocket | null = null;
  #cids = 0;
  #heardAt = 0;
  #isOver = false;
  readonly #timers: NodeJS.Timeout[];

  constructor(url: string, room: string, everyMs: number) {
    this.#address = `${url.replace("http", "ws")}/ws/${room}`;
    this.#timers = [
      setInterval(() => this.token !== null && this.act(), everyMs),
      setInterval(() => this.#beat(), 500),
    ];
    this.#connect();
  }

  stop(): void {
    this.#isOver = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#socket?.terminate();
  }

  protected abstract act(): void;
  protected hear(_message: Message): void {}

  protected join(): Request<"join"> {
    return this.token === null
      ? { op: "join", name: this.constructor.name, role: "trader" }
      : { op: "join", resume_token: this.token };
  }

  /** @returns the cid under which it was sent */
  protected send(request: object): string {
    const cid = `${this.constructor.name}-${++this.#cids}`;
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ ...request, cid }));
    return cid;
  }

  protected joined(): void {
    this.send({ op: "get_orders" });
  }

  protected lost(code: number): void {
    if (code === 4003) this.#isOver = true;
    else setTimeout(() => this.#connect(), this.pauseMs);
  }

  #connect(): void {
    if (this.#isOver) return;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.on("open", () => socket.send(JSON.stringify(this.join())));
    socket.on("error", () => {});
    socket.on("close", (code) => this.lost(code));
    socket.on("message", (data) => this.#take(JSON.parse(String(data)) as Message));
  }

  #take(message: Message): void {
    this.#heardAt = Date.now();
    if (message.type === "halt") this.isHalted = message.halted;
    if ((message.type === "md_inc" || message.type === "snapshot") && message.inst === 1)
      this.book = message;
    this.hear(message);
    if (message.type !== "join_ack") return;
    this.token = message.resume_token;
    this.joined();
  }

  #beat(): void {
    this.send({ op: "ping" });
    if (Date.now() - this.#heardAt > silenceMs) this.#socket?.terminate();
  }
}

/** Takes a late answer for a lost request, and sends the order again as a new one. */
export class Doubler extends BareBot {
  #waiting: { cid: string; order: object; at: number } | null = null;

  protected act(): void {
    const waiting = this.#waiting;
    if (waiting !== null && Date.now() - waiting.at < 400) return;
    const price = this.book?.bids[0]?.[0];
    if (price === undefined || (waiting === null && this.isHalted)) return;
    const order = waiting?.order ?? { op: "order_new", inst: 1, side: "buy", qty: 1, price };
    this.#waiting = { cid: this.send(order), order, at: Date.now() };
  }

  protected override hear(message: Message): void {
    if ("cid" in message && message.cid === this.#waiting?.cid) this.#waiting = null;
  }

  protected override joined(): void {
    // Knows nothing of its orders, and does not ask.
  }
}

/** Sends the same order whatever it is told: halts, limits and refusals. */
export class Stubborn extends BareBot {
  protected act(): void {
    this.send({ op: "order_new", inst: 1, side: "buy", qty: 50, price: 1 });
  }
}

/**
 * Quotes where it has no quote, and looks at nothing afterwards: neither at the market nor at what it misses. A new tick
 * takes its quote out, and the wider one refuses it.
 */
export class Sleeper extends BareBot {
  #isQuoted = false;

  protected act(): void {
    if (this.#isQuoted || this.isHalted) return;
    this.send({ op: "quote", inst: 1, bid: 99, bid_qty: 9, ask: 101, ask_qty: 9 });
    this.#isQuoted = true;
  }

  protected override hear(message: Message): void {
    if (message.type === "order" && message.leaves === 0) this.#isQuoted = false;
    if (message.type === "tick_size_updated") this.#isQuoted = false;
  }
}

/** Comes back at once, however often, and as somebody else each time. */
export class Newcomer extends BareBot {
  protected override pauseMs = 20;
  #names = 0;

  protected act(): void {
    const { book } = this;
    const bid = book?.bids[0]?.[0];
    if (bid !== undefined && !this.isHalted) this.send({ op: "quote", inst: 1, bid, bid_qty: 1 });
  }

  protected override join(): Request<"join"> {
    return { op: "join", name: `Newcomer ${++this.#names}`, role: "trader" };
  }

  protected override lost(): void {
    super.lost(0);
  }
}
