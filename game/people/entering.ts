/** Admission: decides who joins, by a resume token, with the host's token, or anew under a name. */

import { badName, limits, nameFault, normalizeName, spelledName, type Role } from "#protocol";
import type { Context } from "../context.ts";
import { applyLimits } from "../host/session.ts";
import type { JoinInput } from "../journal/entry.ts";
import { reject, type Rejection } from "../rejection.ts";
import { isRunning } from "../rounds/state.ts";
import type { JoinAttempt } from "./attempt.ts";
import { linkOf, useLink } from "./host-links.ts";
import { namesakes } from "./namesakes.ts";
import { isHostName, keysOf } from "./same-name.ts";
import { endSeat, newUser, present, type RoomState, type RoomUser } from "../state.ts";
import { cancelAllOf } from "../trading/fills.ts";

/** Highest user id that the engine takes. */
const mostUsers = 1023;

/** The last user id that a newcomer may take. Ids above `limits.people` are reserved for the host and the host's screens. */
function lastIdOf(role: Role, isHosts: boolean): number {
  if (role === "exchange" || isHosts) return mostUsers;
  // Everybody who comes in uses up an id. A room full of them is reserved for traders.
  return limits.people - (role === "spectator" ? limits.traders : 0);
}

const overrunText = `This session has had as many people as it can remember (${limits.people}): ask the host for a new room.`;

export const hostNameText = "This name is kept for the host: choose another.";

/** User whom the resume token names; null if the join has none. */
export function resuming(
  state: RoomState,
  { request, resumeHash }: JoinAttempt,
  now: number,
): RoomUser | Rejection | null {
  if (request.resume_token === undefined) return null;
  for (const user of state.users.values())
    if (resumeHash !== null && user.tokenHashes.includes(resumeHash))
      return isShutOut(state, user, now) ? reject("ROOM_FULL") : user;
  return reject("BAD_TOKEN");
}

/**
 * User whom this very join has made before, when its answer was lost: the secret `cid` stands for the token made from
 * it. Only for a while, so that a `cid` that leaks later opens nothing.
 * @returns null if it is not the repetition of a join, or comes too late
 */
export function repeating(
  state: RoomState,
  { request, isRepeatable, fresh, seatHash }: JoinAttempt,
  now: number,
): RoomUser | Rejection | null {
  if (!isRepeatable) return null;
  for (const user of state.users.values()) {
    if (!user.tokenHashes.includes(fresh.hash)) continue;
    const role = request.role ?? "trader";
    // The host is one user, whatever the names of its consoles.
    const isSame =
      seatHash === user.seatHash &&
      (seatHash !== null ||
        (role === user.role &&
          (role === "exchange" || normalizeName(request.name ?? "") === user.joinedAs)));
    if (!isSame) return reject("CID_REUSED");
    return now - user.tokenMs <= limits.joinRepeatMs ? user : null;
  }
  return null;
}

/** Journal input for a join that is allowed, or its refusal. */
export function admission(
  state: RoomState,
  attempt: JoinAttempt,
  now: number,
): JoinInput | Rejection {
  const { request, passcodeHash, fresh } = attempt;
  const role = request.role ?? "trader";
  // The host's own screens always have a place.
  const isHosts = role === "spectator" && isHostToken(state, attempt.hostHash);
  const tokenHash = fresh.hash;
  if (role === "exchange") {
    const link = linkOf(state, attempt, now);
    if (link !== null) return { ...link, tokenHash };
    const refused = hostRefusal(state, attempt);
    if (refused !== null) return refused;
    const exchange = present(state, "exchange")[0];
    if (exchange !== undefined) {
      const { userId, name } = exchange;
      return { op: "$join", userId, name, role, tokenHash };
    }
  } else {
    const fits = [passcodeHash, attempt.typedPasscodeHash].includes(state.passcodeHash);
    if (!isHosts && state.passcodeHash !== null && !fits) return reject("BAD_PASSCODE");
    if (state.session === "closed") return reject("ROOM_CLOSED");
    if (!isHosts && isFull(state, role, now)) return reject("ROOM_FULL");
  }
  const wanted = request.name ?? (role === "exchange" ? "Exchange" : "");
  const fault = nameFault(wanted);
  if (fault !== null) return reject("BAD_REQUEST", badName(fault));
  const name = spelledName(wanted);
  const taken = nameRefusal(state, name, role === "exchange", now);
  if (taken !== null) return taken;
  const frees = namesakes(state, name).map((user) => user.userId);
  const unused = state.users.size + 1;
  const userId = unused <= lastIdOf(role, isHosts) ? unused : leftSeat(state, now);
  if (userId === null) return reject("ROOM_FULL", overrunText);
  if (userId !== unused && !frees.includes(userId)) frees.push(userId);
  return { op: "$join", userId, name, role, tokenHash, ...(frees.length > 0 && { frees }) };
}

/** Id of the first user to come who never traded and has gone; null if there is none. */
function leftSeat(state: RoomState, now: number): number | null {
  for (const user of state.users.values())
    if (isGivenUp(state, user, now) || (user.kicked && !hasTraded(user))) return user.userId;
  return null;
}

/** Whether it is a token of the room's creator, or of a host who came by a link. */
export function isHostToken(state: Readonly<RoomState>, hash: string | null): boolean {
  return hash !== null && (hash === state.hostTokenHash || state.coHostHashes.includes(hash));
}

const noHostTokenText =
  "This is no host's token of the room, or a link that was used or is too old: ask for a new one.";

function hostRefusal(state: RoomState, { hostHash }: JoinAttempt): Rejection | null {
  if (hostHash !== null)
    return isHostToken(state, hostHash) ? null : reject("BAD_TOKEN", noHostTokenText);
  if (state.openHost && present(state, "exchange").length === 0) return null;
  return reject("FORBIDDEN", "Only who has the host's token can run this room.");
}

function isFull(state: RoomState, role: "trader" | "spectator", now: number): boolean {
  const most = role === "trader" ? limits.traders : limits.spectators;
  return seated(state, role, now) >= most;
}

/** Number of seats taken: by users who are connected, and by traders who have traded, connected or not. */
export function seated(state: RoomState, role: Role, now: number): number {
  return present(state, role).filter((user) => !isGivenUp(state, user, now)).length;
}

/** True for a user who has left the seat while others took all there are. */
export function isShutOut(state: RoomState, user: RoomUser, now: number): boolean {
  return user.role !== "exchange" && isGivenUp(state, user, now) && isFull(state, user.role, now);
}

function nameRefusal(
  state: RoomState,
  name: string,
  isHost: boolean,
  now: number,
): Rejection | null {
  if (!isHost && isHostName(keysOf(name))) return reject("NAME_TAKEN", hostNameText);
  const isTaken = namesakes(state, name).some((other) => !isGivenUp(state, other, now));
  return isTaken ? reject("NAME_TAKEN") : null;
}

/**
 * True for a seat that may be given away: its user has never traded and has gone. The host's stays, and so does one that
 * plays in the round: its hand is nobody else's.
 */
function isGivenUp({ round }: RoomState, user: RoomUser, now: number): boolean {
  const isAway = user.connections === 0 && user.goneMs <= now && user.bot === null;
  const plays = isRunning(round) && round.seats.includes(user.userId);
  return user.role !== "exchange" && !user.isHouse && isAway && !plays && !hasTraded(user);
}

export function hasTraded({ stats }: RoomUser): boolean {
  return stats.volume > 0;
}

/** Adds the user, or gives a known one (the host) one more token. @param ts Unix ms */
export function applyJoin(ctx: Context, input: JoinInput, ts: number): void {
  const { state } = ctx;
  const known = state.users.get(input.userId);
  useLink(state, input);
  for (const id of input.frees ?? []) vacate(ctx, id, ts);
  if (known !== undefined && input.frees?.includes(input.userId) !== true) {
    const others = known.tokenHashes.filter((hash) => hash !== input.tokenHash);
    known.tokenHashes = [...others.slice(-9), input.tokenHash];
    known.tokenMs = ts;
    return;
  }
  // A user who takes over an id counts as the last to have come.
  state.users.delete(input.userId);
  const user = newUser(input, state.limits, ts);
  user.killed = state.killed && user.role === "trader";
  state.users.set(user.userId, user);
  if (user.role === "trader") applyLimits(ctx, user, user.limits);
}

/** Ends the seat of a user who has gone and never traded: its orders are cancelled, and its token opens nothing. */
function vacate(ctx: Context, userId: number, ts: number): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined) return;
  if (user.role === "trader") cancelAllOf(ctx, userId, ts, "disconnected");
  endSeat(ctx.state, user);
}
