/** The row of each trader: sums become figures, in money that adds up. */

import { ranksOf, type DebriefLiquidity, type DebriefRound, type DebriefTrader } from "#protocol";
import type { RoomUser } from "../state.ts";
import { meanPrice, toAmount, wholeMoney } from "./amounts.ts";
import type { Ending } from "./ending.ts";
import { TraderFills, type FillSums } from "./fills.ts";
import type { Quoting } from "./quoting.ts";

export interface TraderSource {
  user: Readonly<RoomUser>;
  fills: TraderFills;
  /** P&L that came from no trade. */
  other: number;
  curve: DebriefTrader["curve"];
}

export function traderRows(
  sources: readonly TraderSource[],
  quoting: Quoting,
  rounds: readonly DebriefRound[],
  ending: Ending,
): DebriefTrader[] {
  const skills = skillOf(rounds);
  const rows = sources.map((source) => rowOf(source, quoting, skills, ending));
  rows.sort((a, b) => b.pnl - a.pnl || b.volume - a.volume || a.user_id - b.user_id);
  const ranks = ranksOf(rows.map(({ pnl }) => pnl));
  return rows.map((row, at) => ({ ...row, rank: ranks[at] as number }));
}

function rowOf(
  { user, fills, other, curve }: TraderSource,
  quoting: Quoting,
  skills: ReadonlyMap<number, Skill>,
  ending: Ending,
): DebriefTrader {
  const { maker, taker, qty } = fills;
  const { userId } = user;
  const hasTraded = qty > 0;
  const { edge = null, information = null, luck = null } = skills.get(userId) ?? {};
  return {
    ...{ user_id: userId, name: user.name, bot: user.bot?.kind ?? null, rank: 0 },
    ...partsOf(fills, other, ending.decimals),
    ...{ edge, information, luck },
    markouts: {
      1: meanPrice(fills.markouts[1], qty),
      5: meanPrice(fills.markouts[5], qty),
      30: meanPrice(fills.markouts[30], qty),
    },
    ...{ trades: maker.trades + taker.trades, volume: qty },
    maker_share: hasTraded ? maker.qty / qty : null,
    quoting: quotingOf(quoting, userId),
    max_abs_position: fills.maxAbsPosition,
    curve,
    best: fills.best?.trade.trade_id ?? null,
    worst: fills.worst?.trade.trade_id ?? null,
  };
}

type Parts = Pick<
  DebriefTrader,
  "pnl" | "spread" | "selection" | "drift" | "other" | "maker" | "taker"
>;

/** Parts of the P&L that add up to it: drift takes what rounding leaves, of maker and taker alike. */
function partsOf({ maker, taker }: TraderFills, other: number, decimals: number): Parts {
  const whole = (money: bigint) => wholeMoney(money, decimals);
  const amount = (money: bigint) => toAmount(money, decimals);
  const [spread, selection] = [
    whole(maker.spread + taker.spread),
    whole(maker.selection + taker.selection),
  ];
  const traded = whole(
    maker.spread + maker.selection + maker.drift + (taker.spread + taker.selection + taker.drift),
  );
  const drift = traded - spread - selection;
  const makers = {
    spread: whole(maker.spread),
    selection: whole(maker.selection),
    drift: taker.trades === 0 ? drift : whole(maker.drift),
  };
  const kind = (sums: FillSums, parts: typeof makers): DebriefLiquidity => ({
    spread: amount(parts.spread),
    selection: amount(parts.selection),
    drift: amount(parts.drift),
    ...{ qty: sums.qty, trades: sums.trades },
  });
  const others = wholeMoney(
    BigInt(Math.round(other * 10 ** decimals)) * 2n * 10n ** BigInt(12 - decimals),
    decimals,
  );
  return {
    pnl: amount(traded + others),
    ...{ spread: amount(spread), selection: amount(selection), drift: amount(drift) },
    other: amount(others),
    maker: kind(maker, makers),
    taker: kind(taker, {
      spread: spread - makers.spread,
      selection: selection - makers.selection,
      drift: drift - makers.drift,
    }),
  };
}

function quotingOf(quoting: Quoting, userId: number): DebriefTrader["quoting"] {
  const rows: DebriefTrader["quoting"] = [];
  for (const [inst, { quoters, openMs }] of quoting.books) {
    const quoter = quoters.get(userId);
    if (quoter === undefined) continue;
    const { twoSidedMs, widthMs, atBestMs } = quoter;
    rows.push({
      inst,
      two_sided: openMs === 0 ? null : twoSidedMs / openMs,
      width: twoSidedMs === 0 ? null : Math.round((widthMs / twoSidedMs) * 1e6) / 1e6,
      at_best: openMs === 0 ? null : atBestMs / openMs,
    });
  }
  return rows.sort((a, b) => a.inst - b.inst);
}

type Skill = Pick<DebriefTrader, "edge" | "information" | "luck">;

/** Edge, information and luck over all rounds that have them. */
function skillOf(rounds: readonly DebriefRound[]): Map<number, Skill> {
  const skills = new Map<number, Skill>();
  for (const { result } of rounds)
    for (const row of result["rows"] as (Skill & { user_id: number })[]) {
      if (row.edge === null) continue;
      const before = skills.get(row.user_id);
      const plus = (part: keyof Skill) =>
        Math.round(((before?.[part] ?? 0) + (row[part] ?? 0)) * 1e6) / 1e6;
      skills.set(row.user_id, {
        ...{ edge: plus("edge"), information: plus("information"), luck: plus("luck") },
      });
    }
  return skills;
}
