/** Messages about the market. */

import * as v from "valibot";
import { sideSchema } from "../choices.ts";
import { instrumentSchema, levelsSchema, settlementResult, tradedFields } from "../objects.ts";
import { limits } from "../limits.ts";
import { int, maybe, message, real, reply, stamp } from "./message.ts";

const book = { inst: int, bids: levelsSchema, asks: levelsSchema, last: maybe, ...stamp };

export const tradeMessage = message("trade", "To everybody: a trade. It names nobody.", {
  inst: int,
  price: real,
  qty: int,
  side: sideSchema,
  trade_id: int,
  ...stamp,
});

const corrected = v.optional(
  v.pipe(
    v.boolean(),
    v.description(
      "true: a settlement before had another value. The payouts are the whole ones at this.",
    ),
  ),
);
const payout = v.object({ user_id: int, qty: int, payout: real });
const results = {
  result: v.optional(
    v.pipe(
      v.object(settlementResult),
      v.description("Your own, if you have traded in it. An option that follows has none."),
    ),
  ),
  results: v.optional(
    v.pipe(
      v.array(v.object({ user_id: int, ...settlementResult })),
      v.description(
        `The best first. To the exchange everybody's; to spectators of those who gained and of those who lost at most ${limits.settlementNamed} each.`,
      ),
    ),
  ),
};

export const marketMessages = {
  leaderboard: message(
    "leaderboard",
    "To everybody, at most once a second, after a change; to whoever joins once there was a trade. Best P&L first. Of traders who were removed at most 200 are on it, first those who still hold something.",
    {
      rows: v.array(
        v.object({ user_id: int, name: v.string(), pnl: real, volume: int, max_abs_position: int }),
      ),
    },
  ),
  md_inc: message(
    "md_inc",
    "To everybody: the visible book, whole, to the depth that the connection asked for; it replaces what was shown. After a change only, never later than 50 ms after it, at most 20 a second an instrument.",
    book,
  ),
  snapshot: message("snapshot", "One an instrument after `join_ack`.", {
    ...book,
    ...tradedFields,
    ...reply,
  }),
  history: message("history", "What has been traded in the instrument up to `seq`.", {
    inst: int,
    by_price: v.pipe(
      v.array(v.tuple([real, int])),
      v.description(
        "[price, quantity], the lowest price first; the quantities add up to `volume`. At most 500: beyond that neighbouring prices are put together.",
      ),
    ),
    price_step: v.pipe(
      maybe,
      v.description(
        "Width of the groups into which prices were put, each at its lowest price; null: every price by itself.",
      ),
    ),
    path: v.pipe(
      v.array(v.tuple([real, real])),
      v.description(
        "[ts, price] of trades, the oldest first, at most 500: the first of all, and the last of each of as many intervals as fit.",
      ),
    ),
    ...stamp,
    ...reply,
  }),
  trade: tradeMessage,
  instrument_added: message("instrument_added", "To everybody.", {
    inst: int,
    instrument: instrumentSchema,
    ...stamp,
    ...reply,
  }),
  instrument_edited: message("instrument_edited", "To everybody: the instrument as it now is.", {
    inst: int,
    instrument: instrumentSchema,
    ...stamp,
    ...reply,
  }),
  halt: message("halt", "To everybody.", {
    inst: int,
    on: v.boolean(),
    halted: v.boolean(),
    ...stamp,
    ...reply,
  }),
  settlement: message(
    "settlement",
    "To everybody. Traders find their own payout in it, the exchange all of them.",
    {
      inst: int,
      value: real,
      payout: v.optional(v.pipe(v.object({ qty: int, payout: real }), v.description("Your own."))),
      payouts: v.optional(
        v.pipe(v.array(payout), v.description("Everybody's, to the exchange only.")),
      ),
      ...results,
      corrected,
      ...stamp,
      ...reply,
    },
  ),
  option_expired: message(
    "option_expired",
    "To everybody: an option was settled, by itself (`expire_option`) or with its underlying.",
    {
      inst: int,
      spot_price: real,
      payoff: v.pipe(real, v.description("A contract's, before tick_value.")),
      reason: v.picklist(["underlying_settled", "expired"]),
      payout: v.optional(v.object({ qty: int, payout: real })),
      payouts: v.optional(v.array(payout)),
      ...results,
      corrected,
      ...stamp,
      ...reply,
    },
  ),
  quotes_pulled: message(
    "quotes_pulled",
    "To everybody: every order in the instrument was cancelled.",
    {
      inst: int,
      reason: v.picklist(["host", "tick_size_change"]),
      cancelled: int,
      ...stamp,
      ...reply,
    },
  ),
  tick_size_updated: message("tick_size_updated", "To everybody.", {
    inst: int,
    instrument_id: int,
    tick_size: real,
    min_price: real,
    max_price: real,
    ...stamp,
    ...reply,
  }),
};
