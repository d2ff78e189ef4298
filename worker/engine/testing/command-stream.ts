/**
 * A seeded stream of commands of every kind, most of them sensible: the same generator as
 * engine-wasm/test/support/command_stream.cpp, draw for draw. The golden vectors hold both together.
 */

import { Reject, type EngineEvent, EventKind } from "#game/engine-port.ts";
import type { InstrumentKind, Side, Tif } from "#game/engine-port.ts";
import type { WasmEngine } from "../wasm-engine.ts";
import { cancelInstrument } from "./abi-calls.ts";

const USERS = 6;
const SEEN = 64;
const MAX_TICKS = 1_000_000_000;

/** A 32-bit counter through a finalizer (Ettinger's lowbias32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    let z = (this.#state = (this.#state + 0x9e3779b9) | 0);
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  /** 0 <= result < bound <= 2 ** 21. */
  below(bound: number): number {
    return Math.floor((this.next() * bound) / 2 ** 32);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }
}

interface Seen {
  userId: number;
  orderId: number;
}

/** Executes the stream's commands one by one on an engine, and feeds back the result of each. */
export class CommandStream {
  #engine: WasmEngine;
  readonly #random: Random;
  readonly #seen: Seen[] = Array.from({ length: SEEN }, () => ({ userId: 0, orderId: 0 }));
  #seenCount = 0;
  #commands = 0;
  #instruments = 0;
  /** The owner of the order that the outcome of the last command describes. */
  #userId = 0;

  constructor(engine: WasmEngine, seed: number) {
    this.#engine = engine;
    this.#random = new Random(seed);
  }

  /** Goes on with an engine that is in the state of the one before. */
  moveTo(engine: WasmEngine): void {
    this.#engine = engine;
  }

  /** Executes the next command. */
  step(): Reject {
    const n = this.#commands++;
    if (n < USERS) return this.#setLimits(n + 1);
    if (n < USERS + 2) return this.#addInstrument();
    const draw = this.#random.below(1000);
    return draw < 910 ? this.#trade(draw) : this.#host(draw);
  }

  /** Notes the orders that rest after the last command, for later ones to replace and cancel. */
  observe(events: readonly EngineEvent[]): void {
    const { leaves, orderId } = this.#engine.outcome;
    if (leaves > 0) this.#sawOrder(this.#userId, orderId);
    for (const event of events)
      if (event.kind === EventKind.order && event.leaves > 0)
        this.#sawOrder(event.userId, event.orderId);
  }

  #sawOrder(userId: number, orderId: number): void {
    this.#seen[this.#seenCount++ % SEEN] = { userId, orderId };
  }

  #pickSeen(): Seen {
    const seen = { ...(this.#seen[this.#random.below(SEEN)] as Seen) };
    if (this.#random.oneIn(10)) seen.userId = this.#user();
    return seen;
  }

  #trade(draw: number): Reject {
    if (draw < 480) return this.#limitOrder();
    if (draw < 530) return this.#marketOrder();
    if (draw < 670) return this.#replace();
    if (draw < 780) {
      const seen = this.#pickSeen();
      return this.#engine.cancel(seen.userId, seen.orderId);
    }
    if (draw < 900) return this.#quote();
    const userId = this.#user();
    if (draw < 906) return cancelInstrument(this.#engine, userId, this.#inst());
    const sides = 1 + this.#random.below(3);
    return this.#engine.cancelAll(userId, sides === 3 ? null : ((sides - 1) as Side));
  }

  #host(draw: number): Reject {
    if (draw < 930) {
      const inst = this.#inst();
      return this.#engine.halt(inst, this.#random.oneIn(8));
    }
    if (draw < 934) return this.#engine.pullQuotes(this.#inst());
    if (draw < 940) return this.#setTick();
    if (draw < 943) return this.#settle("settle");
    if (draw < 945) return this.#settle("resettle");
    if (draw < 953) return this.#addInstrument();
    if (draw < 957) return this.#engine.retire(this.#inst());
    return this.#setLimits(this.#user());
  }

  #user(): number {
    return this.#random.oneIn(60) ? this.#random.below(1100) : 1 + this.#random.below(USERS);
  }

  #inst(): number {
    if (this.#random.oneIn(50) || this.#instruments === 0) return this.#random.below(70);
    return this.#instruments - this.#random.below(Math.min(this.#instruments, 4));
  }

  #price(inst: number, side: number): number {
    if (this.#random.oneIn(100))
      return [MAX_TICKS, -MAX_TICKS, MAX_TICKS + 1][this.#random.below(3)] as number;
    const passive = this.#random.between(-3, this.#random.oneIn(10) ? 500 : 10);
    return (inst % 5) * 20 - 30 + (side === 0 ? -passive : passive);
  }

  #qty(): number {
    if (this.#random.oneIn(40)) return [0, -5, 200_000][this.#random.below(3)] as number;
    const lots = this.#random.between(1, 6);
    return this.#random.oneIn(2) ? lots * 5 : lots;
  }

  #limitOrder(): Reject {
    const userId = (this.#userId = this.#user());
    const inst = this.#inst();
    const side = this.#random.below(2) as Side;
    const price = this.#price(inst, side);
    const qty = this.#qty();
    const tif = (this.#random.oneIn(4) ? this.#random.below(3) : 0) as Tif;
    const postOnly = this.#random.oneIn(6);
    return this.#engine.limitOrder(userId, inst, side, price, qty, tif, postOnly);
  }

  #marketOrder(): Reject {
    const userId = this.#user();
    const inst = this.#inst();
    const side = this.#random.below(2) as Side;
    const qty = this.#qty();
    return this.#engine.marketOrder(userId, inst, side, qty, this.#random.below(3) as Tif);
  }

  #replace(): Reject {
    const { userId, orderId } = this.#pickSeen();
    this.#userId = userId;
    const hasPrice = this.#random.below(2);
    const price = this.#price(this.#inst(), this.#random.below(2));
    const hasQty = this.#random.below(2);
    const qty = this.#qty();
    return this.#engine.replace(userId, orderId, hasPrice ? price : null, hasQty ? qty : null);
  }

  #quote(): Reject {
    const userId = this.#user();
    const inst = this.#inst();
    const bid = this.#price(inst, 0);
    const bidQty = this.#random.oneIn(5) ? 0 : this.#qty();
    const ask = this.#random.oneIn(3) ? this.#price(inst, 1) : bid + this.#random.between(0, 7);
    const askQty = this.#random.oneIn(5) ? 0 : this.#qty();
    return this.#engine.quote(userId, inst, bid, bidQty, ask, askQty);
  }

  #setTick(): Reject {
    const inst = this.#inst();
    const tickUnits = this.#random.below(6);
    const decimals = this.#random.below(4);
    const reach = this.#random.oneIn(4) ? 40 : MAX_TICKS;
    return this.#engine.setTick(inst, tickUnits, decimals, -reach, reach);
  }

  #settle(kind: "settle" | "resettle"): Reject {
    const inst = this.#inst();
    const value = this.#random.between(-100, 300);
    return this.#engine[kind](inst, value, this.#random.below(4));
  }

  #addInstrument(): Reject {
    const reuses = this.#instruments > 0 && this.#random.oneIn(2);
    const inst = reuses
      ? this.#inst()
      : this.#instruments + (this.#random.oneIn(20) ? this.#random.below(3) : 1);
    const kind = (this.#instruments === 0 ? 0 : this.#random.below(3)) as InstrumentKind;
    const reject = this.#engine.addInstrument({
      inst,
      kind,
      underlying: kind === 0 ? 0 : 1 + this.#random.below(this.#instruments),
      strikeUnits: kind === 0 ? 0 : this.#random.below(60),
      tickUnits: 1 + this.#random.below(4),
      decimals: this.#random.below(3),
      lotSize: this.#random.oneIn(3) ? 5 : 1,
      minTicks: this.#random.oneIn(4) ? 0 : -MAX_TICKS,
      maxTicks: MAX_TICKS,
      halted: this.#random.oneIn(10),
    });
    if (reject === Reject.ok) this.#instruments = Math.max(this.#instruments, inst);
    return reject;
  }

  #setLimits(userId: number): Reject {
    return this.#engine.setLimits(userId, {
      maxPosition: this.#random.oneIn(5) ? this.#random.between(-1, 100) : 1000,
      maxOrderQty: this.#random.oneIn(6) ? this.#random.between(0, 30) : 200,
      maxOpenOrders: this.#random.oneIn(6) ? this.#random.between(0, 10) : 100,
    });
  }
}
