/**
 * What a request must be to be decided on, beyond its form: rules of today. Requests in the journal have passed those
 * of their day and are not asked again, so a rule can be added here without making an old journal another room.
 */

import { limits, type Request } from "#protocol";
import { plainText } from "./host/listing.ts";
import type { WriteOp } from "./operations.ts";
import { reject, type Rejection } from "./rejection.ts";
import type { RoomState, RoomUser } from "./state.ts";
import { decimalsOf, toUnits } from "./units/decimals.ts";

/** Why the request of this user is not taken; null if it may be decided on. */
export function policyRefusal(
  state: Readonly<RoomState>,
  user: Readonly<RoomUser>,
  request: Request<WriteOp>,
): Rejection | null {
  switch (request.op) {
    case "order_new":
      return crowdRefusal(state);
    case "quote":
      return isPull(request) ? null : crowdRefusal(state);
    case "cancel_inst":
      return listRefusal(request, user.limits.max_open_orders);
    case "add_instrument":
      return boundsRefusal(request) ?? descriptionRefusal(request);
    case "set_limits":
      return lossRefusal(request);
    case "news":
      return newsRefusal(state, request);
    default:
      return null;
  }
}

function isPull({ bid_qty: bidQty = 0, ask_qty: askQty = 0 }: Request<"quote">): boolean {
  return bidQty === 0 && askQty === 0;
}

/** Whatever rests has to be taken out when the instrument is settled, and fits into the engine's memory until then. */
function crowdRefusal({ orders }: Readonly<RoomState>): Rejection | null {
  return orders.size < limits.openOrders
    ? null
    : reject("ORDER_LIMIT", "The room has as many open orders as it can hold: cancel some first.");
}

/** A list names no more orders than there can be, and none of them twice: it is searched, and written down. */
function listRefusal({ order_ids: ids }: Request<"cancel_inst">, most: number): Rejection | null {
  if (ids === undefined) return null;
  if (ids.length > most)
    return reject("BAD_REQUEST", `\`order_ids\` may name at most ${most} orders.`);
  return new Set(ids).size === ids.length
    ? null
    : reject("BAD_REQUEST", "`order_ids` names an order twice.");
}

function boundsRefusal(request: Request<"add_instrument">): Rejection | null {
  const { tick_size: tickSize = 0.01 } = request;
  for (const name of ["min_price", "max_price"] as const) {
    const bound = request[name];
    if (bound !== undefined && !isOnGrid(bound, tickSize))
      return reject("OFF_TICK", `\`${name}\` must be a multiple of the tick size.`);
  }
  return null;
}

/** As money is counted and shown: to six decimals, and no further than a number is exact. */
function lossRefusal({ max_loss: maxLoss = 0 }: Request<"set_limits">): Rejection | null {
  return decimalsOf(maxLoss) === null
    ? reject("BAD_REQUEST", "`max_loss` must be money: at most six decimals, and below 2^53.")
    : null;
}

/** Listing takes invisible characters out, as it always has: nobody's text is to be changed without being told. */
function descriptionRefusal({ description = "" }: Request<"add_instrument">): Rejection | null {
  const shown = plainText(description);
  return shown === description.normalize("NFKC").trim()
    ? null
    : reject("BAD_REQUEST", "The description holds invisible characters: take them out.");
}

/** True as well if the tick is none: that is refused where the instrument is listed. */
function isOnGrid(price: number, tickSize: number): boolean {
  const [ofPrice, ofTick] = [decimalsOf(price), decimalsOf(tickSize)];
  if (ofTick === null || tickSize <= 0) return true;
  if (ofPrice === null) return false;
  const decimals = Math.max(ofPrice, ofTick);
  const [units, tick] = [toUnits(price, decimals), toUnits(tickSize, decimals)];
  return units !== null && tick !== null && units % tick === 0;
}

function newsRefusal({ users }: Readonly<RoomState>, { to }: Request<"news">): Rejection | null {
  if (to === undefined) return null;
  const isThere = (userId: number) => users.get(userId)?.kicked === false;
  return to.some(isThere)
    ? null
    : reject("BAD_REQUEST", "`to` names nobody in the room: leave it out to tell everybody.");
}
