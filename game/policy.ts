/**
 * Rules of today for requests, beyond their form. Requests in the journal have passed the rules of their day and are not
 * checked again: so a rule can be added here without changing the rooms of old journals.
 */

import { limits, type Request, type WriteOp } from "#protocol";
import { plainText } from "./host/listing.ts";
import { programRefusal } from "./people/clients.ts";
import { botAddRefusal, botTakeRefusal } from "./people/bots.ts";
import { seatCodeRefusal } from "./people/handing-out.ts";
import { renameRefusal } from "./people/renaming.ts";
import { standingRefusal } from "./rounds/contest.ts";
import { ledRefusal, optionRefusal, seatRefusal } from "./rounds/rules/rules.ts";
import { reject, type Rejection } from "./rejection.ts";
import type { RoomState, RoomUser } from "./state.ts";
import { decimalsOf, toUnits } from "./units/decimals.ts";

/** The refusal of a user's request by these rules; null if it may be decided. */
export function policyRefusal(
  state: Readonly<RoomState>,
  user: Readonly<RoomUser>,
  request: Request<WriteOp>,
): Rejection | null {
  const refused = ledRefusal(state, user, request) ?? programRefusal(state, user, request);
  if (refused !== null) return refused;
  switch (request.op) {
    case "order_new":
      return seatRefusal(state, user, request.inst) ?? crowdRefusal(state);
    case "quote":
      if (isPull(request)) return standingRefusal(state, user);
      return seatRefusal(state, user, request.inst) ?? crowdRefusal(state);
    case "cancel":
    case "cancel_all":
      return standingRefusal(state, user);
    case "cancel_inst":
      return standingRefusal(state, user) ?? listRefusal(request, user.limits.max_open_orders);
    case "add_instrument":
      return optionRefusal(state, request) ?? boundsRefusal(request) ?? descriptionRefusal(request);
    case "edit_instrument":
      return descriptionRefusal(request);
    case "set_limits":
      return lossRefusal(request);
    case "rename":
      return renameRefusal(state, user, request);
    case "seat_code":
      return seatCodeRefusal(user, request);
    case "bot_add":
      return botAddRefusal(state, request);
    case "round_start":
      return endlessRefusal(state);
    case "bot_take":
      return botTakeRefusal(state, request);
    case "news":
      return newsRefusal(state, request);
    default:
      return null;
  }
}

function isPull({ bid_qty: bidQty = 0, ask_qty: askQty = 0 }: Request<"quote">): boolean {
  return bidQty === 0 && askQty === 0;
}

/** Bounds the rounds of a session by what they have listed: files, archive and debrief look at every instrument. */
function endlessRefusal({ instruments }: Readonly<RoomState>): Rejection | null {
  return instruments.length < limits.instrumentsEver
    ? null
    : reject(
        "BAD_REQUEST",
        `The rounds of this session have listed ${limits.instrumentsEver} instruments, and more cannot be kept: close it and go on in a new room.`,
      );
}

/** Bounds the open orders of the room: they fit into the engine's memory, and a settlement takes them all out. */
function crowdRefusal({ orders }: Readonly<RoomState>): Rejection | null {
  return orders.size < limits.openOrders
    ? null
    : reject("ORDER_LIMIT", "The room has as many open orders as it can hold: cancel some first.");
}

/** Bounds a list, since it is searched and written down: no more orders than there can be, and none twice. */
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

/** Takes a loss limit to six decimals, and as large as a number is exact: so money is counted and shown. */
function lossRefusal({ max_loss: maxLoss = 0 }: Request<"set_limits">): Rejection | null {
  return decimalsOf(maxLoss) === null
    ? reject("BAD_REQUEST", "`max_loss` must be money: at most six decimals, and below 2^53.")
    : null;
}

/** Refuses invisible characters. Listing and editing have always taken them out, but nobody's text should change unnoticed. */
function descriptionRefusal({
  description = "",
}: Request<"add_instrument" | "edit_instrument">): Rejection | null {
  const shown = plainText(description);
  return shown === description.normalize("NFKC").trim()
    ? null
    : reject("BAD_REQUEST", "The description holds invisible characters: take them out.");
}

/** Whether a price is a multiple of the tick. True for an invalid tick: that is refused where instruments are listed. */
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
