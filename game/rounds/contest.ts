/**
 * The contest for the right to quote: bids of ever narrower widths, then the market of the winner, which stands until
 * everybody else has bought or sold one. Who has not by the end of the trading is traded for, in turns: the first buys, the
 * second sells, and so on.
 */

import type { Call, Context } from "../context.ts";
import { Reject, Side, Tif } from "../engine-port.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomState, RoomUser } from "../state.ts";
import { applyEvents } from "../trading/fills.ts";
import { round6 } from "../units/decimals.ts";
import { priceOf } from "../units/prices.ts";
import { statusText } from "../units/text-of.ts";
import { keepTime, windUp } from "./clock.ts";
import { isRunning, openRound, stepOf, type RoundState } from "./state.ts";
import type { Wanted } from "./rules/wanted.ts";

/** Tick of the question's instrument: the narrowest market that there can be. */
const tick = 1;

/** Distance of the bid and the ask of a market that was won at this width: on the tick grid, and no wider. */
const marketWidth = (width: number) => Math.floor(width / tick) * tick;

/** Takes a bid. @returns why not */
export function bidFor(round: RoundState, seat: number, width: number): Rejection | null {
  const contest = openRound(round).plan.contest;
  if (contest === undefined) return reject("RULE", "Nothing is asked in this step.");
  if (width < tick)
    return reject(
      "RULE",
      `A width is at least ${tick}: bid and ask stand on the tick grid (tick).`,
    );
  const widest = widestOf(round);
  if (width > widest)
    return reject("RULE", `A width is at most ${widest}: all answers lie in there (max_width).`);
  const most = mostOf(round);
  if (width > most)
    return reject(
      "RULE",
      `A width must be at least ${percent(contest.shrink)} below the best one: ${most} or less (shrink).`,
    );
  round.contest = { best: width, userId: round.seats[seat] as number };
  round.answers[seat] = width;
  return null;
}

/**
 * Passes the right to quote of somebody who is removed to the next-narrowest bid of those who are still there. Bidding goes
 * on from it, with a new clock.
 */
export function passOn({ state, feed }: Context, userId: number, now: number): void {
  const { round } = state;
  if (!isRunning(round) || round.contest?.userId !== userId) return;
  const { kind } = stepOf(round);
  if (kind !== "contest" && kind !== "trade") return;
  const bids = round.seats.flatMap((seatedId, seat) => {
    const width = round.answers[seat] ?? null;
    return width === null || state.users.get(seatedId)?.kicked !== false
      ? []
      : [{ best: width, userId: seatedId }];
  });
  round.contest = bids.toSorted((a, b) => a.best - b.best)[0] ?? null;
  if (kind === "contest") {
    windUp(round);
    keepTime(round, state.session === "open", now);
  }
  feed.roundChanged();
}

const percent = (part: number) => `${Math.round(part * 100)} %`;

/** The widest bid that is taken now; less than a tick: the contest is decided. */
function mostOf(round: RoundState): number {
  const contest = openRound(round).plan.contest;
  if (contest === undefined) return 0;
  if (round.contest === null) return widestOf(round);
  // Products of decimals have errors beyond the sixth one.
  return round6(round.contest.best * (1 - contest.shrink));
}

/** Points between the bounds of the question's instrument. */
function widestOf(round: RoundState): number {
  const [listing] = openRound(round).listings;
  return listing === undefined ? 0 : listing.maxPrice - listing.minPrice;
}

/** Whether no narrower width is left to bid. */
export function isDecided(round: RoundState): boolean {
  return round.contest !== null && mostOf(round) < tick;
}

/** Refusal of an order while the winner of a contest makes the market; null: it may be entered. */
export function contestRefusal(
  ctx: Context,
  round: RoundState,
  { userId }: RoomUser,
  wanted: Wanted,
): Rejection | null {
  const { contest } = round;
  if (contest === null) return null;
  return contest.userId === userId
    ? marketRefusal(ctx, round, contest.best, wanted)
    : takerRefusal(ctx, round, userId, wanted);
}

/** The winner quotes both sides, as wide as was bid, for everybody who has not traded yet, and once. */
function marketRefusal(
  ctx: Context,
  round: RoundState,
  width: number,
  { how, inst, buy, sell }: Wanted,
): Rejection | null {
  if (isStanding(ctx, inst, round)) return reject("RULE", standsText);
  const waiting = waitingSeats(round).length;
  const apart = marketWidth(width);
  if (how !== "quote" || buy?.price == null || sell?.price == null)
    return reject("RULE", `You have won: quote a bid and an ask, ${apart} apart (contest).`);
  if (sell.price - buy.price !== apart)
    return reject(
      "RULE",
      `You have won at ${width}: bid and ask must be ${apart} apart (contest).`,
    );
  return buy.qty < waiting || sell.qty < waiting
    ? reject("RULE", `Quote at least ${waiting} on each side: everybody may trade one (contest).`)
    : null;
}

const standsText = "Your market stands until the end of the trading (contest).";

function isStanding({ engine }: Context, inst: number, { contest }: RoundState): boolean {
  const quoted = (side: Side) =>
    contest !== null && engine.quoteOrder(contest.userId, inst, side) !== null;
  return quoted(Side.buy) || quoted(Side.sell);
}

function takerRefusal(
  ctx: Context,
  round: RoundState,
  userId: number,
  { how, inst, buy, sell }: Wanted,
): Rejection | null {
  if (how !== "order")
    return reject("RULE", "Only the winner quotes: buy at the ask or sell at the bid (contest).");
  if (!waitingSeats(round).includes(userId))
    return reject("RULE", "You have traded: everybody buys or sells one, and no more (contest).");
  if ((buy ?? sell)?.qty !== 1) return reject("RULE", "Everybody trades exactly one (contest).");
  return crosses(ctx, inst, buy?.price ?? null, sell?.price ?? null)
    ? null
    : reject("RULE", "Only the winner quotes: buy at the ask or sell at the bid (contest).");
}

/** Whether an order would trade at once. @param bid @param ask null: another side, or any price */
function crosses(ctx: Context, inst: number, bid: number | null, ask: number | null): boolean {
  const { engine } = ctx;
  const best = (side: Side) => {
    const ticks = engine.best(inst, side);
    return ticks === null ? null : priceOf(engine, inst, ticks);
  };
  const [bestBid, bestAsk] = [best(Side.buy), best(Side.sell)];
  if (bestBid === null && bestAsk === null) return false;
  if (bid !== null && (bestAsk === null || bid < bestAsk)) return false;
  return ask === null || (bestBid !== null && ask <= bestBid);
}

/** Seats that have not traded with the winner yet, in the order of dealing. */
function waitingSeats({ seats, contest, accounts }: RoundState): number[] {
  const traded = new Set(accounts.map(({ userId }) => userId));
  return seats.filter((userId) => userId !== contest?.userId && !traded.has(userId));
}

/** Refusal of a cancel by the winner, whose market stands. */
export function standingRefusal(
  { round }: Readonly<RoomState>,
  { userId }: Readonly<RoomUser>,
): Rejection | null {
  const isBound =
    isRunning(round) && round.contest?.userId === userId && stepOf(round).kind === "trade";
  return isBound ? reject("RULE", standsText) : null;
}

/** Trades one for each seat that has not: the first buys, the second sells, and so on. Called while the market is open. */
export function tradeForTheRest(ctx: Context, round: RoundState, { ts }: Pick<Call, "ts">): void {
  const [inst] = round.insts;
  if (round.contest === null || inst === undefined) return;
  for (const [at, userId] of waitingSeats(round).entries()) {
    const side = at % 2 === 0 ? Side.buy : Side.sell;
    const code = ctx.engine.marketOrder(userId, inst, side, 1, Tif.ioc);
    if (code !== Reject.ok) continue;
    const { orderId, filled, status } = ctx.engine.outcome;
    ctx.recorder?.order({
      ...{ order_id: orderId, cid: null, ts, user_id: userId, inst },
      ...{ side: side === Side.buy ? "buy" : "sell", type: "market", tif: "IOC" },
      ...{ post_only: false, price: null, qty: 1, filled, status: statusText[status] },
    });
    applyEvents(ctx, { ts });
    ctx.feed.bookChanged(inst);
  }
}
