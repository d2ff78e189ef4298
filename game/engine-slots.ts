/**
 * The engine under the room's own numbers of instruments. The engine has 64 places, and a room any number of instruments, one
 * after the other: each has a place until it is retired, and its number is never used again. Of retired ones the engine
 * knows nothing any more; what is still asked about them is answered from what was kept.
 */

import { limits } from "#protocol";
import {
  Side,
  type EngineEvent,
  type EngineInstrument,
  type EngineLimits,
  type EngineOrder,
  type EngineOutcome,
  type EnginePort,
  type EnginePosition,
  type Reject,
  type Tif,
  type Units,
} from "./engine-port.ts";

/** Remains of a retired instrument: its grid, its final value, and the holdings at the end. */
export interface KeptInstrument {
  decimals: number;
  tickUnits: number;
  /** Null: it was not settled. */
  settlementUnits: number | null;
  /** Five numbers a user: id, contracts, average price in units, cash in units, contracts that were settled. */
  holdings: number[];
}

export const keptNumbers = 5;

/** An instrument of the room, as far as its place is concerned. */
export interface Placed {
  readonly inst: number;
  /** Its place in the engine; 0: it is retired. */
  readonly slot: number;
  readonly kept: KeptInstrument | null;
}

/** The first place that is free; null: all are taken. */
export function freeSlot(instruments: readonly Placed[]): number | null {
  const taken = new Set(instruments.map(({ slot }) => slot));
  for (let slot = 1; slot <= limits.instruments; slot++) if (!taken.has(slot)) return slot;
  return null;
}

export class SlottedEngine implements EnginePort {
  readonly #engine: EnginePort;
  readonly #state: { readonly instruments: readonly Placed[] };
  /** By place: the instrument that has it, or had it last. */
  readonly #insts: number[] = [];

  /** @param state whose instruments are asked for their places; it may change */
  constructor(engine: EnginePort, state: { readonly instruments: readonly Placed[] }) {
    this.#engine = engine;
    this.#state = state;
    for (const { inst, slot } of state.instruments) if (slot > 0) this.#insts[slot] = inst;
  }

  #slot(inst: number): number {
    return this.#state.instruments[inst - 1]?.slot ?? 0;
  }

  #kept(inst: number): KeptInstrument | null {
    return this.#state.instruments[inst - 1]?.kept ?? null;
  }

  get outcome(): EngineOutcome {
    return this.#engine.outcome;
  }
  get eventCount(): number {
    return this.#engine.eventCount;
  }
  get work(): number {
    return this.#engine.work;
  }

  readEvent(index: number, into: EngineEvent): EngineEvent {
    this.#engine.readEvent(index, into);
    into.inst = this.#insts[into.inst] ?? 0;
    return into;
  }

  /** @param spec with its place in `slot`, which has to be free */
  addInstrument(spec: EngineInstrument): Reject {
    const { inst, slot = inst } = spec;
    const underlying = this.#slot(spec.underlying);
    const reject = this.#engine.addInstrument({ ...spec, inst: slot, underlying });
    if (reject === 0) this.#insts[slot] = inst;
    return reject;
  }

  setLimits(userId: number, to: EngineLimits): Reject {
    return this.#engine.setLimits(userId, to);
  }

  limitOrder(
    userId: number,
    inst: number,
    side: Side,
    price: number,
    qty: number,
    tif: Tif,
    postOnly: boolean,
  ): Reject {
    return this.#engine.limitOrder(userId, this.#slot(inst), side, price, qty, tif, postOnly);
  }

  marketOrder(userId: number, inst: number, side: Side, qty: number, tif: Tif): Reject {
    return this.#engine.marketOrder(userId, this.#slot(inst), side, qty, tif);
  }

  replace(userId: number, orderId: number, price: number | null, qty: number | null): Reject {
    return this.#engine.replace(userId, orderId, price, qty);
  }

  cancel(userId: number, orderId: number): Reject {
    return this.#engine.cancel(userId, orderId);
  }

  cancelAll(userId: number, side: Side | null): Reject {
    return this.#engine.cancelAll(userId, side);
  }

  quote(
    userId: number,
    inst: number,
    bid: number,
    bidQty: number,
    ask: number,
    askQty: number,
  ): Reject {
    return this.#engine.quote(userId, this.#slot(inst), bid, bidQty, ask, askQty);
  }

  halt(inst: number, on: boolean): Reject {
    return this.#engine.halt(this.#slot(inst), on);
  }

  pullQuotes(inst: number): Reject {
    return this.#engine.pullQuotes(this.#slot(inst));
  }

  retire(inst: number): Reject {
    return this.#engine.retire(this.#slot(inst));
  }

  setTick(
    inst: number,
    tickUnits: number,
    decimals: number,
    minTicks: number,
    maxTicks: number,
  ): Reject {
    return this.#engine.setTick(this.#slot(inst), tickUnits, decimals, minTicks, maxTicks);
  }

  settle(inst: number, value: number, decimals: number): Reject {
    return this.#engine.settle(this.#slot(inst), value, decimals);
  }

  resettle(inst: number, value: number, decimals: number): Reject {
    return this.#engine.resettle(this.#slot(inst), value, decimals);
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    return this.#engine.snapshot();
  }

  depth(inst: number, side: Side, levels: number, into: Int32Array): number {
    return this.#engine.depth(this.#slot(inst), side, levels, into);
  }

  best(inst: number, side: Side): number | null {
    return this.#engine.best(this.#slot(inst), side);
  }

  settlementUnits(inst: number): Units | null {
    const kept = this.#kept(inst);
    return kept === null ? this.#engine.settlementUnits(this.#slot(inst)) : kept.settlementUnits;
  }

  decimals(inst: number): number {
    return this.#kept(inst)?.decimals ?? this.#engine.decimals(this.#slot(inst));
  }

  tickUnits(inst: number): number {
    return this.#kept(inst)?.tickUnits ?? this.#engine.tickUnits(this.#slot(inst));
  }

  position(userId: number, inst: number, into: EnginePosition): EnginePosition {
    const kept = this.#kept(inst);
    if (kept === null) return this.#engine.position(userId, this.#slot(inst), into);
    const at = keptAt(kept, userId);
    const [, qty = 0, vwapUnits = 0, cashUnits = 0, settledQty = 0] =
      at < 0 ? [] : kept.holdings.slice(at, at + keptNumbers);
    return Object.assign(into, { qty, vwapUnits, cashUnits, settledQty, ...noOrders });
  }

  openOrders(userId: number, inst: number): EngineOrder[] {
    const slot = inst === 0 ? 0 : this.#slot(inst);
    if (inst !== 0 && slot === 0) return [];
    const orders = this.#engine.openOrders(userId, slot);
    for (const order of orders) order.inst = this.#insts[order.inst] ?? 0;
    return orders;
  }

  quoteOrder(userId: number, inst: number, side: Side): EngineOrder | null {
    return this.#named(this.#engine.quoteOrder(userId, this.#slot(inst), side));
  }

  order(orderId: number): EngineOrder | null {
    return this.#named(this.#engine.order(orderId));
  }

  stateHash(): string {
    return this.#engine.stateHash();
  }

  #named(order: EngineOrder | null): EngineOrder | null {
    if (order !== null) order.inst = this.#insts[order.inst] ?? 0;
    return order;
  }
}

const noOrders = { openBuyQty: 0, openSellQty: 0 };

/** Place at which the user's holding begins; -1: there is none. */
export function keptAt({ holdings }: KeptInstrument, userId: number): number {
  for (let at = 0; at < holdings.length; at += keptNumbers) if (holdings[at] === userId) return at;
  return -1;
}
