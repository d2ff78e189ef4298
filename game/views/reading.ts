/** Requests that only read. They are not journalled, and a repeat is answered anew. */

import { operations, type Message, type ReadOp, type Request, type RoomOp } from "#protocol";
import type { Context } from "../context.ts";
import { noSuchTrader } from "../host/session.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomUser } from "../state.ts";
import { everybodysPositions, ownPnl, ownPositions } from "./holdings.ts";
import { historyView, openOrdersOf, snapshotView, watchedOrders } from "./messages.ts";

/** Files are the shell's to answer for; a lead is everybody's to hear. */
type ReadRequest = Request<Exclude<ReadOp, "export_data" | "lead_replay">>;

export function isRead(request: Request<RoomOp>): request is Request<ReadOp> {
  return !operations[request.op].changes;
}

/** @param depth levels a side that this connection asked for */
export function answer(
  ctx: Context,
  user: RoomUser,
  request: ReadRequest,
  depth: number,
  now: number,
): Message<"snapshot" | "history" | "positions" | "pnl" | "orders"> | Rejection {
  switch (request.op) {
    case "get_snapshot":
    case "get_history": {
      const instrument = ctx.state.instruments[request.inst - 1];
      if (instrument === undefined || instrument.retired) return reject("NO_SUCH_INSTRUMENT");
      return request.op === "get_history"
        ? historyView(ctx, instrument, now)
        : snapshotView(ctx, instrument, depth, now);
    }
    case "get_positions":
      return user.role === "exchange" ? everybodysPositions(ctx) : ownPositions(ctx, user.userId);
    case "get_pnl":
      return ownPnl(ctx, user.userId);
    case "get_orders":
      return request.user_id === undefined
        ? { type: "orders", orders: openOrdersOf(ctx, user.userId) }
        : watched(ctx, request.user_id);
  }
}

/** Orders and fills of a trader, also of one who was removed: positions and fills stay. */
function watched(ctx: Context, userId: number): Message<"orders"> | Rejection {
  const user = ctx.state.users.get(userId);
  return user?.role === "trader" ? watchedOrders(ctx, user) : noSuchTrader();
}
