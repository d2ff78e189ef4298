/** The host's commands on people and on the session. */

import {
  closeCode,
  limits as bounds,
  type Limits,
  type Message,
  type Request,
  type SessionState,
  type WriteOp,
} from "#protocol";
import { saidOfSession } from "../bots/words.ts";
import { announce, type Call, type Context, type Handler } from "../context.ts";
import { Reject } from "../engine-port.ts";
import { remove } from "../people/removing.ts";
import { keepTime } from "../rounds/clock.ts";
import { isRunning } from "../rounds/state.ts";
import { end, tellRound } from "../rounds/stepping.ts";
import { cancelAllOf } from "../trading/fills.ts";
import { closingHash, withLink } from "./closing.ts";
import { engineRejection, reject, type Rejection } from "../rejection.ts";
import { keepLast, present, type RoomUser } from "../state.ts";
import { limitsView, sessionView } from "../views/messages.ts";

export const setLimits: Handler<"set_limits"> = (ctx, call) => {
  const { state } = ctx;
  const { user_id: userId = null } = call.request;
  const targets = userId === null ? present(state, "trader") : traders(ctx, userId);
  if (userId !== null && targets.length === 0) return noSuchTrader();
  const changed = changedLimits(targets[0]?.limits ?? state.limits, call);
  if ("code" in changed) return changed;
  if (userId === null) state.limits = { ...state.limits, ...changed };
  for (const user of targets) {
    const refused = applyLimits(ctx, user, { ...user.limits, ...changed });
    if (refused !== null) return refused;
    ctx.out.toUser(user.userId, limitsMessage(call, userId, user.limits));
  }
  const shown = userId === null ? state.limits : (targets[0]?.limits ?? state.limits);
  call.reply(limitsMessage(call, userId, shown));
  ctx.out.toRole("exchange", limitsMessage(call, userId, shown), call.connection);
  return null;
};

/** Gives the user limits, in the engine and in the room. */
export function applyLimits(ctx: Context, user: RoomUser, limits: Limits): Rejection | null {
  const code = ctx.engine.setLimits(user.userId, {
    maxPosition: limits.max_position,
    maxOrderQty: limits.max_order_qty,
    maxOpenOrders: limits.max_open_orders,
  });
  if (code !== Reject.ok) return engineRejection(code);
  if (user.limits.orders_per_sec !== limits.orders_per_sec) user.orderBucket = null;
  user.limits = limits;
  return null;
}

function limitsMessage(call: Call, userId: number | null, limits: Limits) {
  return {
    type: "limits",
    user_id: userId,
    limits: limitsView(limits),
    ts: call.ts,
    seq: call.seq,
  } as const;
}

/** The limits that the request names, checked. */
function changedLimits(present: Limits, call: Call<"set_limits">): Partial<Limits> | Rejection {
  const { op: _op, cid: _cid, user_id: _user, max_loss: maxLoss, ...counts } = call.request;
  const ceilings = {
    max_position: bounds.maxPosition,
    max_order_qty: bounds.maxOrderQty,
    max_open_orders: bounds.maxOpenOrders,
    orders_per_sec: bounds.maxOrdersPerSec,
  };
  const changed: Partial<Limits> = {};
  for (const [name, ceiling] of Object.entries(ceilings) as [keyof typeof ceilings, number][]) {
    const value = counts[name];
    if (value === undefined) continue;
    const floor = name === "orders_per_sec" ? 1 : 0;
    if (!Number.isInteger(value) || value < floor || value > ceiling)
      return reject(
        "BAD_REQUEST",
        `\`${name}\` must be a whole number from ${floor} to ${ceiling}.`,
      );
    changed[name] = value;
  }
  if (maxLoss !== undefined) {
    if (maxLoss < 0)
      return reject("BAD_REQUEST", "`max_loss` must be positive, or 0 for no limit.");
    changed.max_loss = maxLoss === 0 ? null : maxLoss;
  }
  return Object.keys(changed).length > 0 || present === undefined
    ? changed
    : reject("BAD_REQUEST", "Name at least one limit.");
}

export const killSwitch: Handler<"kill_switch"> = (ctx, call) => {
  const { user_id: userId = null, on } = call.request;
  const targets = userId === null ? present(ctx.state, "trader") : traders(ctx, userId);
  if (userId !== null && targets.length === 0) return noSuchTrader();
  if (userId === null) ctx.state.killed = on;
  const { ts, seq } = call;
  announce(ctx, call, { type: "kill_switch", user_id: userId, on, ts, seq });
  for (const user of targets) {
    user.killed = on;
    if (on) cancelAllOf(ctx, user.userId, ts, "killed");
  }
  return null;
};

export const kick: Handler<"kick"> = (ctx, call) => {
  const user = ctx.state.users.get(call.request.user_id);
  if (user === undefined || user.kicked || user.role === "exchange")
    return reject("BAD_REQUEST", "There is no such trader or spectator in the room.");
  remove(ctx, call, user);
  ctx.out.disconnect(user.userId, closeCode.kicked, "The host has removed you from the room.");
  return null;
};

export const news: Handler<"news"> = (ctx, call) => {
  const { text, to } = call.request;
  const { ts, seq } = call;
  const message: Message<"news"> = { type: "news", text, to: to ?? null, ts, seq };
  call.reply(message);
  keepLast(ctx.state.recentNews, message, bounds.recentNews);
  if (to === undefined) {
    ctx.out.toAll(message, call.connection);
    return null;
  }
  ctx.out.toRole("exchange", message, call.connection);
  for (const userId of new Set(to))
    if (ctx.state.users.get(userId)?.role !== "exchange")
      // A recipient does not learn the other recipients.
      ctx.out.toUser(userId, { ...message, to: [userId] });
  return null;
};

export const session: Handler<"session"> = (ctx, call) => {
  const { state: next, ends_at: endsAt = null } = call.request;
  const inTime = endsAt === null || (endsAt > call.ts && endsAt <= call.ts + bounds.sessionMs);
  if (!inTime || (endsAt !== null && next !== "open"))
    return reject(
      "BAD_REQUEST",
      "`ends_at` must lie in the future, within a year, and only an open session has one.",
    );
  if (next === "paused" && ctx.state.session === "lobby")
    return reject(
      "BAD_REQUEST",
      "The session has not begun, so there is nothing to pause: open it.",
    );
  const { round } = ctx.state;
  const wasInRound = isRunning(round);
  if (next === "closed") closeSession(ctx, call);
  else setSession(ctx, next, endsAt, call.ts);
  const message = { type: "session", ...sessionView(ctx), ts: call.ts, seq: call.seq } as const;
  if (next === "closed") announceClose(ctx, call, message);
  else announce(ctx, call, message);
  // A close ends the round as well.
  if (wasInRound && round !== null) tellRound(ctx, round, { ts: call.ts, seq: call.seq });
  const said = next === "closed" && round === null ? saidOfSession(ctx) : null;
  if (said !== null) ctx.out.toAll(said);
  return null;
};

export const setLens: Handler<"set_lens"> = (ctx, call) => {
  const { lens } = call.request;
  ctx.state.lens = lens;
  announce(ctx, call, { type: "lens", lens, ts: call.ts, seq: call.seq });
  return null;
};

export const settings: Handler<"settings"> = (ctx, call) => {
  const { op: _op, cid: _cid, ...named } = call.request;
  const changed = Object.entries(named).filter(([, value]) => value !== undefined);
  if (changed.length === 0) return reject("BAD_REQUEST", "Name at least one setting.");
  Object.assign(ctx.state.settings, Object.fromEntries(changed));
  const { ts, seq } = call;
  announce(ctx, call, { type: "settings", ...ctx.state.settings, ts, seq });
  return null;
};

export function setSession(
  ctx: Context,
  next: SessionState,
  endsAt: number | null,
  ts: number,
): void {
  const { state } = ctx;
  state.session = next;
  state.endsAt = endsAt;
  if (state.round !== null) keepTime(state.round, next === "open", ts);
}

/** Takes every order out of the book and ends the session for good. */
function closeSession(ctx: Context, { ts, seq }: Call): void {
  const { round } = ctx.state;
  if (isRunning(round)) end(ctx, round, { ts, seq });
  setSession(ctx, "closed", null, ts);
  ctx.state.closedAt = ts;
  for (const user of ctx.state.users.values())
    if (user.role === "trader") cancelAllOf(ctx, user.userId, ts, "closed");
  ctx.out.archive();
}

function announceClose(ctx: Context, call: Call, message: Message<"session">): void {
  const { ts, seq, user, request } = call;
  const input = request as Request<WriteOp>;
  const closed = {
    ...message,
    log_hash: closingHash(ctx, { ts, seq, userId: user.userId, input }),
  };
  call.reply(closed);
  ctx.out.toAll(withLink(ctx, closed), call.connection);
}

function traders(ctx: Context, userId: number): RoomUser[] {
  const user = ctx.state.users.get(userId);
  return user !== undefined && user.role === "trader" && !user.kicked ? [user] : [];
}

export function noSuchTrader(): Rejection {
  return reject("BAD_REQUEST", "There is no such trader in the room.");
}
