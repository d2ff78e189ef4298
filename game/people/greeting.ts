/** Greets a connection that has joined with the state of the room, and tells the others who has come. */

import { closeCode } from "#protocol";
import type { Context } from "../context.ts";
import { withCid } from "../replies.ts";
import type { RoomUser } from "../state.ts";
import { roundFor } from "../rounds/views.ts";
import { leaderboard } from "../views/holdings.ts";
import { joinAck } from "../views/messages.ts";
import { answer } from "../views/reading.ts";

export interface Greeting {
  connection: number;
  /** Levels a side that the connection asked for. */
  depth: number;
  cid: string | undefined;
  /** The resume token to come back with. */
  token: string;
  wasHere: boolean;
  /** Whether the same join was answered before. */
  isRepeated: boolean;
  /** Whether the seat was taken over by its code: its other connections end. */
  takesOver: boolean;
  /** Host's token for a host who came by a link, else null. */
  hostToken: string | null;
}

/** Counts the connection, and answers it with `join_ack`, the books and the leaderboard. */
export function greet(ctx: Context, user: RoomUser, greeting: Greeting, now: number): void {
  const { out, state } = ctx;
  const { connection, depth, cid, token, wasHere, isRepeated, takesOver, hostToken } = greeting;
  const isFirst = user.connections === 0;
  user.connections++;
  const plain = joinAck(ctx, user, token, wasHere, now);
  const ack = hostToken === null ? plain : { ...plain, host_token: hostToken };
  out.toConnection(connection, withCid(isRepeated ? { ...ack, duplicate: true } : ack, cid));
  for (const { inst, retired } of state.instruments) {
    if (retired) continue;
    const snapshot = answer(ctx, user, { op: "get_snapshot", inst }, depth, now);
    if (!("code" in snapshot)) out.toConnection(connection, snapshot);
  }
  if (state.trades > 0) out.toConnection(connection, leaderboard(ctx));
  for (const message of roundFor(ctx, user, now)) out.toConnection(connection, message);
  const { userId, name, role } = user;
  if (isFirst) out.toAll({ type: "user_joined", user_id: userId, name, role }, connection);
  if (role === "trader" || takesOver)
    out.disconnect(userId, closeCode.superseded, "You joined from somewhere else.", connection);
}
