/** Strategies of average people, to play against bots. They see what a trader sees, and act as often as a person can. */

import type { Bot, Chance } from "#game/bots/bot.ts";
import { lots, onGrid, quoted, take } from "#game/bots/acts.ts";
import { halfOf } from "#game/bots/quoting.ts";
import { Opinions } from "#game/bots/value.ts";
import { bestAsk, bestBid, type BotRequest, type BotView, type Market } from "#game/bots/view.ts";

const lotsMost = 12;

export const strategies = ["joiner", "taker"] as const;
export type Strategy = (typeof strategies)[number];

/** Joins the best bid and the best ask with a small quote: of the first scalar, as a person watches one market at a time. */
class Joiner implements Bot {
  decide({ markets }: BotView): BotRequest[] {
    const market = markets.find(({ instrument }) => instrument.type === "SCALAR");
    return market === undefined ? [] : this.#join(market);
  }

  #join(market: Market): BotRequest[] {
    const own = quoted(market);
    const others = (side: "bids" | "asks", price: number | undefined, qty: number | undefined) =>
      market[side].find(([at, size]) => at !== price || size > (qty ?? 0))?.[0];
    const bid = others("bids", own.bid, own.bidQty);
    const ask = others("asks", own.ask, own.askQty);
    const { inst } = market.instrument;
    if (bid === undefined || ask === undefined) {
      const isThere = own.bid !== undefined || own.ask !== undefined;
      return isThere ? [{ op: "cancel_inst", inst }] : [];
    }
    if (own.bid === bid && own.ask === ask) return [];
    const held = market.position / market.instrument.lot_size;
    const qty = lots(market, 2);
    return [
      {
        ...{ op: "quote", inst, post_only: true, bid, ask },
        ...{ bid_qty: held >= lotsMost ? 0 : qty, ask_qty: held <= -lotsMost ? 0 : qty },
      },
    ];
  }
}

/** Takes prices that are far from what the table says. */
class Taker implements Bot {
  readonly #opinions = new Opinions();

  decide(view: BotView, chance: Chance): BotRequest[] {
    this.#opinions.listen(view);
    for (const market of view.markets) {
      const { mean, sd } = this.#opinions.valueOf(view, market, chance);
      const far = 1.25 * halfOf(market, sd);
      const [bid, ask] = [bestBid(market), bestAsk(market)];
      const held = market.position / market.instrument.lot_size;
      const buys = ask !== null && held < lotsMost && ask <= onGrid(market, mean - far, "buy");
      const sells = bid !== null && held > -lotsMost && bid >= onGrid(market, mean + far, "sell");
      const taking = buys ? take(market, "buy", 2) : sells ? take(market, "sell", 2) : null;
      if (taking !== null) return [taking];
    }
    return [];
  }
}

export const madeOf: Record<Strategy, () => Bot> = {
  joiner: () => new Joiner(),
  taker: () => new Taker(),
};
