/** Changes a room's data by messages about its people and bots, and about their limits. */

import type { Message, User } from "#protocol";
import type { Batch } from "../batch.ts";
import type { RoomData } from "../room-data.svelte.ts";
import type { Reducers } from "./reducer.ts";

function limits(data: RoomData, message: Message<"limits">): void {
  if (message.user_id === null) {
    data.limits = message.limits;
    data.limitsOf.clear();
    return;
  }
  data.limitsOf.set(message.user_id, message.limits);
  if (message.user_id === data.me?.userId) data.limits = message.limits;
}

function killSwitch(data: RoomData, message: Message<"kill_switch">, batch: Batch): void {
  const everybody = message.user_id === null;
  data.users = data.users.map((user) =>
    user.role === "trader" && (everybody || user.user_id === message.user_id)
      ? { ...user, killed: message.on }
      : user,
  );
  if (data.me?.role === "trader" && (everybody || message.user_id === data.me.userId))
    batch.events.push({ type: message.on ? "killed" : "revived" });
}

function joined(data: RoomData, message: Message<"user_joined">): void {
  const { user_id, name, role, bot = null } = message;
  const before = data.users.find((user) => user.user_id === user_id);
  const killed = before?.killed ?? false;
  const user: User = { ...before, user_id, name, role, connected: true, killed, bot };
  data.users = before
    ? data.users.map((other) => (other === before ? user : other))
    : [...data.users, user];
}

function marked(data: RoomData, { user_id, client, fast }: Message<"user_marked">): void {
  data.users = data.users.map((user) =>
    user.user_id === user_id ? { ...user, client, fast } : user,
  );
}

/** A bot trades somebody's seat, or does so no more. */
function seat(data: RoomData, { user_id, bot }: Message<"seat">): void {
  data.users = data.users.map((user) => (user.user_id === user_id ? { ...user, bot } : user));
}

function renamed(data: RoomData, { user_id, name }: Message<"user_renamed">): void {
  const named = <U extends { user_id: number }>(user: U): U =>
    user.user_id === user_id ? { ...user, name } : user;
  data.users = data.users.map(named);
  data.leaderboard = data.leaderboard.map(named);
  if (data.me?.userId === user_id) data.me = { ...data.me, name };
}

function left(data: RoomData, message: Message<"user_left">): void {
  if (message.reason === "kicked") data.kicked.add(message.user_id);
  data.users = data.users.map((user) =>
    user.user_id === message.user_id ? { ...user, connected: false } : user,
  );
}

export const peopleReducers: Reducers = {
  limits,
  kill_switch: killSwitch,
  user_joined: joined,
  user_renamed: renamed,
  user_left: left,
  user_marked: marked,
  seat,
};
