/**
 * The well-behaved room beside an attack: a host and three traders who send twenty orders a second in all, and measure
 * each answer's time. At the end every acknowledged order must be in the session's files.
 */

import { expect } from "vitest";
import type { Message } from "#protocol";
import { csv } from "../support/files.ts";
import type { WireClient } from "../support/wire-client.ts";
import { WireRoom } from "../support/wire-room.ts";

const ordersPerSec = 20;

export class GoodRoom {
  readonly room: WireRoom;
  readonly host: WireClient;
  readonly traders: WireClient[];
  readonly #acked = new Map<string, Message<"order_ack">>();
  readonly #sentMs = new Map<string, number>();
  /** Time of each order and of its answer's arrival after it, in ms. */
  #waits: { atMs: number; ms: number }[] = [];
  readonly #refused: string[] = [];
  #count = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  private constructor(room: WireRoom, host: WireClient, traders: WireClient[]) {
    this.room = room;
    this.host = host;
    this.traders = traders;
    for (const client of traders) {
      client.keep = false;
      client.onMessage = (message) => this.#hear(message);
    }
  }

  static async make(base: string): Promise<GoodRoom> {
    const room = await WireRoom.make(base, { name: "Good" });
    const host = await room.hostWith("X");
    const traders = [];
    for (const name of ["ann", "ben", "cat"]) traders.push(await room.trader(name));
    host.keep = false;
    return new GoodRoom(room, host, traders);
  }

  play(): void {
    this.#timer ??= setInterval(() => this.#order(), 1_000 / ordersPerSec);
  }

  /** Waits until the last order is answered. */
  async rest(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    await expect.poll(() => this.#sentMs.size, { timeout: 20_000 }).toBe(0);
  }

  /** Measurements since the last call. */
  takeWaits(): { atMs: number; ms: number }[] {
    const waits = this.#waits;
    this.#waits = [];
    return waits;
  }

  /** Expects that nobody was disconnected or refused, and that the session's file has every order as acknowledged. */
  async expectWhole(): Promise<void> {
    for (const client of [this.host, ...this.traders]) expect(client.closed).toBeNull();
    expect(this.#refused).toEqual([]);
    expect(this.#acked.size).toBe(this.#count);
    const rows = new Map((await csv(this.room, "orders.csv")).map((row) => [row["order_id"], row]));
    const expected = [...this.#acked.values()].map(({ order_id, side, price, qty }) =>
      [order_id, side, price, qty].join(),
    );
    const found = [...this.#acked.values()].map(({ order_id }) => {
      const row = rows.get(String(order_id));
      return [row?.["order_id"], row?.["side"], row?.["price"], row?.["qty"]].join();
    });
    expect(found).toEqual(expected);
    expect(rows.size).toBe(this.#count);
  }

  #order(): void {
    const n = ++this.#count;
    const cid = `good-${n}`;
    this.#sentMs.set(cid, performance.now());
    this.traders[n % this.traders.length]!.send({
      ...{ op: "order_new", inst: 1, side: n % 2 === 0 ? "buy" : "sell", qty: 1 + (n % 3), cid },
      price: 100 + (n % 5) - 2,
    });
  }

  #hear(message: Message): void {
    if (message.type !== "order_ack" && message.type !== "error") return;
    const cid = message.cid ?? "";
    const sentMs = this.#sentMs.get(cid);
    if (sentMs === undefined) return;
    this.#sentMs.delete(cid);
    this.#waits.push({ atMs: sentMs, ms: performance.now() - sentMs });
    if (message.type === "order_ack") this.#acked.set(cid, message);
    else this.#refused.push(`${cid}: ${message.code}`);
  }
}
