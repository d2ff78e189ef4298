/** The report on the trades of one user. */

/** One trade of the user. Money in the room's unit; the three parts add up to what the trade made. */
export interface OwnTrade {
  readonly tradeId: number;
  readonly inst: number;
  readonly symbol: string;
  readonly isOption: boolean;
  readonly ts: number;
  readonly side: "buy" | "sell";
  readonly price: number;
  readonly qty: number;
  /** Whether the user's order was resting. */
  readonly isMaker: boolean;
  /** The user on the other side. */
  readonly otherId: number;
  /** Reference prices just before, and five seconds later. */
  readonly before: number;
  readonly later: number;
  readonly settled: number;
  /** Earned by quoting, paid by taking. */
  readonly spread: number;
  /** The market went with or against the trade right after. */
  readonly selection: number;
  /** P&L of the position afterwards. */
  readonly drift: number;
}

/** The user in the round so far, by what the user may know. Null where nobody can count it. */
export interface Standing {
  readonly trades: number;
  /** Gained against the value by the table, at each trade; and by the own hand beyond it. Points. */
  readonly edge: number;
  readonly own: number;
  /** P&L at the worst settlement, where the game asks for it. */
  readonly lockedIn: number | null;
}

export interface OwnTrades {
  /** Null: no trade in the round yet. */
  readonly standing: Standing | null;
  readonly trades: readonly OwnTrade[];
  /** The largest position held in one instrument, contracts. */
  readonly maxPosition: number;
}
