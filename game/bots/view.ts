/** All that a bot sees: what a trader of its seat is shown, and nothing else. Knows no room and no engine. */

import type {
  Instrument,
  InstrumentType,
  Level,
  Limits,
  Message,
  OpenOrder,
  Request,
} from "#protocol";
import type { Moments } from "../fair/distribution.ts";

/** Requests that bots make. They are decided like anybody's. */
export type BotRequest = Request<
  "order_new" | "quote" | "cancel" | "cancel_inst" | "cancel_all" | "round_answer"
>;

/** An instrument that takes orders now, with its book and the bot's own holding of it. */
export interface Market {
  readonly instrument: Pick<
    Instrument,
    | "inst"
    | "symbol"
    | "reference_id"
    | "strike"
    | "tick_size"
    | "lot_size"
    | "min_price"
    | "max_price"
    | "opening_price"
  > & { readonly type: InstrumentType };
  /** The public book, best first. Own orders are in it. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly last: number | null;
  /** Contracts held: positive is long. */
  readonly position: number;
  /** Own open orders. */
  readonly orders: readonly OpenOrder[];
  /** Value of a contract to somebody who knows the table; null: nobody can count it. */
  readonly table: Moments | null;
  /** Value to somebody who knows the own hand as well; as `table` without a hand. */
  readonly own: Moments | null;
}

/** A number that the present step of the round asks of the seat. */
export interface Question {
  readonly min: number;
  readonly max: number;
  /** Whether the seat has answered. */
  readonly isAnswered: boolean;
  /** A contest: the best answer so far, and whether it is the own one. */
  readonly best: number | null;
  readonly isOwn: boolean;
  /** Part by which a new one is to be below the best; null: it is no contest. */
  readonly shrink: number | null;
}

/** A contest that is won: the winner quotes, and everybody else trades one. */
export interface Won {
  /** Points between the winner's bid and ask. */
  readonly width: number;
  readonly isWinner: boolean;
  /** Seats that have not traded yet. */
  readonly waiting: number;
  /** Whether the own seat is one of them. */
  readonly mayTrade: boolean;
}

/** Rules of the round on orders, as its `rules` say. */
export interface Rules {
  readonly max_width?: number | undefined;
  readonly min_qty?: number | undefined;
  readonly no_shorts?: boolean | undefined;
}

export interface BotView {
  /** Unix milliseconds. */
  readonly now: number;
  readonly limits: Limits;
  readonly rules: Rules;
  /** Total P&L. */
  readonly pnl: number;
  /** Orders that its rate allows now. */
  readonly ordersLeft: number;
  /** The question of the step to the seat; null: none. */
  readonly question: Question | null;
  /** The contest of a round whose winner makes the market now; null: everybody does. */
  readonly contest: Won | null;
  /** Answers that seats give in the round, the own one included: by how many a total is a multiple of one. */
  readonly seats: number;
  /** Answer of the bot in this round; null: none. */
  readonly answer: number | null;
  readonly markets: readonly Market[];
  /** The last public trades, oldest first. */
  readonly trades: readonly Message<"trade">[];
}

export function marketOf(view: BotView, inst: number | null): Market | undefined {
  return view.markets.find(({ instrument }) => instrument.inst === inst);
}

export function bestBid({ bids }: Market): number | null {
  return bids[0]?.[0] ?? null;
}

export function bestAsk({ asks }: Market): number | null {
  return asks[0]?.[0] ?? null;
}

/** The middle between best bid and best ask; null: a side is missing. */
export function midOf(market: Market): number | null {
  const [bid, ask] = [bestBid(market), bestAsk(market)];
  return bid === null || ask === null ? null : (bid + ask) / 2;
}
