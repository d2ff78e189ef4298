/** Reference prices of all instruments, as they stand after the last entry. */

import type { Context } from "../context.ts";
import { Side } from "../engine-port.ts";
import type { RoomInstrument } from "../state.ts";
import { priceOf } from "../units/prices.ts";
import { halfMicros, middle, type HalfMicros } from "./amounts.ts";
import type { InstrumentEnd } from "./ending.ts";
import { Listed } from "./listed.ts";

/** The best prices of a book, and the reference price that follows. */
export interface Quoted {
  bid: number | null;
  ask: number | null;
  /** Null: neither both sides of a book nor a trade. */
  m: HalfMicros | null;
  isSettled: boolean;
}

interface Known extends Quoted {
  /** The prices of which `m` was made. */
  bidTicks: number | null;
  askTicks: number | null;
  tickUnits: number;
  decimals: number;
  last: number | null;
}

const nothing: Quoted = { bid: null, ask: null, m: null, isSettled: false };

export class Prices {
  readonly #ctx: Context;
  readonly #ends: ReadonlyMap<number, InstrumentEnd>;
  readonly #known: Known[] = [];
  readonly #listed: Listed;

  constructor(ctx: Context, ends: ReadonlyMap<number, InstrumentEnd>) {
    this.#ctx = ctx;
    this.#ends = ends;
    this.#listed = new Listed(ctx.state);
  }

  /** The book of an instrument before the present entry. */
  before(inst: number): Readonly<Quoted> {
    return this.#known[inst - 1] ?? nothing;
  }

  /** The reference price of an instrument; its settlement once it is settled. */
  m(inst: number): HalfMicros | null {
    return this.#known[inst - 1]?.m ?? null;
  }

  /** Reads all books after an entry. @param changed is told of instruments with another reference price */
  refresh(changed: (inst: number) => void): void {
    for (const instrument of this.#listed.now())
      if (!instrument.retired || this.#known[instrument.inst - 1]?.isSettled !== instrument.settled)
        this.#read(instrument, changed);
  }

  /** Reads the books of some instruments after an entry that has changed no others. */
  refreshSome(insts: Iterable<number>, changed: (inst: number) => void): void {
    for (const inst of insts) {
      const instrument = this.#ctx.state.instruments[inst - 1];
      if (instrument !== undefined) this.#read(instrument, changed);
    }
  }

  #read(instrument: RoomInstrument, changed: (inst: number) => void): void {
    const { engine } = this.#ctx;
    const { inst, lastPrice: last } = instrument;
    const bid = engine.best(inst, Side.buy);
    const ask = engine.best(inst, Side.sell);
    const [tickUnits, decimals] = [engine.tickUnits(inst), engine.decimals(inst)];
    const known = this.#known[inst - 1];
    if (
      known !== undefined &&
      known.last === last &&
      known.isSettled === instrument.settled &&
      known.bidTicks === bid &&
      known.askTicks === ask &&
      known.tickUnits === tickUnits &&
      known.decimals === decimals
    )
      return;
    const toPrice = (side: number | null) => (side === null ? null : priceOf(engine, inst, side));
    const m = instrument.settled
      ? (this.#ends.get(inst)?.value ?? null)
      : bid !== null && ask !== null
        ? middle(engine, inst, bid, ask)
        : last === null
          ? null
          : halfMicros(last);
    this.#known[inst - 1] = {
      ...{ bid: toPrice(bid), ask: toPrice(ask), m, last, isSettled: instrument.settled },
      ...{ bidTicks: bid, askTicks: ask, tickUnits, decimals },
    };
    if (known?.m !== m) changed(inst);
  }
}
