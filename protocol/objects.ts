/** Objects that several messages carry. */

import * as v from "valibot";
import {
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

const level = v.tuple([real, int]);
/** A price and the quantity at it. */
export type Level = Readonly<v.InferOutput<typeof level>>;
export const levelsSchema = v.pipe(v.array(level), v.description("[price, quantity], best first."));
