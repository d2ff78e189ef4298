/**
 * Compares a session's log with what was told of the session: its last hash, its trades, everybody's position and P&L, and
 * the deals of its rounds. Each check says what it has looked at, and where the two part.
 */

import type { ExportRow } from "#protocol";
import type { Context } from "../context.ts";
import { emptyPosition } from "../engine-port.ts";
import type { RoomInstrument } from "../state.ts";
import { holdingOf, pnlOf, settledOf } from "../views/holdings.ts";
import type { Chain } from "./chain.ts";
import { holding, type ReplayedTrade } from "./replay.ts";

export type CheckName = "chain" | "end" | "replay" | "trades" | "positions" | "pnl" | "deals";

export interface Check {
  name: CheckName;
  /** null: there was nothing to compare with. */
  isRight: boolean | null;
  /** Lines, trades, positions and so on that were compared. */
  count: number;
  /** The first place where log and told data part, in words; null: they do not. */
  where: string | null;
}

type TradeField =
  "trade_id" | "ts" | "inst" | "price" | "qty" | "aggressor" | "buyer_id" | "seller_id";

export type ToldTrade = Pick<ExportRow<"trades">, TradeField>;
export type ToldPosition = Pick<ExportRow<"positions">, "user_id" | "inst" | "qty" | "settled_qty">;
export interface ToldPnl {
  user_id: number;
  name: string;
  pnl: number;
}

const right = (name: CheckName, count: number): Check => ({
  name,
  isRight: true,
  count,
  where: null,
});
const wrong = (name: CheckName, count: number, where: string): Check => ({
  ...{ name, isRight: false, count, where },
});
export const unchecked = (name: CheckName): Check => ({
  name,
  isRight: null,
  count: 0,
  where: null,
});

export function checkChain({ sound, lines }: Chain): Check {
  return sound === lines && lines > 0
    ? right("chain", lines)
    : wrong("chain", sound, `line ${sound + 1} does not follow from the line before`);
}

/** @param told hashes of the last line, as the close and the server told them; null: not known */
export function checkEnd({ last, lines }: Chain, told: readonly (string | null)[]): Check {
  const known = told.filter((hash) => hash !== null);
  if (known.length === 0) return unchecked("end");
  const other = known.find((hash) => hash !== last);
  return other === undefined
    ? right("end", known.length)
    : wrong("end", 0, `line ${lines} ends in ${brief(last)}, and ${brief(other)} was told`);
}

const brief = (hash: string | null) => (hash === null ? "nothing" : `${hash.slice(0, 12)}…`);

export function checkTrades(
  replayed: readonly ReplayedTrade[],
  told: readonly ToldTrade[] | null,
): Check {
  if (told === null) return unchecked("trades");
  const ordered = [...told].sort((a, b) => (a.trade_id ?? 0) - (b.trade_id ?? 0));
  for (const [at, trade] of replayed.entries()) {
    const other = ordered[at];
    if (other === undefined) return wrong("trades", at, `trade ${trade.trade_id} was not told`);
    const byLog = new Map<string, unknown>(Object.entries(trade));
    const parted = Object.entries(other).find(
      // A player's file leaves out who was on the other side.
      ([field, value]) => value !== null && byLog.has(field) && byLog.get(field) !== value,
    );
    if (parted !== undefined)
      return wrong(
        ...(["trades", at] as const),
        `trade ${trade.trade_id}: ${parted[0]} ${byLog.get(parted[0])} by the log, ${parted[1]} as told`,
      );
  }
  const extra = ordered[replayed.length];
  return extra === undefined
    ? right("trades", replayed.length)
    : wrong("trades", replayed.length, `trade ${extra.trade_id} is not in the log`);
}

/**
 * Compares every position of the log with the sums of the told trades, and with the told positions.
 * @param dealt contracts that users were dealt, by `holding`
 */
export function checkPositions(
  ctx: Context,
  trades: readonly ToldTrade[] | null,
  told: readonly ToldPosition[] | null,
  dealt: ReadonlyMap<string, number>,
): Check {
  const isWhole = trades?.every(
    ({ buyer_id, seller_id }) => buyer_id !== null && seller_id !== null,
  );
  if (isWhole !== true && told === null) return unchecked("positions");
  const byTrades = isWhole === true ? partedBySums(ctx, trades ?? [], dealt) : 0;
  if (typeof byTrades === "string") return wrong("positions", 0, byTrades);
  const byFile = partedByFile(ctx, told ?? []);
  return byFile === null
    ? right("positions", Math.max(byTrades, told?.length ?? 0))
    : wrong("positions", byTrades, byFile);
}

/** @returns the number of positions that are the sums of the trades, or where the first one is not */
function partedBySums(
  ctx: Context,
  trades: readonly ToldTrade[],
  dealt: ReadonlyMap<string, number>,
): number | string {
  const sums = new Map<string, number>();
  for (const { inst, qty, buyer_id, seller_id } of trades)
    for (const [userId, signed] of [
      [buyer_id, qty ?? 0],
      [seller_id, -(qty ?? 0)],
    ] as const)
      sums.set(holding(userId, inst), (sums.get(holding(userId, inst)) ?? 0) + signed);
  let count = 0;
  const scratch = emptyPosition();
  const traded = (userId: number, { inst, kept }: RoomInstrument) => {
    const { qty, settledQty } = ctx.engine.position(userId, inst, scratch);
    // An instrument that has left keeps its dealt contracts among the settled ones.
    return qty + settledQty - (kept === null ? 0 : (dealt.get(holding(userId, inst)) ?? 0));
  };
  for (const user of ctx.state.users.values())
    for (const instrument of ctx.state.instruments) {
      const ofLog = traded(user.userId, instrument);
      const ofTrades = sums.get(holding(user.userId, instrument.inst)) ?? 0;
      if (ofLog !== ofTrades)
        return `user ${user.userId} holds ${ofLog} ${instrument.symbol} by the log, ${ofTrades} by the trades`;
      if (ofLog !== 0) count++;
    }
  return count;
}

/** The first told position that is not that of the log; null: none. */
function partedByFile(ctx: Context, told: readonly ToldPosition[]): string | null {
  for (const { user_id, inst, qty, settled_qty } of told) {
    const instrument = ctx.state.instruments[(inst ?? 0) - 1];
    if (instrument === undefined) return `there is no instrument ${inst} by the log`;
    const held = holdingOf(ctx, user_id ?? 0, instrument).qty;
    const settled = settledOf(ctx, user_id ?? 0, instrument).settled_qty;
    if (held !== qty || settled !== settled_qty)
      return `user ${user_id} holds ${held} ${instrument.symbol} by the log, ${qty} as told`;
  }
  return null;
}

/** Less than half of the last decimal of money. */
const rounding = 5e-7;

export function checkPnl(ctx: Context, told: readonly ToldPnl[] | null): Check {
  if (told === null) return unchecked("pnl");
  for (const [at, { user_id: userId, pnl }] of told.entries()) {
    const ofLog = pnlOf(ctx, userId).pnl;
    if (!(Math.abs(ofLog - pnl) < rounding))
      return wrong("pnl", at, `user ${userId} made ${ofLog} by the log, ${pnl} as told`);
  }
  return right("pnl", told.length);
}

/** The result of a round's deal being dealt again: null if it is the same, else where it parts. */
export type DealCheck = { round: number; where: string | null };

export function checkDeals(deals: readonly DealCheck[] | null): Check {
  if (deals === null || deals.length === 0) return unchecked("deals");
  const other = deals.find(({ where }) => where !== null);
  return other === undefined
    ? right("deals", deals.length)
    : wrong("deals", deals.indexOf(other), `round ${other.round}: ${other.where ?? ""}`);
}
