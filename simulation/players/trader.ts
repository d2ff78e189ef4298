/** Behaviour of a simulated trader: quotes, trades, replaces and cancels around the market, and errs now and then. */

import { round6 } from "#game/units/decimals.ts";
import type { Instrument, Request } from "#protocol";
import type { Client, Strategy } from "./client.ts";
import type { OwnOrder } from "./mirror.ts";
import type { Random } from "../random.ts";

/** Open orders above which it cancels. */
const ordersMost = 8;

export class Trader implements Strategy {
  readonly #random: Random;
  readonly #pauseUs: number;
  /** Requests that follow a short-lived order. */
  #flicker: ((client: Client) => Request)[] = [];

  constructor(random: Random, pauseUs: number) {
    this.#random = random;
    this.#pauseUs = pauseUs;
  }

  pauseUs(): number {
    return this.#flicker.length > 0 ? 1 : this.#random.between(1, 2 * this.#pauseUs);
  }

  next(client: Client): Request | null {
    const random = this.#random;
    const { instruments, orders } = client.mirror;
    if (instruments.size === 0) return null;
    const later = this.#flicker.shift();
    if (later !== undefined) return later(client);
    const instrument = this.#pick(instruments);
    if (instrument === undefined) return null;
    const dice = random.below(1_000);
    if (orders.size > ordersMost || dice < 130) return this.#cancel(client, instrument);
    if (dice < 480) return this.#order(client, instrument);
    if (dice < 700) return this.#quote(client, instrument);
    if (dice < 800) return this.#replace(client, instrument);
    if (dice < 955) return this.#take(client, instrument);
    if (dice < 975) return this.#flickering(client, instrument);
    // Is refused once it has traded.
    if (dice < 979)
      return { op: "rename", cid: client.nextCid(), name: `Name ${random.below(40)}` };
    if (dice < 988) return { op: "seat_code", cid: client.nextCid() };
    return this.#ask(instrument);
  }

  /** A random instrument, seldom a settled one. */
  #pick(instruments: ReadonlyMap<number, Instrument>): Instrument | undefined {
    const random = this.#random;
    let instrument = instruments.get(1 + random.below(instruments.size));
    for (let tries = 0; tries < 6 && instrument?.settled === true; tries++)
      instrument = instruments.get(1 + random.below(instruments.size));
    return instrument;
  }

  #order(client: Client, instrument: Instrument): Request {
    const random = this.#random;
    const side = random.pick(["buy", "sell"] as const);
    const price = this.#price(client, instrument, (side === "buy" ? -1 : 1) * random.between(0, 6));
    return {
      ...{ op: "order_new", cid: client.nextCid(), inst: instrument.inst, side },
      ...{ qty: this.#qty(instrument), price },
      ...(random.chance(0.1) ? { post_only: true } : {}),
    };
  }

  /** Sends at once an order, a request for the book and a cancel, after which the book is the same as before. */
  #flickering(client: Client, instrument: Instrument): Request {
    const { inst, lot_size: qty } = instrument;
    for (const order of client.mirror.orders.values())
      if (order.inst === inst) return this.#ask(instrument);
    this.#flicker = [
      () => ({ op: "get_snapshot", inst }),
      (at) => ({ op: "cancel_inst", cid: at.nextCid(), inst }),
    ];
    const price = this.#price(client, instrument, -6);
    return { op: "order_new", cid: client.nextCid(), inst, side: "buy", qty, price };
  }

  /** An order meant to trade at once. */
  #take(client: Client, instrument: Instrument): Request {
    const random = this.#random;
    const side = random.pick(["buy", "sell"] as const);
    const { inst } = instrument;
    const order = { op: "order_new", cid: client.nextCid(), inst, side } as const;
    const qty = this.#qty(instrument);
    if (random.chance(0.2)) return { ...order, qty, type: "market" };
    const price = this.#price(client, instrument, (side === "buy" ? 1 : -1) * random.between(0, 4));
    const tif = random.pick(["IOC", "IOC", "FOK", "GFD"] as const);
    return { ...order, qty, price, tif };
  }

  #quote(client: Client, { inst, ...instrument }: Instrument): Request {
    const random = this.#random;
    const at = { inst, ...instrument };
    const bid = this.#price(client, at, -random.between(1, 4));
    const ask = this.#price(client, at, random.between(1, 4));
    const qty = () => (random.chance(0.1) ? 0 : this.#qty(at));
    const cid = client.nextCid();
    const sides = { bid, bid_qty: qty(), ask, ask_qty: qty() };
    return { op: "quote", cid, inst, ...sides, ...(random.chance(0.3) ? { post_only: true } : {}) };
  }

  #replace(client: Client, instrument: Instrument): Request {
    const random = this.#random;
    const [id, order] = this.#own(client);
    const cid = client.nextCid();
    if (order === undefined) return { op: "replace", cid, order_id: id, qty: 1 };
    const listed = client.mirror.instruments.get(order.inst) ?? instrument;
    const price = this.#price(client, listed, random.between(-4, 4));
    const kind = random.below(3);
    if (kind === 0) return { op: "replace", cid, order_id: id, price };
    const qty = kind === 1 && order.leaves > 1 ? order.leaves - 1 : this.#qty(listed);
    return { op: "replace", cid, order_id: id, ...(kind === 2 ? { price } : {}), qty };
  }

  #cancel(client: Client, { inst }: Instrument): Request {
    const random = this.#random;
    const dice = random.below(100);
    const cid = client.nextCid();
    if (dice < 4) return { op: "cancel_all", cid };
    if (dice < 6) return { op: "cancel_all", cid, side: random.pick(["buy", "sell"] as const) };
    if (dice < 9) return { op: "cancel_inst", cid, inst };
    return { op: "cancel", cid, order_id: this.#own(client)[0] };
  }

  #ask({ inst }: Instrument): Request {
    const dice = this.#random.below(10);
    if (dice < 5) return { op: "get_orders" };
    if (dice < 8) return { op: "get_positions" };
    if (dice < 9) return { op: "get_pnl" };
    return { op: this.#random.chance(0.3) ? "get_history" : "get_snapshot", inst };
  }

  /** One of its own orders; now and then a foreign id, or none. */
  #own(client: Client): [number, OwnOrder | undefined] {
    const random = this.#random;
    const { orders } = client.mirror;
    if (orders.size === 0 || random.chance(0.03)) return [random.between(1, 5_000), undefined];
    let skip = random.below(orders.size);
    for (const entry of orders) if (skip-- === 0) return entry;
    return [1, undefined];
  }

  /** Price so many ticks from the middle of the book last seen. */
  #price(client: Client, { inst, type, tick_size: tick }: Instrument, ticks: number): number {
    const book = client.mirror.books.get(inst);
    const [bid, ask] = [book?.bids[0]?.[0], book?.asks[0]?.[0]];
    const fair = type === "SCALAR" ? 100 : 10;
    const seen = bid !== undefined && ask !== undefined ? (bid + ask) / 2 : fair;
    // Now and then orders return to the first price, and some miss the tick.
    const middle = this.#random.chance(0.2) ? fair : seen;
    const off = this.#random.chance(0.003) ? tick / 3 : 0;
    const price = (Math.round(middle / tick) + ticks) * tick + off;
    return round6(type === "SCALAR" ? price : Math.max(price, tick));
  }

  #qty({ lot_size: lot }: Instrument): number {
    const random = this.#random;
    if (random.chance(0.003)) return random.pick([0, -1, 1.5, 1e9]);
    return lot * random.between(1, 9);
  }
}

/** Strategy that sends nothing. */
export const spectator: Strategy = { pauseUs: () => 50_000, next: () => null };
