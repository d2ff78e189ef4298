/** Operations on bots: the host seats and removes them, and has one trade the seat of somebody who has gone. */

import { badName, limits, nameFault, type BotKind, type Message, type Request } from "#protocol";
import { botNames } from "../bots/names.ts";
import { announce, type Context, type Handler } from "../context.ts";
import { applyLimits } from "../host/session.ts";
import { reject, type Rejection } from "../rejection.ts";
import { newUser, present, type RoomState, type RoomUser } from "../state.ts";
import { cancelAllOf } from "../trading/fills.ts";
import type { Stamp } from "../rounds/views.ts";
import { isBot } from "../views/messages.ts";
import { hostNameText, seated } from "./entering.ts";
import { namesakes } from "./namesakes.ts";
import { remove } from "./removing.ts";
import { isHostName, keysOf } from "./same-name.ts";

/** Requests that the room completes with a seed, and with names: the journal keeps them, whatever names there are later. */
export type DrawnBots = Request<"bot_add"> & { drawnSeed?: string; drawnNames?: string[] };
export type DrawnTaking = Request<"bot_take"> & { drawnSeed?: string };

/** @param draw makes a seed: 64 lower-case hexadecimal digits */
export function drawnBots(
  state: Readonly<RoomState>,
  request: Request<"bot_add">,
  draw: () => string,
): DrawnBots {
  const { kind, name, count = 1 } = request;
  const drawnSeed = draw();
  return { ...request, drawnSeed, drawnNames: botNames(state, kind, count, drawnSeed, name) };
}

export const botAdd: Handler<"bot_add"> = (ctx, call) => {
  const { ts, seq } = call;
  const { kind, drawnSeed: seed, drawnNames: names = [] } = call.request as DrawnBots;
  if (seed === undefined) return reject("INTERNAL");
  const added = names.map((name) => seat(ctx, name, { kind, seed }, ts));
  call.reply({ type: "bots_added", user_ids: added.map(({ userId }) => userId), ts, seq });
  for (const { userId, name, role } of added)
    ctx.out.toAll({ type: "user_joined", user_id: userId, name, role, bot: kind });
  return null;
};

/** Gives a bot a seat of its own. Nobody has a token for it. */
function seat(
  ctx: Context,
  name: string,
  { kind, seed }: { kind: BotKind; seed: string },
  ts: number,
): RoomUser {
  const { state } = ctx;
  const userId = state.users.size + 1;
  const user = newUser({ userId, name, role: "trader", tokenHash: "" }, state.limits, ts);
  user.tokenHashes = [];
  user.bot = { kind, seed: `${seed}|${userId}`, isTaken: false };
  user.killed = state.killed;
  state.users.set(userId, user);
  applyLimits(ctx, user, user.limits);
  return user;
}

/** The refusal of new bots by today's rules; null if they may come. */
export function botAddRefusal(
  state: Readonly<RoomState>,
  { count = 1, name: wanted, drawnNames: names = [] }: DrawnBots,
): Rejection | null {
  const bots = present(state, "trader").filter(isBot).length;
  if (bots + count > limits.bots)
    return reject(
      "ROOM_FULL",
      `A room runs at most ${limits.bots} bots, and this one has ${bots}.`,
    );
  const isFull = seated(state, "trader", Infinity) + count > limits.traders;
  if (isFull || state.users.size + count > limits.people - limits.traders)
    return reject("ROOM_FULL", "The room has no seats left for them.");
  if (wanted === undefined) return null;
  for (const name of names) {
    const fault = nameFault(name);
    if (fault !== null) return reject("BAD_REQUEST", badName(fault));
    if (isHostName(keysOf(name))) return reject("NAME_TAKEN", hostNameText);
    if (namesakes(state, name).length > 0) return reject("NAME_TAKEN");
  }
  return null;
}

export const botRemove: Handler<"bot_remove"> = (ctx, call) => {
  const user = ctx.state.users.get(call.request.user_id);
  if (user === undefined || user.kicked || !isBot(user))
    return reject("BAD_REQUEST", "There is no bot with this `user_id` in the room.");
  remove(ctx, call, user);
  return null;
};

export const botTake: Handler<"bot_take"> = (ctx, call) => {
  const { user_id: userId, kind = "maker", drawnSeed: seed } = call.request as DrawnTaking;
  const user = ctx.state.users.get(userId);
  if (user === undefined || user.kicked || user.role !== "trader")
    return reject("BAD_REQUEST", "There is no such trader in the room.");
  if (user.bot !== null) return reject("BAD_REQUEST", "A bot trades this seat already.");
  if (seed === undefined) return reject("INTERNAL");
  user.bot = { kind, seed: `${seed}|${userId}`, isTaken: true };
  announce(ctx, call, seatView(user, call));
  return null;
};

/** The refusal of a bot for somebody who is there; null if it may take the seat. */
export function botTakeRefusal(
  { users }: Readonly<RoomState>,
  { user_id: userId }: Request<"bot_take">,
): Rejection | null {
  return (users.get(userId)?.connections ?? 0) > 0
    ? reject(
        "BAD_REQUEST",
        "This trader is connected: a bot can only take the seat of one who has gone.",
      )
    : null;
}

export const botRelease: Handler<"bot_release"> = (ctx, call) => {
  const user = ctx.state.users.get(call.request.user_id);
  if (user === undefined || user.kicked || user.bot?.isTaken !== true)
    return reject("BAD_REQUEST", "No bot trades the seat of this trader.");
  letGo(ctx, user, call.ts);
  announce(ctx, call, seatView(user, call));
  return null;
};

/** Ends a bot's trading because a person has come to the seat. */
export function applyReturn(ctx: Context, userId: number, stamp: Stamp): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined) return;
  letGo(ctx, user, stamp.ts);
  ctx.out.toAll(seatView(user, stamp));
}

/** Takes the bot's orders out with it: nobody would look after them. */
function letGo(ctx: Context, user: RoomUser, ts: number): void {
  user.bot = null;
  cancelAllOf(ctx, user.userId, ts, "cancelled");
}

function seatView({ userId, bot }: RoomUser, { ts, seq }: Stamp): Message<"seat"> {
  return { type: "seat", user_id: userId, bot: bot?.kind ?? null, ts, seq };
}
