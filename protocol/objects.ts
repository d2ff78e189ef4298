/** Objects that several messages carry. */

import * as v from "valibot";
import {
  botKindSchema,
  clientKindSchema,
  instrumentTypeSchema,
  orderStatusSchema,
  orderTypeSchema,
  roleSchema,
  sessionStateSchema,
  sideSchema,
  tifSchema,
} from "./choices.ts";
import { int, maybe, real, stamp } from "./messages/message.ts";

/** Sums of the trades in an instrument since it was listed. */
export const tradedFields = {
  volume: v.pipe(int, v.description("Contracts traded so far.")),
  trades: v.pipe(int, v.description("How many trades.")),
  first: v.pipe(maybe, v.description("Price of the first trade.")),
  high: v.pipe(maybe, v.description("The highest price traded.")),
  low: v.pipe(maybe, v.description("The lowest price traded.")),
};

export const instrumentSchema = v.object({
  id: int,
  inst: v.pipe(int, v.description("The same as `id`.")),
  symbol: v.string(),
  description: v.pipe(
    v.nullable(v.string()),
    v.description("What is traded, in the host's words."),
  ),
  type: instrumentTypeSchema,
  reference_id: v.nullable(int),
  strike: maybe,
  tick_size: real,
  lot_size: int,
  tick_value: real,
  min_price: real,
  max_price: real,
  opening_price: v.pipe(maybe, v.description("Where ladders start, if the host said so.")),
  hidden: v.pipe(v.boolean(), v.description("Not to be shown: it takes no orders.")),
  halted: v.boolean(),
  settled: v.boolean(),
  settlement: v.pipe(
    maybe,
    v.description("Final mark: a scalar's value, an option's payoff a contract."),
  ),
  corrected: v.optional(
    v.pipe(v.literal(true), v.description("The host has changed the final value since.")),
  ),
  ...tradedFields,
  last: v.pipe(maybe, v.description("Price of the last trade.")),
});
export type Instrument = v.InferOutput<typeof instrumentSchema>;

export const limitsSchema = v.object({
  max_position: int,
  max_order_qty: int,
  max_open_orders: int,
  max_loss: maybe,
  orders_per_sec: int,
});
export type Limits = v.InferOutput<typeof limitsSchema>;

export const userSchema = v.object({
  user_id: int,
  name: v.string(),
  role: roleSchema,
  connected: v.boolean(),
  killed: v.boolean(),
  client: v.optional(clientKindSchema),
  fast: v.optional(
    v.pipe(v.boolean(), v.description("true: has entered orders faster than a hand can.")),
  ),
  bot: v.pipe(
    v.nullable(botKindSchema),
    v.description("The kind of the bot that trades the seat; null: its person does."),
  ),
  limits: v.optional(v.pipe(limitsSchema, v.description("A trader's, to the exchange only."))),
});
export type User = v.InferOutput<typeof userSchema>;

export const sessionSchema = v.object({
  state: sessionStateSchema,
  ends_at: v.nullable(real),
  session_id: v.string(),
  room_name: v.string(),
});
export type Session = v.InferOutput<typeof sessionSchema>;

/** How an order stands. */
export const orderFields = {
  order_id: int,
  inst: int,
  side: sideSchema,
  price: v.pipe(maybe, v.description("null for a market order.")),
  qty: int,
  filled: int,
  leaves: v.pipe(int, v.description("What rests.")),
  status: orderStatusSchema,
  ...stamp,
};

export const openOrderSchema = v.object({
  ...orderFields,
  type: orderTypeSchema,
  tif: tifSchema,
  post_only: v.boolean(),
  quote: v.pipe(v.boolean(), v.description("A side of your two-sided quote.")),
  cid: v.nullable(v.string()),
});
export type OpenOrder = v.InferOutput<typeof openOrderSchema>;

/** State of an order after a replace or a quote. */
export const leftOrderSchema = v.object({
  order_id: int,
  price: real,
  qty: int,
  filled: int,
  leaves: int,
  status: orderStatusSchema,
});
export type LeftOrder = v.InferOutput<typeof leftOrderSchema>;

export const positionSchema = v.object({
  user_id: v.optional(v.pipe(int, v.description("Only in what the exchange gets: everybody's."))),
  inst: int,
  symbol: v.string(),
  qty: int,
  vwap: real,
  realized_pnl: real,
  unrealized_pnl: real,
  mark: maybe,
});
export type Position = v.InferOutput<typeof positionSchema>;

/** A gain or loss by a settlement. */
export const settlementResult = {
  pnl: v.pipe(
    real,
    v.description(
      "P&L in the instrument, and in the options that were settled with it, since the first trade in them.",
    ),
  ),
  total: v.pipe(real, v.description("Total P&L.")),
};
export type SettlementResult = Record<keyof typeof settlementResult, number>;

const level = v.tuple([real, int]);
/** A price and the quantity at it. */
export type Level = Readonly<v.InferOutput<typeof level>>;
export const levelsSchema = v.pipe(v.array(level), v.description("[price, quantity], best first."));
