/** Orders that must not trade on entry: whether one would, and the sides of a post-only quote that stay as they were. */

import type { Message } from "#protocol";
import type { Context } from "../context.ts";
import { Side, type EngineOrder } from "../engine-port.ts";

/** A side of a quote as asked for: its price, and a quantity that is 0 where it is pulled. */
export interface QuoteSide {
  ticks: number;
  qty: number;
}

export interface QuoteSides {
  bid: QuoteSide;
  ask: QuoteSide;
}

export type RefusedSides = NonNullable<Message<"quote_ack">["refused"]>;

const levels = new Int32Array(4);

/** Whether an order at that price would trade or cancel an own order. @param except that makes way for it */
export function wouldTrade(
  ctx: Context,
  inst: number,
  side: Side,
  ticks: number,
  except: EngineOrder | undefined,
): boolean {
  const opposite = side === Side.buy ? Side.sell : Side.buy;
  const count = ctx.engine.depth(inst, opposite, 2, levels);
  for (let level = 0; level < count; level++) {
    const [price = 0, qty = 0] = levels.subarray(2 * level);
    if (price === except?.price && qty === except.leaves) continue;
    return side === Side.buy ? ticks >= price : ticks <= price;
  }
  return false;
}

/**
 * The sides to quote, where one that would trade is left as it was. A new side never meets an old one that stays: what
 * is refused reaches others' orders, and the old side rests behind those.
 * @param before the sides that rest
 */
export function withoutTakers(
  ctx: Context,
  inst: number,
  asked: QuoteSides,
  before: readonly EngineOrder[],
): { sides: QuoteSides; refused: RefusedSides } {
  const [bidBefore, askBefore] = [Side.buy, Side.sell].map((side) =>
    before.find((order) => order.side === side),
  );
  const sides = { ...asked };
  const refused: RefusedSides = {};
  if (asked.bid.qty > 0 && wouldTrade(ctx, inst, Side.buy, asked.bid.ticks, askBefore)) {
    sides.bid = asItWas(bidBefore);
    refused.bid = "POST_ONLY_WOULD_CROSS";
  }
  if (asked.ask.qty > 0 && wouldTrade(ctx, inst, Side.sell, asked.ask.ticks, bidBefore)) {
    sides.ask = asItWas(askBefore);
    refused.ask = "POST_ONLY_WOULD_CROSS";
  }
  return { sides, refused };
}

function asItWas(order: EngineOrder | undefined): QuoteSide {
  return order === undefined ? { ticks: 0, qty: 0 } : { ticks: order.price, qty: order.leaves };
}
