/** Trades prices of options that do not fit together: put-call parity, and butterflies below nothing. */

import type { Side } from "#protocol";
import type { Bot, BotMaker } from "./bot.ts";
import { bestAsk, bestBid, type BotRequest, type BotView, type Market } from "./view.ts";

const lotsAtOnce = 3;
/** Lots of each leg that it holds at most: what it has locked in does not need more. */
const lotsMost = 60;

interface Leg {
  market: Market;
  side: Side;
  /** Contracts for each of the combination. */
  ratio: number;
}

interface Locked {
  /** Points that the combination gains at every settlement, at least. */
  gain: number;
  legs: Leg[];
}

class Parity implements Bot {
  decide(view: BotView): BotRequest[] {
    const tick = Math.max(...view.markets.map(({ instrument }) => instrument.tick_size), 0);
    const best = [...parities(view), ...butterflies(view)]
      .filter(({ gain, legs }) => gain >= tick / 2 && sizeOf(legs) > 0)
      .sort((a, b) => b.gain - a.gain)[0];
    if (best === undefined) return [];
    const size = sizeOf(best.legs);
    // All legs leave in one turn, so that nobody comes between them.
    return best.legs.map(({ market, side, ratio }) => ({
      ...{ op: "order_new", inst: market.instrument.inst, side, qty: size * ratio },
      ...{ price: priceOf(market, side) ?? 0, tif: "FOK" },
    }));
  }
}

function priceOf(market: Market, side: Side): number | null {
  return side === "buy" ? bestAsk(market) : bestBid(market);
}

/** Combinations that all legs can be had of at the best prices. */
function sizeOf(legs: readonly Leg[]): number {
  const sizes = legs.map(({ market, side, ratio }) => {
    const there = (side === "buy" ? market.asks : market.bids)[0]?.[1] ?? 0;
    const { lot_size: lot } = market.instrument;
    const held = side === "buy" ? market.position : -market.position;
    const most = Math.min(there, lotsAtOnce * lot, lotsMost * lot - held);
    return Math.floor(most / ratio / lot) * lot;
  });
  return Math.max(0, Math.min(...sizes));
}

/** A call less a put of one strike is the underlying less the strike: one of the two may be had cheaper. */
function* parities({ markets }: BotView): Generator<Locked> {
  for (const call of markets) {
    const { type, reference_id: reference, strike } = call.instrument;
    if (type !== "CALL" || strike === null) continue;
    const put = markets.find(
      ({ instrument: one }) =>
        one.type === "PUT" && one.reference_id === reference && one.strike === strike,
    );
    const underlying = markets.find(({ instrument }) => instrument.inst === reference);
    if (put === undefined || underlying === undefined) continue;
    for (const side of ["buy", "sell"] as const) {
      const other = side === "buy" ? "sell" : "buy";
      const legs = [
        { market: call, side, ratio: 1 },
        { market: put, side: other, ratio: 1 },
        { market: underlying, side: other, ratio: 1 },
      ] satisfies Leg[];
      const cost = costOf(legs);
      // Bought: the strike comes back at the end. Sold: it is paid.
      if (cost !== null) yield { gain: (side === "buy" ? -strike : strike) - cost, legs };
    }
  }
}

/** One option of a lower strike, less two of the middle one, and one of a higher, is never worth less than nothing. */
function* butterflies({ markets }: BotView): Generator<Locked> {
  for (const type of ["CALL", "PUT"] as const) {
    const options = markets
      .filter(({ instrument }) => instrument.type === type)
      .sort((a, b) => (a.instrument.strike ?? 0) - (b.instrument.strike ?? 0));
    for (const [at, middle] of options.entries()) {
      const [low, high] = [options[at - 1], options[at + 1]];
      if (low === undefined || high === undefined || !isEven(low, middle, high)) continue;
      const legs = [
        { market: low, side: "buy", ratio: 1 },
        { market: middle, side: "sell", ratio: 2 },
        { market: high, side: "buy", ratio: 1 },
      ] satisfies Leg[];
      const cost = costOf(legs);
      if (cost !== null) yield { gain: -cost, legs };
    }
  }
}

function isEven(...options: Market[]): boolean {
  const [low = 0, middle = 0, high = 0] = options.map(({ instrument }) => instrument.strike ?? 0);
  const [one, ...others] = options.map(({ instrument }) => instrument.reference_id);
  return others.every((other) => other === one) && Math.abs(low + high - 2 * middle) < 1e-9;
}

/** Points paid for one of the combination; null: a leg cannot be had. */
function costOf(legs: readonly Leg[]): number | null {
  let cost = 0;
  for (const { market, side, ratio } of legs) {
    const price = priceOf(market, side);
    if (price === null) return null;
    cost += (side === "buy" ? price : -price) * ratio;
  }
  return cost;
}

export const parity: BotMaker = {
  kind: "parity",
  title: "Parity trader",
  summary: "Takes prices of options that do not fit together, and locks the difference in.",
  paceMs: [700, 1_600],
  make: () => new Parity(),
};
