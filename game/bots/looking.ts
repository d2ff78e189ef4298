/** Shows a bot the room: by the views that a trader of its seat gets as messages, and by nothing else. */

import type { OpenOrder } from "#protocol";
import type { Context } from "../context.ts";
import { seatRefusal } from "../rounds/rules/rules.ts";
import {
  isDealt,
  isRunning,
  openRound,
  revealedIn,
  stepOf,
  type RoundState,
} from "../rounds/state.ts";
import type { RoomInstrument, RoomState, RoomUser } from "../state.ts";
import { holdingsOf, pnlOf, positionsOf } from "../views/holdings.ts";
import { bookView, openOrdersOf, termsView } from "../views/messages.ts";
import type { BotView, Market, Question, Won } from "./view.ts";

/** Levels a side that a bot looks at. */
const depth = 5;

/** Whether orders of the user would be taken in the instrument now. */
function isOpenTo(state: Readonly<RoomState>, user: RoomUser, instrument: RoomInstrument): boolean {
  const { halted, settled, hidden, retired, inst } = instrument;
  return !halted && !settled && !hidden && !retired && seatRefusal(state, user, inst) === null;
}

/** Whether there is anything for bots to do: a market is open, or a step asks something. */
export function isBusy({ session, killed, instruments, round }: Readonly<RoomState>): boolean {
  if (session !== "open" || killed) return false;
  const asks = isRunning(round) && !round.clock.isPaused && asksOf(round) !== null;
  return asks || instruments.some((one) => !one.halted && !one.settled && !one.retired);
}

/** Bounds of what the present step asks for: a private number, or the width of a contest; null: nothing is asked. */
function asksOf(round: RoundState): { min: number; max: number } | null {
  const { kind } = stepOf(round);
  const { plan, listings } = openRound(round);
  if (kind === "ask") return plan.answers ?? null;
  const [listing] = listings;
  if (kind !== "contest" || listing === undefined) return null;
  return { min: listing.tickSize, max: listing.maxPrice - listing.minPrice };
}

export function viewOf(ctx: Context, user: RoomUser, now: number): BotView {
  const { state } = ctx;
  const { userId, limits } = user;
  const round = isRunning(state.round) ? state.round : null;
  const seat = round?.seats.indexOf(userId) ?? -1;
  const held = holdingsOf(ctx, userId, "own");
  const positions = new Map(positionsOf(ctx, userId, held).map(({ inst, qty }) => [inst, qty]));
  const orders = ordersByInst(ctx, userId);
  const isAsked = round !== null && openRound(round).plan.answers !== undefined;
  return {
    ...{ now, limits, pnl: pnlOf(ctx, userId, "own", held).pnl, trades: state.recentTrades },
    rules: round === null ? {} : openRound(round).plan.rules,
    ordersLeft: user.orderBucket?.left(now) ?? limits.orders_per_sec,
    question: round === null || seat < 0 ? null : questionOf(round, seat),
    contest: round === null ? null : contestOf(round, userId),
    seats: isAsked ? round.seats.length : 0,
    answer: round?.answers[seat] ?? null,
    markets: state.instruments
      .filter((instrument) => isOpenTo(state, user, instrument))
      .map((instrument): Market => {
        const { inst } = instrument;
        const { bids, asks, last } = bookView(ctx, "md_inc", inst, depth, now);
        const { table, valueOwn } = valuesTo(ctx, inst, seat);
        return {
          instrument: termsView(ctx, instrument),
          ...{ bids, asks, last, table },
          position: positions.get(inst) ?? 0,
          orders: orders.get(inst) ?? [],
          get own() {
            return valueOwn();
          },
        };
      }),
  };
}

function ordersByInst(ctx: Context, userId: number): Map<number, OpenOrder[]> {
  return Map.groupBy(openOrdersOf(ctx, userId), ({ inst }) => inst);
}

/** Values to who knows the table, and to who knows the seat's hand as well: what `fair` tells in learning mode. */
function valuesTo({ state: { round } }: Context, inst: number, seat: number) {
  const place = isRunning(round) ? round.insts.indexOf(inst) : -1;
  if (!isRunning(round) || place < 0) return { table: null, valueOwn: () => null };
  const revealed = revealedIn(round);
  const { values } = openRound(round);
  const table = values({ revealed, hands: "none" })[place] ?? null;
  const knowsHand = seat >= 0 && isDealt(round);
  // Counts a hand only for a bot that asks for it.
  const valueOwn = () => (knowsHand ? (values({ revealed, hands: seat })[place] ?? null) : table);
  return { table, valueOwn };
}

function questionOf(round: RoundState, seat: number): Question | null {
  const asks = asksOf(round);
  if (asks === null || round.clock.isPaused) return null;
  const isAnswered = round.answers[seat] !== null;
  const isOwn = round.contest?.userId === round.seats[seat];
  const shrink = openRound(round).plan.contest?.shrink ?? null;
  return { ...asks, isAnswered, best: round.contest?.best ?? null, isOwn, shrink };
}

/** The contest once it is won: what the winner has to quote, and whether the seat is still to trade with it. */
function contestOf(round: RoundState, userId: number): Won | null {
  const { contest, seats, accounts } = round;
  if (contest === null || stepOf(round).kind !== "trade") return null;
  const waiting = seats.filter(
    (seat) => seat !== contest.userId && !accounts.some((one) => one.userId === seat),
  );
  const isWinner = contest.userId === userId;
  return {
    width: contest.best,
    isWinner,
    waiting: waiting.length,
    mayTrade: waiting.includes(userId),
  };
}
