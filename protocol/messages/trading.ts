/** Messages about one's own trading. */

import * as v from "valibot";
import { orderStatusSchema, sideSchema } from "../choices.ts";
import { leftOrderSchema, openOrderSchema, orderFields, positionSchema } from "../objects.ts";
import { int, message, real, reply, stamp } from "./message.ts";

export const fillMessage = message(
  "fill",
  "To each of the two owners, one a trade. The taker's come after its `order_ack`.",
  {
    order_id: int,
    user_id: int,
    inst: int,
    side: sideSchema,
    price: real,
    qty: int,
    leaves: int,
    liquidity: v.picklist(["maker", "taker"]),
    trade_id: int,
    ...stamp,
  },
);

const sideRefusal = v.picklist(["POST_ONLY_WOULD_CROSS"]);

export const tradingMessages = {
  order_ack: message("order_ack", "The state of the order after it was entered.", {
    ...orderFields,
    ...reply,
  }),
  order: message(
    "order",
    "To the owner: an order changed for another reason than the request being answered, such as a fill while it rested or a cancel by the host.",
    {
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
          "traded",
        ]),
        v.description("Why it changed."),
      ),
    },
  ),
  fill: fillMessage,
  cancel_ack: message(
    "cancel_ack",
    "`success` is false where there is no such open order of yours.",
    {
      order_id: int,
      success: v.boolean(),
      code: v.optional(v.literal("NO_SUCH_ORDER")),
      cancelled: int,
      leaves: int,
      ...stamp,
      ...reply,
    },
  ),
  cancel_inst_ack: message("cancel_inst_ack", "The orders that were cancelled.", {
    inst: int,
    success: v.boolean(),
    order_ids: v.array(int),
    cancelled: int,
    leaves: int,
    ...stamp,
    ...reply,
  }),
  cancel_all_ack: message("cancel_all_ack", "The orders that were cancelled.", {
    success: v.boolean(),
    order_ids: v.array(int),
    cancelled: int,
    leaves: int,
    ...stamp,
    ...reply,
  }),
  replace_ack: message(
    "replace_ack",
    "`success` is false where there is no such open order of yours; the fields of the order are left out then.",
    {
      order_id: int,
      success: v.boolean(),
      code: v.optional(v.literal("NO_SUCH_ORDER")),
      inst: v.optional(int),
      side: v.optional(sideSchema),
      price: v.optional(real),
      qty: v.optional(int),
      filled: v.optional(int),
      leaves: int,
      status: v.optional(orderStatusSchema),
      cancelled: int,
      ...stamp,
      ...reply,
    },
  ),
  quote_ack: message(
    "quote_ack",
    "Each side as it now is, null if there is none. `success` is false where every side that was asked for was refused, and nothing has changed.",
    {
      inst: int,
      success: v.boolean(),
      bid: v.nullable(leftOrderSchema),
      ask: v.nullable(leftOrderSchema),
      order_ids: v.array(int),
      cancelled: int,
      leaves: int,
      refused: v.optional(
        v.pipe(
          v.object({ bid: v.optional(sideRefusal), ask: v.optional(sideRefusal) }),
          v.description(
            "Of a `post_only` quote: why a side was refused by itself. The side shown is then the order that was there.",
          ),
        ),
      ),
      ...stamp,
      ...reply,
    },
  ),
  orders: message("orders", "Open orders.", {
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
  positions: message(
    "positions",
    "Also to a trader after every own fill and settlement, and at most 5 times a second while only marks move; to the exchange at most once a second.",
    { positions: v.array(positionSchema), ...reply },
  ),
  pnl: message("pnl", "Also sent to a trader wherever `positions` is.", {
    pnl: real,
    realized: real,
    unrealized: real,
    ...reply,
  }),
};
