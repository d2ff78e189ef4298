/** The removal of a user: the orders go, and so does the right to quote that was won in a round. */

import { announce, type Call, type Context } from "../context.ts";
import { passOn } from "../rounds/contest.ts";
import { endSeat, type RoomUser } from "../state.ts";
import { cancelAllOf } from "../trading/fills.ts";

/** Removes a user for the host, and tells all. */
export function remove(ctx: Context, call: Call<"kick" | "bot_remove">, user: RoomUser): void {
  endSeat(ctx.state, user);
  cancelAllOf(ctx, user.userId, call.ts, "kicked");
  passOn(ctx, user.userId, call.ts);
  const { userId, name, role } = user;
  announce(ctx, call, { type: "user_left", user_id: userId, name, role, reason: "kicked" });
}
