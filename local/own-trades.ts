/**
 * The P&L of each trade of one user: the parts of the debrief, trade by trade, from the room's journal. Reference prices and
 * settlements are the debrief's own (game/debrief), so the sums over the trades are what it tells of the trader.
 */

import type { Context, Recorder, TradeRecord } from "#game/context.ts";
import { halfMicros, priceOfHalves, type HalfMicros } from "#game/debrief/amounts.ts";
import { endingOf } from "#game/debrief/ending.ts";
import { Prices } from "#game/debrief/prices.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Engines } from "#game/journal/waking.ts";
import { silence } from "#game/outbox.ts";
import { Room } from "#game/room.ts";
import { lockedIn } from "#game/rounds/scoring/locked-in.ts";
import { openRound } from "#game/rounds/state.ts";
import type { OwnTrade, OwnTrades, Standing } from "./report.ts";

/** Time after which it shows whether the market went with a trade. */
const afterMs = 5_000;

/** A trade of the user, with the reference prices around it as far as they are known. */
interface Seen {
  readonly trade: TradeRecord;
  readonly before: HalfMicros;
  later: HalfMicros | null;
}

/**
 * @param now of the room at present, whose settlements hold
 * @param entries of its journal, from the first on
 */
export function ownTrades(
  now: Context,
  engines: Engines,
  entries: Iterable<JournalEntry>,
  userId: number,
): OwnTrades {
  const room = new Room(engines.create(), { append() {}, read: () => null, fullness: 0 }, silence);
  const ending = endingOf(now);
  const prices = new Prices(room.context, ending.instruments);
  const seen: Seen[] = [];
  const positions = new Map<number, number>();
  let maxPosition = 0;
  const recorder: Recorder = {
    ...{ order() {}, change() {}, line() {} },
    trade(trade) {
      const isBuyer = trade.buyer_id === userId;
      const isVoid = ending.instruments.get(trade.inst)?.counts === false;
      if (isVoid || (!isBuyer && trade.seller_id !== userId)) return;
      const before = prices.before(trade.inst).m ?? halfMicros(trade.price ?? 0);
      seen.push({ trade, before, later: null });
      const position = (positions.get(trade.inst) ?? 0) + (isBuyer ? 1 : -1) * (trade.qty ?? 0);
      positions.set(trade.inst, position);
      maxPosition = Math.max(maxPosition, Math.abs(position));
    },
  };
  /** Index of the first trade whose later price is not known. */
  let open = 0;
  for (const entry of entries) {
    for (let one = seen[open]; one && (one.trade.ts ?? 0) + afterMs < entry.ts; one = seen[++open])
      one.later = prices.m(one.trade.inst);
    room.replay(entry, recorder);
    prices.refresh(() => {});
  }
  const settledOf = (inst: number) => ending.instruments.get(inst)?.value ?? null;
  const trades = seen.map((one): OwnTrade => {
    const instrument = now.state.instruments[one.trade.inst - 1];
    return inParts(one, settledOf(one.trade.inst), one.trade.buyer_id === userId, {
      symbol: instrument?.symbol ?? "",
      isOption: instrument?.reference != null,
      tickValue: instrument?.tickValue ?? 1,
    });
  });
  return { trades, maxPosition, standing: standingOf(now, userId) };
}

/** The user's account of the present round, in the parts that are no secret from the user. */
export function standingOf({ state: { round } }: Context, userId: number): Standing | null {
  const account = round?.accounts.find((one) => one.userId === userId);
  if (round === null || account === undefined) return null;
  const { trades, edge, own } = account;
  const isLocking = openRound(round).plan.scoresLockedIn === true;
  return { trades, edge, own, lockedIn: isLocking ? lockedIn(round, account) : null };
}

function inParts(
  { trade, before: m0, later: m5 }: Seen,
  value: HalfMicros | null,
  isBuyer: boolean,
  { symbol, isOption, tickValue }: { symbol: string; isOption: boolean; tickValue: number },
): OwnTrade {
  const { trade_id: tradeId, inst, ts, aggressor, buyer_id: buyer, seller_id: seller } = trade;
  const [price, qty] = [trade.price ?? 0, trade.qty ?? 0];
  const before = priceOfHalves(m0);
  const settled = value === null ? price : priceOfHalves(value);
  const later = m5 === null ? settled : priceOfHalves(m5);
  const money = (points: number) => tidy((isBuyer ? 1 : -1) * points * qty * tickValue);
  return {
    ...{ tradeId, inst, symbol, isOption, ts: ts ?? 0, price, qty, before, later, settled },
    side: isBuyer ? "buy" : "sell",
    isMaker: (aggressor === "buy") !== isBuyer,
    otherId: isBuyer ? seller : buyer,
    spread: money(before - price),
    selection: money(later - before),
    drift: money(settled - later),
  };
}

/** Without what binary fractions add. */
const tidy = (money: number) => Math.round(money * 1e6) / 1e6 + 0;
