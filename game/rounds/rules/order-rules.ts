/** Rules of a round on orders: how wide a quote may be, how small an order, who may sell, and who may quote at all. */

import type { Context } from "../../context.ts";
import { emptyPosition } from "../../engine-port.ts";
import { reject, type Rejection } from "../../rejection.ts";
import type { RoomUser } from "../../state.ts";
import { contestRefusal } from "../contest.ts";
import { endowedWith } from "../endowments.ts";
import type { RoundRules } from "../../formats/format.ts";
import { isRunning, openRound } from "../state.ts";
import type { Wanted } from "./wanted.ts";

/** The refusal by a rule of the running round; null: it may be entered, as far as the round is concerned. */
export function ruleRefusal(ctx: Context, user: RoomUser, wanted: Wanted): Rejection | null {
  const { round, instruments } = ctx.state;
  if (!isRunning(round) || !round.insts.includes(wanted.inst)) return null;
  // The engine says so in its own words.
  const instrument = instruments[wanted.inst - 1];
  if (instrument === undefined || instrument.halted || instrument.settled) return null;
  const { rules } = openRound(round).plan;
  return (
    sizeRefusal(rules, wanted) ??
    widthRefusal(rules, wanted) ??
    shortRefusal(ctx, user, rules, wanted) ??
    contestRefusal(ctx, round, user, wanted)
  );
}

function sizeRefusal({ min_qty: least }: RoundRules, { buy, sell }: Wanted): Rejection | null {
  if (least === undefined) return null;
  return [buy, sell].some((side) => side !== null && side.qty < least)
    ? reject("RULE", `An order has at least ${least} contracts in this round (min_qty).`)
    : null;
}

function widthRefusal({ max_width: most }: RoundRules, { buy, sell }: Wanted): Rejection | null {
  if (most === undefined || buy?.price == null || sell?.price == null) return null;
  // Prices have at most six decimals: the difference may have an error beyond them.
  return sell.price - buy.price > most + 1e-7
    ? reject("RULE", `A quote is at most ${most} wide in this round (max_width).`)
    : null;
}

const position = emptyPosition();

/** Refuses to sell more than the seat holds, counting the orders that are working. */
function shortRefusal(
  ctx: Context,
  { userId }: RoomUser,
  { no_shorts: isOn }: RoundRules,
  { inst, sell }: Wanted,
): Rejection | null {
  if (isOn !== true || sell === null) return null;
  const { qty, openSellQty } = ctx.engine.position(userId, inst, position);
  const held = qty + endowedWith(ctx.state, userId, inst, "own");
  const left = held - openSellQty + sell.replaced;
  if (sell.qty <= left) return null;
  return reject(
    "RULE",
    `You hold ${held}, and can sell no more than that, your working orders included (no_shorts).`,
  );
}
