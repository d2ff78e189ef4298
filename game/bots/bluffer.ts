/** Shows size that it takes away again, and trades the other way. */

import type { Side } from "#protocol";
import type { Bot, BotMaker, Chance } from "./bot.ts";
import { isLucky, pick } from "./chance.ts";
import { lots, rest, take } from "./acts.ts";
import { bestAsk, bestBid, type BotRequest, type BotView, type Market } from "./view.ts";

const lotsShown = 8;
const lotsTraded = 2;
/** Lots held at which it only trades back. */
const heavy = 8;

/** Ticks behind the best price at which it shows size, at least. */
const stepsBehind = 3;

/** The distance between best bid and best ask; 0: a side is missing. */
function wideOf(market: Market): number {
  const [bid, ask] = [bestBid(market), bestAsk(market)];
  return bid === null || ask === null ? 0 : ask - bid;
}

class Bluffer implements Bot {
  /** The side that it shows size on; null: none. */
  #shown: { inst: number; side: Side } | null = null;
  /** The instrument in which it offers to trade: not for longer than the next look, or its price gets old. */
  #offered: number | null = null;

  decide(view: BotView, chance: Chance): BotRequest[] {
    const shown = this.#shown;
    if (shown === null) return [...this.#withdraw(), ...this.#show(view, chance)];
    this.#shown = null;
    const { inst, side } = shown;
    const market = view.markets.find(({ instrument }) => instrument.inst === inst);
    if (market === undefined) return [];
    const other = side === "buy" ? "sell" : "buy";
    const cancel: BotRequest = { op: "cancel_inst", inst };
    // Now and then it is in a hurry, and pays for it.
    const trade = isLucky(chance, 0.1)
      ? take(market, other, lotsTraded)
      : this.#offer(market, other);
    return trade === null ? [cancel] : [cancel, trade];
  }

  #show({ markets }: BotView, chance: Chance): BotRequest[] {
    const scalars = markets.filter(({ instrument }) => instrument.type === "SCALAR");
    const market = pick(chance, scalars);
    if (market === undefined) return [];
    const held = market.position / market.instrument.lot_size;
    // Shows bids to sell, and asks to buy.
    const wants = Math.abs(held) >= heavy ? Math.sign(held) : isLucky(chance, 0.5) ? 1 : -1;
    const side: Side = wants > 0 ? "buy" : "sell";
    const best = side === "buy" ? bestBid(market) : bestAsk(market);
    if (best === null) return [];
    const { inst, tick_size: tick } = market.instrument;
    this.#shown = { inst, side };
    // Behind the best price, where it is seen and seldom hit.
    const behind = Math.max(tick, stepsBehind * tick, wideOf(market));
    const price = side === "buy" ? best - behind : best + behind;
    return [{ op: "cancel_inst", inst }, rest(market, side, price, lotsShown)];
  }

  #withdraw(): BotRequest[] {
    const inst = this.#offered;
    this.#offered = null;
    return inst === null ? [] : [{ op: "cancel_inst", inst }];
  }

  /** Rests at the best price of the other side, where somebody fooled may take it. */
  #offer(market: Market, side: Side): BotRequest | null {
    const best = side === "buy" ? bestBid(market) : bestAsk(market);
    if (best === null) return null;
    const { inst } = market.instrument;
    this.#offered = inst;
    return {
      ...{ op: "order_new", inst, side, qty: lots(market, lotsTraded), price: best },
      post_only: true,
    };
  }
}

export const bluffer: BotMaker = {
  kind: "bluffer",
  title: "Bluffer",
  summary: "Shows size that it takes away, then trades the other way.",
  paceMs: [1_500, 3_000],
  make: () => new Bluffer(),
};
