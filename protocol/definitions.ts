/** The figures of the debrief, in words and as formulas: page, docs and API tell these. */

import type { Definition } from "./debrief.ts";

const define = (title: string, meaning: string, formula = ""): Definition => ({
  title,
  meaning,
  formula,
});

/** Letters of the formulas. */
export const letters: Readonly<Record<string, string>> = {
  s: "+1 for a buy, -1 for a sell",
  p: "price of the fill",
  q: "its contracts",
  v: "money that a point is worth",
  m0: "reference price just before the trade: the middle of the market",
  m5: "reference price five seconds later",
  m: "reference price",
  S: "settlement",
  F: "fair value to who knew the table only, at the trade",
  A: "fair value to who knew the table and all hands, at the trade",
  t: "a moment",
  d: "seconds after the fill: 1, 5 or 30",
  C: "price of a call",
  P: "price of a put",
  U: "price of the underlying",
  K: "strike",
};

/** The letters that a formula uses, with what they stand for, in the order of `letters`. */
export function lettersIn(formula: string): [letter: string, meaning: string][] {
  const used = new Set(formula.match(/[A-Za-z]+\d?/g));
  const strikes = [...used].some((word) => /^K\d$/.test(word));
  return Object.entries(letters).filter(
    ([letter]) => used.has(letter) || (letter === "K" && strikes),
  );
}

/** Share of the first error that a price may keep to have found the settlement. */
export const foundShare = 0.05;
/** Seconds after a trade at which mark-outs are taken. */
export const markoutSeconds = [1, 5, 30] as const;
/** Time for which free money has to stand to count, ms. */
export const freeMoneyMs = 1_000;

export const definitions = {
  symbols: define(
    "Symbols",
    "For each fill: s is +1 for a buy and -1 for a sell, p its price, q its contracts, v the money that a point is worth. m0 is the reference price just before the request that traded was applied (p if there was none), m5 the reference price five seconds after the fill, S the settlement.",
    "s, p, q, v, m0, m5, S",
  ),
  m: define(
    "Reference price",
    "The middle of best bid and best ask while there are both, else the price of the last trade. A settled instrument is worth its settlement. After the end of the session the settlement holds.",
    "m(t) = (best bid + best ask) / 2",
  ),
  S: define(
    "Settlement",
    "What a contract paid in the end. A corrected value holds throughout. An instrument that was never settled counts at its last trade.",
  ),
  pnl: define(
    "P&L",
    "What you made: the parts below add up to it. Over all traders it is zero.",
    "pnl = spread + selection + drift + other",
  ),
  spread: define(
    "Spread",
    "Money from trading at better prices than the middle of the market, at the moment of the trade. Quotes earn it, taking pays it.",
    "sum of s (m0 - p) q v",
  ),
  selection: define(
    "Selection",
    "Where the market went in the five seconds after your trades. Less than zero: others picked you off.",
    "sum of s (m5 - m0) q v",
  ),
  drift: define(
    "Drift",
    "What your position made from there to the settlement.",
    "sum of s (S - m5) q v, and what rounding leaves",
  ),
  other: define(
    "Pot and dealt cards",
    "Money that came from no trade: what a pot paid you less your ante, and the cards you were dealt at their final value.",
    "pnl - the trades",
  ),
  edge: define(
    "Edge",
    "How much better your prices were than the fair value that everybody could count from the table. Over all rounds with fair values.",
    "sum of s (F - p) q v",
  ),
  information: define(
    "Information",
    "What the cards in all hands made of the price you paid: did you trade with those who knew, or against them?",
    "sum of s (A - F) q v",
  ),
  luck: define(
    "Luck",
    "What nobody could know. Its mean is zero for everybody.",
    "pnl - edge - information - bonus",
  ),
  bonus: define(
    "Bonus",
    "What a pot paid you less your ante, and the cards you were dealt at what they were worth before anybody saw them.",
    "payments of the pot - ante + value before the deal",
  ),
  elsewhere: define(
    "Other trading",
    "P&L of rounds and instruments without fair values, which nobody can take apart in this way.",
    "pnl - edge - information - luck - bonus",
  ),
  maker: define(
    "Maker",
    "The part of fills in which your resting order was traded with.",
    "fills whose order rested",
  ),
  taker: define(
    "Taker",
    "The part of fills in which your order traded at once.",
    "fills whose order came in",
  ),
  markouts: define(
    "Mark-outs",
    "What a contract had made 1, 5 and 30 seconds after your fills, on average, in price.",
    "sum of s (m(t + d) - p) q / sum of q",
  ),
  trades: define("Trades", "Fills of yours.", "count of fills"),
  volume: define("Volume", "Contracts in your fills.", "sum of q"),
  maker_share: define(
    "Maker share",
    "The share of your contracts that traded with your resting orders.",
    "maker contracts / volume",
  ),
  two_sided: define(
    "Quoting time",
    "The share of the time the instrument was open in which you had a bid and an ask in the book.",
    "two-sided time / open time",
  ),
  width: define(
    "Width",
    "The distance of your best bid and your best ask while you had both, by time.",
    "mean of (own ask - own bid) over the two-sided time",
  ),
  at_best: define(
    "At the best",
    "The share of the open time in which an order of yours stood at the best bid or at the best ask, alone or with others.",
    "time at the best / open time",
  ),
  max_abs_position: define(
    "Largest position",
    "The most contracts you held in one instrument, long or short.",
  ),
  curve: define(
    "P&L curve",
    "Your P&L over time, with open positions at the reference price.",
    "cash + sum of position m(t) v",
  ),
  best: define(
    "Best trade",
    "The fill that made the most by the settlement.",
    "largest s (S - p) q v",
  ),
  worst: define(
    "Worst trade",
    "The fill that lost the most by the settlement.",
    "smallest s (S - p) q v",
  ),
  matrix: define(
    "Who traded with whom",
    "Contracts that the buyer bought from the seller, and what the buyer made of them by the settlement. The seller made the opposite.",
    "sum of (S - p) q v",
  ),
  free_money: define(
    "Free money",
    "Quotes that locked in a gain at every settlement and stood for a second or longer. Each counts once, however long it stood.",
  ),
  parity: define("Parity", "Call, put and underlying that do not agree.", "C - P = U - K"),
  vertical: define(
    "Vertical",
    "Two strikes of one kind, too close or too far apart.",
    "0 <= C(K1) - C(K2) <= K2 - K1",
  ),
  box: define(
    "Box",
    "Calls and puts at two strikes, which together pay their distance.",
    "C(K1) - C(K2) + P(K2) - P(K1) = K2 - K1",
  ),
  butterfly: define(
    "Butterfly",
    "Three strikes of one kind, of which the middle one is too dear.",
    "C(K2) <= C between K1 and K3",
  ),
  path: define("Price path", "The reference price over time."),
  fair: define(
    "Fair value",
    "The mean of the settlement to who knows all hands, when trading began.",
  ),
  error_s: define(
    "Price discovery",
    "Seconds from the first reference price until the price stayed near the settlement for good: within 5% of its first error.",
    "|m - S| <= 0.05 |first m - S|",
  ),
  awards: define("Awards", "The best of the class at one thing each."),
} as const satisfies Record<string, Definition>;
