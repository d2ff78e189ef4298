/** Every message a room may send: the schemas, and the types inferred from them. */

import * as v from "valibot";
import {
  instrumentTypeSchema,
  lensSchema,
  orderTypeSchema,
  roleSchema,
  sessionStateSchema,
  sideSchema as side,
  tifSchema,
} from "./client.ts";
import { errorText, type ErrorCode } from "./errors.ts";

const n = v.number();
const int = v.pipe(v.number(), v.safeInteger());
const maybe = v.nullable(v.number());
const stamp = {
  ts: v.pipe(n, v.description("Unix milliseconds.")),
  seq: v.pipe(int, v.description("The room's event number.")),
};
const reply = {
  cid: v.optional(v.string()),
  duplicate: v.optional(v.pipe(v.boolean(), v.description("The stored first reply to this cid."))),
};

export const orderStatusSchema = v.picklist(["open", "partial", "filled", "cancelled"]);
export type OrderStatusText = v.InferOutput<typeof orderStatusSchema>;

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
  tick_size: n,
  lot_size: int,
  tick_value: n,
  min_price: n,
  max_price: n,
  halted: v.boolean(),
  settled: v.boolean(),
  settlement: v.pipe(
    maybe,
    v.description("Final mark: a scalar's value, an option's payoff a contract."),
  ),
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
  ends_at: v.nullable(n),
  session_id: v.string(),
  room_name: v.string(),
});
export type Session = v.InferOutput<typeof sessionSchema>;

const orderFields = {
  order_id: int,
  inst: int,
  side,
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
const leftOrder = v.object({
  order_id: int,
  price: n,
  qty: int,
  filled: int,
  leaves: int,
  status: orderStatusSchema,
});
export type LeftOrder = v.InferOutput<typeof leftOrder>;

export const positionSchema = v.object({
  user_id: v.optional(v.pipe(int, v.description("Only in what the exchange gets: everybody's."))),
  inst: int,
  symbol: v.string(),
  qty: int,
  vwap: n,
  realized_pnl: n,
  unrealized_pnl: n,
  mark: maybe,
});
export type Position = v.InferOutput<typeof positionSchema>;

const level = v.tuple([n, int]);
/** A price and the quantity at it. */
export type Level = Readonly<v.InferOutput<typeof level>>;
const levels = v.pipe(v.array(level), v.description("[price, quantity], best first."));
const book = { inst: int, bids: levels, asks: levels, last: maybe, ...stamp };

const trade = { inst: int, price: n, qty: int, side, trade_id: int, ...stamp };
const tradeMessage = v.object({ type: v.literal("trade"), ...trade });

const fillMessage = v.object({
  type: v.literal("fill"),
  order_id: int,
  user_id: int,
  inst: int,
  side,
  price: n,
  qty: int,
  leaves: int,
  liquidity: v.picklist(["maker", "taker"]),
  trade_id: int,
  ...stamp,
});
const newsMessage = v.object({
  type: v.literal("news"),
  text: v.string(),
  to: v.nullable(v.array(int)),
  ...stamp,
  ...reply,
});

const payout = v.object({ user_id: int, qty: int, payout: n });

const message = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ type: v.literal(type), ...entries });

/** One schema a message type. */
export const messageSchemas = {
  room_created: message("room_created", {
    room_code: v.string(),
    host_token: v.string(),
    join_url: v.string(),
    ...reply,
  }),
  join_ack: message("join_ack", {
    user_id: int,
    name: v.string(),
    role: roleSchema,
    resume_token: v.string(),
    room_code: v.string(),
    instruments: v.array(instrumentSchema),
    users: v.array(userSchema),
    session: sessionSchema,
    lens: lensSchema,
    limits: limitsSchema,
    trades: v.pipe(v.array(tradeMessage), v.description("The last public trades, oldest first.")),
    fills: v.pipe(v.array(fillMessage), v.description("Your own last fills, oldest first.")),
    news: v.pipe(
      v.array(newsMessage),
      v.description("The news that you have been sent, oldest first."),
    ),
    server_time: n,
    seq: int,
    resumed: v.boolean(),
    protocol: int,
    ...reply,
  }),
  order_ack: message("order_ack", { ...orderFields, ...reply }),
  order: message("order", {
    ...orderFields,
    reason: v.pipe(
      v.picklist([
        "fill",
        "self_trade",
        "quotes_pulled",
        "settled",
        "killed",
        "kicked",
        "disconnected",
        "closed",
        "cancelled",
      ]),
      v.description("Why it changed."),
    ),
  }),
  fill: fillMessage,
  cancel_ack: message("cancel_ack", {
    order_id: int,
    success: v.boolean(),
    code: v.optional(v.literal("NO_SUCH_ORDER")),
    cancelled: int,
    leaves: int,
    ...stamp,
    ...reply,
  }),
  cancel_inst_ack: message("cancel_inst_ack", {
    inst: int,
    success: v.boolean(),
    order_ids: v.array(int),
    cancelled: int,
    leaves: int,
    ...stamp,
    ...reply,
  }),
  cancel_all_ack: message("cancel_all_ack", {
    success: v.boolean(),
    order_ids: v.array(int),
    cancelled: int,
    leaves: int,
    ...stamp,
    ...reply,
  }),
  replace_ack: message("replace_ack", {
    order_id: int,
    success: v.boolean(),
    code: v.optional(v.literal("NO_SUCH_ORDER")),
    inst: v.optional(int),
    side: v.optional(side),
    price: v.optional(n),
    qty: v.optional(int),
    filled: v.optional(int),
    leaves: int,
    status: v.optional(orderStatusSchema),
    cancelled: int,
    ...stamp,
    ...reply,
  }),
  quote_ack: message("quote_ack", {
    inst: int,
    success: v.boolean(),
    bid: v.nullable(leftOrder),
    ask: v.nullable(leftOrder),
    order_ids: v.array(int),
    cancelled: int,
    leaves: int,
    ...stamp,
    ...reply,
  }),
  orders: message("orders", {
    orders: v.array(openOrderSchema),
    user_id: v.optional(
      v.pipe(int, v.description("Only where the exchange has asked: whose they are.")),
    ),
    fills: v.optional(
      v.pipe(
        v.array(fillMessage),
        v.description("Only where the exchange has asked: that trader's last fills, oldest first."),
      ),
    ),
    ...reply,
  }),
  positions: message("positions", { positions: v.array(positionSchema), ...reply }),
  pnl: message("pnl", { pnl: n, realized: n, unrealized: n, ...reply }),
  leaderboard: message("leaderboard", {
    rows: v.array(
      v.object({ user_id: int, name: v.string(), pnl: n, volume: int, max_abs_position: int }),
    ),
  }),
  md_inc: message("md_inc", book),
  snapshot: message("snapshot", { ...book, ...reply }),
  trade: tradeMessage,
  instrument_added: message("instrument_added", {
    inst: int,
    instrument: instrumentSchema,
    ...stamp,
    ...reply,
  }),
  halt: message("halt", { inst: int, on: v.boolean(), halted: v.boolean(), ...stamp, ...reply }),
  settlement: message("settlement", {
    inst: int,
    value: n,
    payout: v.optional(v.pipe(v.object({ qty: int, payout: n }), v.description("Your own."))),
    payouts: v.optional(
      v.pipe(v.array(payout), v.description("Everybody's, to the exchange only.")),
    ),
    ...stamp,
    ...reply,
  }),
  option_expired: message("option_expired", {
    inst: int,
    spot_price: n,
    payoff: v.pipe(n, v.description("A contract's, before tick_value.")),
    reason: v.picklist(["underlying_settled", "expired"]),
    payout: v.optional(v.object({ qty: int, payout: n })),
    payouts: v.optional(v.array(payout)),
    ...stamp,
    ...reply,
  }),
  quotes_pulled: message("quotes_pulled", {
    inst: int,
    reason: v.picklist(["host", "tick_size_change"]),
    cancelled: int,
    ...stamp,
    ...reply,
  }),
  tick_size_updated: message("tick_size_updated", {
    inst: int,
    instrument_id: int,
    tick_size: n,
    min_price: n,
    max_price: n,
    ...stamp,
    ...reply,
  }),
  limits: message("limits", { user_id: v.nullable(int), limits: limitsSchema, ...stamp, ...reply }),
  kill_switch: message("kill_switch", {
    user_id: v.nullable(int),
    on: v.boolean(),
    ...stamp,
    ...reply,
  }),
  news: newsMessage,
  session: message("session", { ...sessionSchema.entries, ...stamp, ...reply }),
  lens: message("lens", { lens: lensSchema, ...stamp, ...reply }),
  user_joined: message("user_joined", { user_id: int, name: v.string(), role: roleSchema }),
  user_left: message("user_left", {
    user_id: int,
    name: v.string(),
    role: roleSchema,
    reason: v.picklist(["disconnected", "kicked"]),
    ...reply,
  }),
  export_complete: message("export_complete", {
    room_code: v.string(),
    session_id: v.string(),
    files: v.array(v.object({ name: v.string(), url: v.string() })),
    ...reply,
  }),
  error: message("error", {
    code: v.picklist(Object.keys(errorText) as [ErrorCode, ...ErrorCode[]]),
    message: v.string(),
    op: v.nullable(v.string()),
    ...reply,
  }),
  pong: message("pong", {
    timestamp: v.optional(v.union([v.number(), v.string()])),
    server_time: n,
    ...reply,
  }),
} as const;

export type MessageType = keyof typeof messageSchemas;
export type Message<T extends MessageType = MessageType> = {
  [K in T]: v.InferOutput<(typeof messageSchemas)[K]>;
}[T];
