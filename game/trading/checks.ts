/** Checks of a trader's command before the engine sees it. */

import { canRest } from "#protocol";
import type { Call, Context } from "../context.ts";
import { emptyPosition, Side } from "../engine-port.ts";
import { ticksOf } from "../units/prices.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument } from "../state.ts";
import { pnlOf } from "../views/holdings.ts";

/** The instrument of a number; undefined: there is none, or none any more. */
export function instrumentOf(ctx: Context, inst: number): RoomInstrument | undefined {
  const instrument = ctx.state.instruments[inst - 1];
  return instrument?.retired === true ? undefined : instrument;
}

const notBegunText = "The session has not begun: orders are taken once the host opens it.";

export function mayTrade(ctx: Context, call: Call): Rejection | null {
  if (ctx.state.session === "lobby") return reject("PAUSED", notBegunText);
  if (ctx.state.session === "paused") return reject("PAUSED");
  if (ctx.state.killed || call.user.killed) return reject("KILLED");
  return null;
}

export function checkOrderFields(request: Call<"order_new">["request"]): Rejection | null {
  const { type = "limit", tif = "GFD", post_only: postOnly = false, price } = request;
  if (type === "limit" && price === undefined)
    return reject("BAD_REQUEST", "A limit order needs a `price`.");
  if (type === "market" && price !== undefined)
    return reject("BAD_REQUEST", "A market order takes no `price`.");
  if (postOnly && !canRest({ type, tif }))
    return reject("BAD_REQUEST", "Only a resting limit order (GFD) can be post-only.");
  return null;
}

/** A halted or settled instrument refuses before the price is looked at. */
export function ticksIfOpen(
  ctx: Context,
  instrument: RoomInstrument,
  price: number,
): number | Rejection {
  if (instrument.settled) return reject("SETTLED");
  if (instrument.halted) return reject("HALTED");
  return ticksOf(ctx.engine, instrument, price);
}

/**
 * A trader at the loss limit may only reduce: the order must be on the other side of the position and,
 * with the orders already working there, no larger than it.
 * @param replaced quantity that the command takes out of the book on that side
 */
export function lossRefusal(
  ctx: Context,
  call: Call,
  inst: number,
  side: Side,
  qty: number,
  replaced = 0,
): Rejection | null {
  const { max_loss: maxLoss } = call.user.limits;
  if (maxLoss === null || pnlOf(ctx, call.user.userId, "own").pnl > -maxLoss) return null;
  const position = ctx.engine.position(call.user.userId, inst, emptyPosition());
  const reducible =
    side === Side.buy ? -position.qty - position.openBuyQty : position.qty - position.openSellQty;
  return qty <= reducible + replaced ? null : reject("LOSS_LIMIT");
}
