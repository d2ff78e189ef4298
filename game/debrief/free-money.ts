/** Quotes that locked in a gain at every settlement, and for how long they stood. */

import { freeMoneyMs, type FreeMoney } from "#protocol";
import type { RoomInstrument } from "../state.ts";
import { combinationsOf, type Combination } from "./combinations.ts";
import type { Quotes } from "./quoting.ts";

/** Findings that are told, those with the largest gains. */
const toldMost = 500;
/** Sums of prices differ from zero by less than that without meaning it. */
const nothing = 1e-9;

interface Watched {
  combination: Combination;
  tickValue: number;
  /** The finding that stands at present. */
  found: Omit<FreeMoney, "until"> | null;
}

export class FreeMoneyWatch {
  readonly #books: (inst: number) => Quotes;
  readonly #byInst = new Map<number, Watched[]>();
  readonly #all: Watched[] = [];
  /** Options by their underlying. */
  readonly #options = new Map<number, RoomInstrument[]>();
  #known = 0;
  #told: FreeMoney[] = [];

  constructor(books: (inst: number) => Quotes) {
    this.#books = books;
  }

  /** Takes newly listed instruments. */
  list(instruments: readonly RoomInstrument[]): void {
    if (instruments.length === this.#known) return;
    const listed = instruments.slice(this.#known);
    const fresh = new Set(listed.map(({ inst }) => inst));
    this.#known = instruments.length;
    for (const option of listed) {
      if (option.reference === null) continue;
      const of = this.#options.get(option.reference);
      if (of === undefined) this.#options.set(option.reference, [option]);
      else of.push(option);
    }
    // Sessions of many rounds have thousands of instruments: only those with new options are looked at.
    for (const inst of new Set(listed.map(({ reference }) => reference))) {
      const underlying = instruments[(inst ?? 0) - 1];
      const options = this.#options.get(inst ?? 0);
      if (underlying === undefined || options === undefined) continue;
      for (const combination of combinationsOf(underlying, options)) {
        if (!combination.legs.some(({ inst }) => fresh.has(inst))) continue;
        const watched = { combination, tickValue: underlying.tickValue, found: null };
        this.#all.push(watched);
        for (const { inst } of combination.legs) {
          const list = this.#byInst.get(inst) ?? [];
          list.push(watched);
          this.#byInst.set(inst, list);
        }
      }
    }
  }

  /** Looks at all combinations with an instrument whose best prices have changed, or that was opened or closed. */
  look(inst: number, now: number): void {
    for (const watched of this.#byInst.get(inst) ?? []) this.#value(watched, now);
  }

  /** Findings in the order of their times. @param now the end */
  findings(now: number): FreeMoney[] {
    for (const watched of this.#all) this.#end(watched, now);
    return this.#largest().toSorted((a, b) => a.ts - b.ts);
  }

  #value(watched: Watched, now: number): void {
    const { combination, tickValue, found } = watched;
    const prices: number[] = [];
    let points = combination.pays;
    for (const { inst, side, qty } of combination.legs) {
      const { isOpen, bid, ask } = this.#books(inst);
      const price = side === "buy" ? ask : bid;
      if (!isOpen || price === null) return this.#end(watched, now);
      prices.push(price);
      points += (side === "buy" ? -qty : qty) * price;
    }
    if (points <= nothing) return this.#end(watched, now);
    const gain = Math.round(points * tickValue * 1e6) / 1e6;
    if (found !== null && gain <= found.gain) return;
    const legs = combination.legs.map((leg, at) => ({ ...leg, price: prices[at] as number }));
    watched.found = { ts: found?.ts ?? now, kind: combination.kind, legs, gain };
  }

  #end(watched: Watched, now: number): void {
    const { found } = watched;
    watched.found = null;
    if (found === null || now - found.ts < freeMoneyMs) return;
    const { ts, ...rest } = found;
    this.#told.push({ ts, until: now, ...rest });
    if (this.#told.length >= 2 * toldMost) this.#told = this.#largest();
  }

  #largest(): FreeMoney[] {
    return this.#told.toSorted((a, b) => b.gain - a.gain || a.ts - b.ts).slice(0, toldMost);
  }
}
