/** Buys what rises, and what many seem to want; sells what falls. */

import type { Bot, BotMaker, Chance } from "./bot.ts";
import { take } from "./acts.ts";
import { halfOf } from "./quoting.ts";
import { Opinions } from "./value.ts";
import { midOf, type BotRequest, type BotView, type Market } from "./view.ts";

/** Time over which it looks back. */
const memoryMs = 9_000;
const lotsMost = 10;
const lotsAtOnce = 2;
/** Size on one side beside the other that looks like a wish to trade. */
const crowded = 3;

class Momentum implements Bot {
  readonly #opinions = new Opinions();
  readonly #mids = new Map<number, { ms: number; mid: number }[]>();

  decide(view: BotView, chance: Chance): BotRequest[] {
    for (const market of view.markets) {
      const { inst, lot_size: lot, type } = market.instrument;
      if (type !== "SCALAR") continue;
      const { sd } = this.#opinions.valueOf(view, market, chance);
      const push = this.#push(view, market, halfOf(market, sd));
      const held = market.position / lot;
      const side = push > 0 ? "buy" : "sell";
      const isFull = push > 0 ? held >= lotsMost : held <= -lotsMost;
      if (push === 0 || isFull) continue;
      const taking = take(market, side, lotsAtOnce);
      if (taking === null) continue;
      this.#mids.delete(inst);
      return [taking];
    }
    return [];
  }

  /** 1: it rises or seems to; -1: it falls; 0: neither. */
  #push({ now }: BotView, market: Market, half: number): number {
    const { inst, tick_size: tick } = market.instrument;
    const mid = midOf(market);
    if (mid === null) return 0;
    const seen = (this.#mids.get(inst) ?? []).filter(({ ms }) => ms >= now - memoryMs);
    this.#mids.set(inst, [...seen, { ms: now, mid }]);
    const before = seen[0]?.mid;
    if (before === undefined) return 0;
    const rise = mid - before;
    if (Math.abs(rise) >= Math.max(tick / 2, half / 2)) return Math.sign(rise);
    const sizeOf = (levels: Market["bids"]) =>
      levels.slice(0, 3).reduce((sum, [, qty]) => sum + qty, 0);
    const [bids, asks] = [sizeOf(market.bids), sizeOf(market.asks)];
    if (bids > crowded * asks) return 1;
    return asks > crowded * bids ? -1 : 0;
  }
}

export const momentum: BotMaker = {
  kind: "momentum",
  title: "Momentum trader",
  summary: "Buys what rises and sells what falls, and so makes the market move.",
  paceMs: [1_000, 2_400],
  make: () => new Momentum(),
};
