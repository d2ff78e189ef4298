/** Presence of users: the number of each one's connections, and the absent ones whose orders go. */

import type { Context } from "../context.ts";
import { standingRefusal } from "../rounds/contest.ts";
import type { RoomUser } from "../state.ts";

/** Notes how many connections the user has now, and tells all when the last one has gone. @returns whether it has */
export function hasLeft(ctx: Context, user: RoomUser, connections: number, now: number): boolean {
  const left = user.connections > 0 && connections === 0 && !user.kicked;
  user.connections = connections;
  if (!left) return false;
  user.goneMs = now;
  const { userId, name, role } = user;
  ctx.out.toAll({ type: "user_left", user_id: userId, name, role, reason: "disconnected" });
  return true;
}

/**
 * Whether a user has no connection, but orders that are cancelled with the last one. Bots and a round's house stay, and a
 * market that binds until the end of the trading.
 */
export function isAbsent({ state, engine }: Context, user: RoomUser): boolean {
  const { userId, role, connections, bot, isHouse } = user;
  const cancels =
    role === "trader" && state.onDisconnect === "cancel" && state.session !== "closed";
  const isPerson = bot === null && !isHouse;
  if (standingRefusal(state, user) !== null) return false;
  return cancels && connections === 0 && isPerson && engine.openOrders(userId, 0).length > 0;
}
