/** The debrief as the parts of its page share it: the figures, and how people are called. Shared through context. */

import { createContext } from "svelte";
import type { Debrief, DebriefInstrument, DebriefTrader, Definition } from "#protocol";
import { formatMoney, formatPrice } from "#lib/format.ts";
import { decimalsOf } from "#lib/trading/grid.ts";
import { moneyDecimals } from "#lib/trading/instruments.ts";
import { words } from "./words.ts";

export class DebriefView {
  readonly debrief: Debrief;
  /** The viewer's own user id; null: the host, or somebody with the class key. */
  readonly you: number | null;
  readonly decimals: number;
  /** Trader whose trade works the formulas; null: none is chosen. */
  shownId: () => number | null = () => null;
  readonly #traders: ReadonlyMap<number, DebriefTrader>;
  readonly #instruments: ReadonlyMap<number, DebriefInstrument>;

  constructor(debrief: Debrief, you: number | null) {
    this.debrief = debrief;
    this.you = you;
    this.decimals = moneyDecimals(debrief.instruments);
    this.#traders = new Map(debrief.traders.map((one) => [one.user_id, one]));
    this.#instruments = new Map(debrief.instruments.map((one) => [one.inst, one]));
  }

  trader(userId: number): DebriefTrader | undefined {
    return this.#traders.get(userId);
  }

  instrument(inst: number): DebriefInstrument | undefined {
    return this.#instruments.get(inst);
  }

  nameOf(userId: number): string {
    return this.#traders.get(userId)?.name ?? words.gone;
  }

  symbolOf(inst: number): string {
    return this.#instruments.get(inst)?.symbol ?? String(inst);
  }

  money(value: number | null): string {
    return formatMoney(value, this.decimals);
  }

  price(value: number | null, inst: number): string {
    return formatPrice(value, this.#instruments.get(inst)?.tick_size ?? 1);
  }

  /** A mean distance of prices, with two decimals or those of the tick. */
  distance(value: number, inst: number): string {
    const tick = this.#instruments.get(inst)?.tick_size ?? 1;
    return value.toFixed(Math.max(2, decimalsOf(tick)));
  }

  definition(figure: string): Definition | undefined {
    return this.debrief.definitions[figure];
  }

  /** The figure's name as everybody says it. */
  titleOf(figure: string): string {
    return this.definition(figure)?.title ?? figure;
  }
}

export const [getView, setView] = createContext<DebriefView>();
