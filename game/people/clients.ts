/**
 * Programs and people: the client that a trader comes by, and those who trade faster than people can. A client says itself
 * what it is, so the setting keeps honest programs out, and the mark tells of the others.
 */

import type { ClientKind, Message, Request, WriteOp } from "#protocol";
import type { Context } from "../context.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { OrderCount, RoomState, RoomUser } from "../state.ts";
import type { Stamp } from "../rounds/views.ts";
import type { JoinAttempt } from "./attempt.ts";
import { isHostToken } from "./entering.ts";

/** Orders in a second that no hand enters, and seconds of them among the last ones that are no accident. */
const fastOrders = 10;
const fastSeconds = 3;
const watchedSeconds = 10;

/** The kind of client of somebody who joins. A program with the host's token is the host's, and stays so. */
export function clientOf(
  state: Readonly<RoomState>,
  { request, hostHash }: JoinAttempt,
  { client: before }: Readonly<RoomUser>,
): ClientKind {
  if (request.client === "page") return "page";
  return before === "host_program" || isHostToken(state, hostHash) ? "host_program" : "program";
}

export function applyClient(ctx: Context, userId: number, client: ClientKind, stamp: Stamp): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined) return;
  user.client = client;
  ctx.out.toAll(marked(user, stamp));
}

/** Marks somebody who trades faster than people can, for the rest of the session. */
export function applyFast(ctx: Context, userId: number, stamp: Stamp): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined) return;
  user.isFast = true;
  ctx.out.toAll(marked(user, stamp));
}

function marked({ userId, client, isFast }: RoomUser, { ts, seq }: Stamp): Message<"user_marked"> {
  return { type: "user_marked", user_id: userId, client, fast: isFast, ts, seq };
}

const refusals = {
  none: "This room takes no orders from programs: trade on its page.",
  host: "This room takes orders from no programs but the host's: trade on its page.",
} as const;

/** The refusal of an order from a program by the room's setting; null: it is taken. */
export function programRefusal(
  { settings: { bots } }: Readonly<RoomState>,
  { client, bot }: Readonly<RoomUser>,
  { op }: Request<WriteOp>,
): Rejection | null {
  if (bots === "anybody" || client === "page" || bot !== null) return null;
  if (op !== "order_new" && op !== "quote" && op !== "replace") return null;
  return bots === "host" && client === "host_program" ? null : reject("FORBIDDEN", refusals[bots]);
}

/**
 * Counts an order. Quotes of a second in different instruments count as one: the page's quote grid sends all of its rows at
 * one press, one quote in each.
 * @returns whether the user has just turned out to be faster than people can be
 */
export function isTooFast(user: RoomUser, request: Request<WriteOp>, now: number): boolean {
  if (user.bot !== null || user.isFast || user.isHouse) return false;
  const second = Math.floor(now / 1_000);
  const counts = user.ordersIn.filter((one) => one.second > second - watchedSeconds);
  let last = counts.at(-1);
  if (last?.second !== second) counts.push((last = { second, orders: 0, quotes: new Map() }));
  if (request.op === "quote")
    last.quotes.set(request.inst, (last.quotes.get(request.inst) ?? 0) + 1);
  else last.orders++;
  user.ordersIn = counts;
  return counts.filter((one) => actionsIn(one) >= fastOrders).length >= fastSeconds;
}

/** Number of times in a second that a hand would have had to press, at least. */
function actionsIn({ orders, quotes }: OrderCount): number {
  return orders + Math.max(0, ...quotes.values());
}
