/** Who gets in: by a resume token, with the host's token, or anew under a name. */

import { limits, normalizeName, type Request, type Role } from "#protocol";
import type { Context } from "./context.ts";
import { applyLimits } from "./hosting.ts";
import type { JoinInput } from "./journal.ts";
import { reject, type Rejection } from "./rejection.ts";
import { areSame, isHostName, keysOf } from "./same-name.ts";
import { newUser, present, type RoomState, type RoomUser } from "./state.ts";

/** The engine knows users by a number up to this. */
const mostUsers = 1023;

/** Spectators who come and go use up numbers: those of a room full of traders, and of the host, are not for them. */
function lastIdOf(role: Role): number {
  return role === "spectator" ? mostUsers - limits.traders - 1 : mostUsers;
}

/** A join with its secrets already hashed (SHA-256, hexadecimal). */
export interface JoinAttempt {
  request: Request<"join">;
  resumeHash: string | null;
  hostHash: string | null;
  passcodeHash: string | null;
  /** The resume token to give to whoever gets in anew. */
  fresh: { token: string; hash: string };
  /** It was made from the join's `cid`, a secret: the same join brings the same token again. */
  isRepeatable: boolean;
}

/** The user whom the resume token names; null if the join brings none. */
export function resuming(
  state: RoomState,
  { request, resumeHash }: JoinAttempt,
): RoomUser | Rejection | null {
  if (request.resume_token === undefined) return null;
  for (const user of state.users.values())
    if (resumeHash !== null && user.tokenHashes.includes(resumeHash))
      return isShutOut(state, user) ? reject("ROOM_FULL") : user;
  return reject("BAD_TOKEN");
}

/**
 * The user whom this very join has made before, when the answer to it was lost: the `cid` stands for the token that it
 * leads to. Only for a while, so that a `cid` that comes to light later opens nothing.
 * @returns null if it is not the repetition of a join, or comes too late
 */
export function repeating(
  state: RoomState,
  { request, isRepeatable, fresh }: JoinAttempt,
  now: number,
): RoomUser | Rejection | null {
  if (!isRepeatable) return null;
  for (const user of state.users.values()) {
    if (!user.tokenHashes.includes(fresh.hash)) continue;
    const role = request.role ?? "trader";
    // The exchange is one user, whatever its consoles are called.
    const isSame =
      role === user.role &&
      (role === "exchange" || normalizeName(request.name ?? "") === user.name);
    if (!isSame) return reject("CID_REUSED");
    return now - user.joinedMs <= limits.joinRepeatMs ? user : null;
  }
  return null;
}

/** What to write down of somebody who may come in, or why not. */
export function admission(state: RoomState, attempt: JoinAttempt): JoinInput | Rejection {
  const { request, passcodeHash, fresh } = attempt;
  const role = request.role ?? "trader";
  const tokenHash = fresh.hash;
  if (role === "exchange") {
    const refused = hostRefusal(state, attempt);
    if (refused !== null) return refused;
    const exchange = present(state, "exchange")[0];
    if (exchange !== undefined) {
      const { userId, name } = exchange;
      return { op: "$join", userId, name, role, tokenHash };
    }
  } else {
    if (state.passcodeHash !== null && passcodeHash !== state.passcodeHash)
      return reject("BAD_PASSCODE");
    if (state.session === "closed") return reject("ROOM_CLOSED");
    if (isFull(state, role)) return reject("ROOM_FULL");
  }
  const name = normalizeName(request.name ?? (role === "exchange" ? "Exchange" : ""));
  if (name === null) return reject("BAD_REQUEST", "The name must be 1 to 24 visible characters.");
  const taken = nameRefusal(state, name, role === "exchange");
  if (taken !== null) return taken;
  const userId = state.users.size + 1;
  if (userId > lastIdOf(role)) return reject("ROOM_FULL");
  const frees = namesakes(state, name).map((user) => user.userId);
  return { op: "$join", userId, name, role, tokenHash, ...(frees.length > 0 && { frees }) };
}

function hostRefusal(state: RoomState, { hostHash }: JoinAttempt): Rejection | null {
  if (hostHash !== null)
    return hostHash === state.hostTokenHash
      ? null
      : reject("BAD_TOKEN", "This is not the host's token of the room.");
  if (state.openHost && present(state, "exchange").length === 0) return null;
  return reject("FORBIDDEN", "Only who has the host's token can run this room.");
}

/** A trader who is away has a seat: there may be orders and positions. Who only looks on has one while there. */
function isFull(state: RoomState, role: "trader" | "spectator"): boolean {
  const users = present(state, role);
  if (role === "trader") return users.length >= limits.traders;
  return users.filter(({ connections }) => connections > 0).length >= limits.spectators;
}

/** Only looked on, has gone, and others have come meanwhile. */
function isShutOut(state: RoomState, user: RoomUser): boolean {
  return isGivenUp(user) && isFull(state, "spectator");
}

/** In the room, or removed from it after having traded: a result must not change hands. */
function isOnTheBooks(user: RoomUser): boolean {
  return !user.kicked || user.stats.volume > 0;
}

function nameRefusal(state: RoomState, name: string, isHost: boolean): Rejection | null {
  const keys = keysOf(name);
  if (!isHost && isHostName(keys))
    return reject("NAME_TAKEN", "This name is kept for the host: choose another.");
  const isTaken = namesakes(state, name).some((other) => !isGivenUp(other));
  return isTaken ? reject("NAME_TAKEN") : null;
}

/** Who is on the books under this name. */
function namesakes(state: RoomState, name: string): RoomUser[] {
  const keys = keysOf(name);
  return [...state.users.values()].filter(
    (other) => isOnTheBooks(other) && areSame(keysOf(other.name), keys),
  );
}

/** Nothing hangs on the name of somebody who only looked on and has gone. */
function isGivenUp({ role, connections }: RoomUser): boolean {
  return role === "spectator" && connections === 0;
}

/** Takes the user in, or gives a known one (the exchange) one more token. @param ts Unix ms */
export function applyJoin(ctx: Context, input: JoinInput, ts: number): void {
  const { state } = ctx;
  const known = state.users.get(input.userId);
  if (known !== undefined) {
    const others = known.tokenHashes.filter((hash) => hash !== input.tokenHash);
    known.tokenHashes = [...others.slice(-9), input.tokenHash];
    return;
  }
  for (const id of input.frees ?? [])
    Object.assign(state.users.get(id) ?? {}, { kicked: true, tokenHashes: [] });
  const user = newUser(input, state.limits, ts);
  user.killed = state.killed && user.role === "trader";
  state.users.set(user.userId, user);
  if (user.role === "trader") applyLimits(ctx, user, user.limits);
}
