/** The messages that show a room at a moment to one seat: what somebody gets who joins then, and the own orders. */

import { limits, type Message } from "#protocol";
import type { Context } from "../context.ts";
import { roundFor } from "../rounds/views.ts";
import { leaderboard, ownPnl, ownPositions } from "../views/holdings.ts";
import { historyView, joinAck, openOrdersOf, snapshotView } from "../views/messages.ts";

/**
 * @param now of the moment, Unix ms
 * @param charted instruments whose history is shown
 * @returns nothing while the user has not come in yet
 */
export function seatView(
  ctx: Context,
  userId: number,
  now: number,
  charted: readonly number[],
): Message[] {
  const user = ctx.state.users.get(userId);
  if (user === undefined) return [];
  const messages: Message[] = [joinAck(ctx, user, "", true, now)];
  for (const instrument of ctx.state.instruments) {
    if (instrument.retired) continue;
    messages.push(snapshotView(ctx, instrument, limits.depthMax, now));
    if (charted.includes(instrument.inst)) messages.push(historyView(ctx, instrument, now));
  }
  messages.push({ type: "orders", orders: openOrdersOf(ctx, userId) });
  messages.push(ownPositions(ctx, userId), ownPnl(ctx, userId), leaderboard(ctx));
  messages.push(...roundFor(ctx, user, now));
  return messages;
}
