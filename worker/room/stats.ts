/** Reads one room's numbers for its host: its size, and who asks how much. They hold no names, tokens or prices. */

import type { Room } from "#game/room.ts";
import { seated } from "#game/people/entering.ts";
import type { RoomStats } from "#protocol";
import type { Activity } from "./turn/activity.ts";
import type { Roster } from "./turn/roster.ts";

export function roomStats(
  room: Room,
  roster: Roster<string>,
  activity: Activity,
  sql: SqlStorage,
  now: number,
): RoomStats {
  const { state } = room;
  let unread = 0;
  let unjoined = 0;
  for (const { line, userId } of roster) {
    unread = Math.max(unread, line.unreadBytes);
    if (userId === null) unjoined++;
  }
  const users = [...state.users.values()];
  return {
    seq: state.seq,
    journalled: state.journalled,
    trades: state.trades,
    open_orders: state.orders.size,
    traders: seated(state, "trader", now),
    spectators: seated(state, "spectator", now),
    connected: users.filter(({ connections }) => connections > 0).length,
    sockets: roster.size,
    strangers: unjoined,
    unread_bytes_most: unread,
    stored_bytes: sql.databaseSize,
    users: users
      .filter(({ kicked }) => !kicked)
      .map(({ userId, connections }) => ({
        user_id: userId,
        connections,
        ...activity.of(userId, now),
      })),
    settings: {
      ...{ on_disconnect: state.onDisconnect, lens: state.lens, mark_lots: state.markLots },
      ...state.settings,
    },
  };
}
