/** Awards: the best of the class at one thing each, people before bots. Each is a row of data. */

import type { Award, DebriefTrader } from "#protocol";

interface Kind {
  title: string;
  /** The more, the better; null: not in question. */
  worth(trader: DebriefTrader): number | null;
  why(trader: DebriefTrader): string;
}

/** Fills of a kind that count for more than chance. */
const fillsLeast = 5;
/** Quoting time of somebody whose width counts. */
const quotingLeast = 0.1;

const positive = (value: number | null) => (value !== null && value > 0 ? value : null);

const kinds: readonly Kind[] = [
  {
    title: "Most money",
    worth: ({ pnl }) => positive(pnl),
    why: ({ pnl }) => `Made ${told(pnl)} in all.`,
  },
  {
    title: "Best market maker",
    worth: ({ maker }) => (maker.trades < fillsLeast ? null : positive(maker.spread)),
    why: ({ maker }) => `Earned ${told(maker.spread)} of spread with resting orders.`,
  },
  {
    title: "Quickest hand",
    worth: ({ taker }) => (taker.trades < fillsLeast ? null : positive(taker.selection)),
    why: ({ taker }) =>
      `Traded before the market moved: ${told(taker.selection)} within five seconds.`,
  },
  {
    title: "Most skill",
    worth: ({ edge, information }) => positive(edge === null ? null : edge + (information ?? 0)),
    why: ({ edge, information }) =>
      `Edge and information made ${told((edge ?? 0) + (information ?? 0))}, whatever luck did.`,
  },
  {
    title: "Always there",
    worth: ({ quoting }) => positive(twoSided(quoting)),
    why: ({ quoting }) => `Quoted both sides ${Math.round(100 * twoSided(quoting))}% of the time.`,
  },
  {
    title: "Tightest quotes",
    worth: ({ quoting }) => {
      const width = meanWidth(quoting);
      return width === null || twoSided(quoting) < quotingLeast ? null : -width;
    },
    why: ({ quoting }) => `Bid and ask were ${told(meanWidth(quoting))} apart on average.`,
  },
  {
    title: "Busiest",
    worth: ({ volume }) => positive(volume),
    why: ({ volume, trades }) => `${count(volume)} contracts in ${count(trades)} trades.`,
  },
];

/** Bots whose luck teaches nothing: they trade at random. */
const never = new Set(["noise"]);

export function awardsOf(traders: readonly DebriefTrader[]): Award[] {
  const people = traders.filter(({ bot }) => bot === null);
  const bots = traders.filter(({ bot }) => bot !== null && !never.has(bot));
  return kinds.flatMap(({ title, worth, why }) => {
    const best = bestOf(people, worth) ?? bestOf(bots, worth);
    return best === null ? [] : [{ title, user_id: best.user_id, why: why(best) }];
  });
}

function bestOf(traders: readonly DebriefTrader[], worth: Kind["worth"]): DebriefTrader | null {
  let best: { trader: DebriefTrader; value: number } | null = null;
  for (const trader of traders) {
    const value = worth(trader);
    if (value !== null && (best === null || value > best.value)) best = { trader, value };
  }
  return best?.trader ?? null;
}

function twoSided(quoting: DebriefTrader["quoting"]): number {
  const shares = quoting.map(({ two_sided: share }) => share ?? 0);
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** The mean of the instruments' widths. */
function meanWidth(quoting: DebriefTrader["quoting"]): number | null {
  const widths = quoting.flatMap(({ width }) => (width === null ? [] : [width]));
  return widths.length === 0 ? null : widths.reduce((sum, one) => sum + one, 0) / widths.length;
}

/** An amount of money or a distance of prices in a sentence: two decimals, thousands apart. */
function told(value: number | null): string {
  const [whole = "", cents = ""] = (Math.round((value ?? 0) * 100) / 100).toFixed(2).split(".");
  return `${grouped(whole)}.${cents}`;
}

/** A number of things. */
function count(value: number): string {
  return grouped(String(Math.round(value)));
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
