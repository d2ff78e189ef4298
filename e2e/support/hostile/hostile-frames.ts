/** Generates frames of a hostile client from one seed: broken requests, and valid ones with bad intent. */

import { operations } from "#protocol";

const ops = [...Object.keys(operations), "__proto__", "constructor", "toString", "", "x"];
const fields = [
  ...["inst", "instrument_id", "order_id", "user_id", "price", "qty", "side", "type", "tif", "cid"],
  ...["value", "spot_price", "state", "on", "text", "to", "name", "role", "symbol", "tick_size"],
  ...[
    "bid",
    "ask",
    "bid_qty",
    "ask_qty",
    "max_loss",
    "strike",
    "ends_at",
    "order_ids",
    "post_only",
  ],
  ...["__proto__", "length", "toJSON", "host_token", "resume_token", "passcode", "depth", "batch"],
];
const values: unknown[] = [
  ...[0, -0, 1, 2, -1, 3, 0.1, 1e-7, 1e15, 2 ** 31, -(2 ** 31), 2 ** 53, 1e300, -1e300, 100, 100.5],
  ...["", "1", "buy", "sell", "closed", "open", "exchange", "NaN", "GFD", "IOC", "limit", "market"],
  ...["\u0000", "\u202egnp.exe", "<script>", "=1+1", "\ud800", "🂡".repeat(40), "a".repeat(300)],
  ...[null, true, false, [], {}, [[[[1]]]], { length: 5 }, [1, 2, 3], { toString: 1 }],
];

export class HostileFrames {
  #random: number;
  readonly #cid: string;
  #count = 0;

  constructor(seed: number) {
    this.#random = seed;
    this.#cid = `evil${seed}-`;
  }

  next(): string | Uint8Array {
    switch (this.#below(6)) {
      case 0:
        return this.#broken(JSON.stringify(this.#request()));
      case 1:
        return this.#below(40) === 0 ? "[".repeat(9_000) : JSON.stringify(this.#one(values));
      case 2:
        return new Uint8Array(this.#below(64)).map(() => this.#below(256));
      case 3:
        // Valid requests that a trader must be refused: other people's orders, prices off the grid, a flood.
        return JSON.stringify(this.#trading());
      default:
        return JSON.stringify(this.#request());
    }
  }

  #request(): Record<string, unknown> {
    const request: Record<string, unknown> = { op: this.#one(ops) };
    for (let count = this.#below(7); count > 0; count--)
      request[this.#one(fields)] = this.#one(values);
    if (this.#below(3) === 0) request["cid"] = `${this.#cid}${this.#below(50)}`;
    return request;
  }

  #trading(): Record<string, unknown> {
    const cid = `${this.#cid}${++this.#count}`;
    const prices = [1, 1e9, -5, 0.5, 99.999999];
    return [
      { op: "order_new", inst: 1, side: "buy", qty: 1, price: this.#one(prices), cid },
      { op: "cancel", order_id: this.#below(100_000), cid },
      { op: "replace", order_id: this.#below(100_000), qty: 1, cid },
      { op: "settle", inst: 1, value: this.#below(1_000), cid },
      { op: "kick", user_id: 1 + this.#below(4), cid },
      { op: "session", state: "closed", cid },
    ][this.#below(6)] as Record<string, unknown>;
  }

  /** Changes, removes or doubles a character, or cuts the end off. */
  #broken(text: string): string {
    const at = this.#below(text.length);
    const letter = String.fromCharCode(this.#below(this.#below(2) === 0 ? 128 : 65_536));
    const [head, tail] = [text.slice(0, at), text.slice(at + 1)];
    return [head, head + tail, head + letter + tail, head + head + tail][this.#below(4)] as string;
  }

  #one<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #below(n: number): number {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#random / 2 ** 32) * n);
  }
}
