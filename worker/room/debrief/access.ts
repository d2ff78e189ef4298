/** Says whose key opens the session, and what everybody with a key may know of it. */

import type { Room } from "#game/room.ts";
import type { RoomState } from "#game/state.ts";
import type { DebriefViewer, NamesSetting, SessionSummary } from "#protocol";
import type { SessionKey } from "../../archive/session.ts";
import { sha256Hex } from "../secrets.ts";

export function namesOf({ settings }: Readonly<RoomState>): NamesSetting {
  return settings.names;
}

/** Hashes of all keys that open the session once it is closed. */
export async function keysOf(
  { hostTokenHash, coHostHashes, users }: Readonly<RoomState>,
  classKey: string,
): Promise<SessionKey[]> {
  const keys = new Map<string, SessionKey>();
  const add = (hash: string, role: SessionKey["role"], userId: number | null) => {
    if (hash !== "" && !keys.has(hash)) keys.set(hash, { hash, role, userId });
  };
  for (const hash of [hostTokenHash, ...coHostHashes]) add(hash, "host", null);
  for (const { userId, role, tokenHashes } of users.values())
    for (const hash of tokenHashes)
      if (role === "exchange") add(hash, "host", null);
      else if (role === "trader") add(hash, "trader", userId);
      else add(hash, "class", null);
  add(await sha256Hex(classKey), "class", null);
  return [...keys.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** Finds out whose key this is; null: nobody's. */
export async function keyHolder(
  state: Readonly<RoomState>,
  classKey: string,
  bearer: string | null,
): Promise<DebriefViewer | null> {
  if (bearer === null) return null;
  const hash = await sha256Hex(bearer);
  const key = (await keysOf(state, classKey)).find((one) => one.hash === hash);
  return key === undefined ? null : { role: key.role, user_id: key.userId };
}

/** Refuses a key that is nobody's (401), and all but the host's while the session runs (403). */
export function heldBack(
  viewer: DebriefViewer | null,
  isClosed: boolean,
): DebriefViewer | Response {
  if (viewer === null) return new Response(null, { status: 401 });
  return isClosed || viewer.role === "host" ? viewer : new Response(null, { status: 403 });
}

export function summaryOf({ state }: Room, viewer: DebriefViewer): SessionSummary {
  const { round, log, closedAt } = state;
  return {
    ...{ session_id: state.sessionId, room: state.room, name: state.name },
    ...{ created_at: state.createdAt, closed_at: closedAt },
    traders: tradersIn(state),
    trades: state.trades,
    // A round whose result is not told yet is no part of what can be read.
    rounds: Math.min(round?.round ?? 0, log.seeds),
    log_hash: closedAt === null ? null : log.hash,
    names: namesOf(state),
    viewer,
  };
}

/** Number of traders who took part. */
export function tradersIn({ users }: Readonly<RoomState>): number {
  return [...users.values()].filter(({ role }) => role === "trader").length;
}
