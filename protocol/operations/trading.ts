/** A trader's operations. */

import * as v from "valibot";
import { orderTypeSchema, tifSchema } from "../choices.ts";
import { flag, id, inst, number, price, qty, side } from "../fields.ts";
import { limits } from "../limits.ts";
import type { Operations } from "./operation.ts";

const trader = { who: ["trader"], changes: true, isPublic: false } as const;
const ordering = { ...trader, rate: "orders", whenFull: "refused" } as const;
const cancelling = { ...trader, rate: "cancels", whenFull: "always" } as const;

const ownOrder = id("Your open order.");

export const tradingOperations = {
  order_new: {
    ...ordering,
    reply: ["order_ack"],
    text: "Enters an order. The fills that it makes at once follow the `order_ack`.",
    fields: {
      inst,
      side,
      qty,
      price: v.optional(price),
      type: v.optional(orderTypeSchema),
      tif: v.optional(tifSchema),
      post_only: v.optional(flag("Refused if it would trade at once.")),
    },
  },
  replace: {
    ...ordering,
    reply: ["replace_ack"],
    text: "Changes price, remaining quantity or both. The order keeps its id. Less quantity at the same price keeps its place in the queue; anything else goes to the back.",
    fields: {
      order_id: ownOrder,
      price: v.optional(price),
      qty: v.optional(number("New remaining quantity.")),
    },
  },
  cancel: {
    ...cancelling,
    reply: ["cancel_ack"],
    text: "Takes one of your orders out of the book.",
    fields: { order_id: ownOrder, inst: v.optional(inst) },
  },
  cancel_inst: {
    ...cancelling,
    reply: ["cancel_inst_ack"],
    text: "Takes your orders in one instrument out of the book: all, or those named.",
    fields: {
      inst,
      order_ids: v.optional(
        v.pipe(
          v.array(id("An order.")),
          v.maxLength(limits.maxOpenOrders),
          v.description(
            "Only these: at most `max_open_orders` of them, none twice. Ids that are gone are no error.",
          ),
        ),
      ),
    },
  },
  cancel_all: {
    ...cancelling,
    reply: ["cancel_all_ack"],
    text: "Takes your orders in every instrument out of the book: all, or one side.",
    fields: { side: v.optional(side) },
  },
  quote: {
    ...ordering,
    reply: ["quote_ack"],
    text: "Replaces your one two-sided quote in an instrument, both sides or neither. A side without price or quantity is pulled. A side whose price stays and whose quantity does not grow keeps its place. A quote that crosses the market trades, unless it is `post_only`: then a side that would trade is refused by itself, the order that it was to replace stays, and the other side stands.",
    fields: {
      inst,
      bid: v.optional(price),
      bid_qty: v.optional(number("0 or absent: no bid.")),
      ask: v.optional(price),
      ask_qty: v.optional(number("0 or absent: no offer.")),
      post_only: v.optional(
        flag(
          "A side that would trade at once is refused by itself; those that rest stay post-only.",
        ),
      ),
    },
  },
} satisfies Operations;
