/**
 * How long a room is kept. One that nobody entered goes after a day, one that only its host entered after a month,
 * a closed one after three, when it is in the archive. A room with players that was never closed stays.
 */

import type { RoomState } from "#game/state.ts";
import type { Env } from "../env.ts";

const dayMs = 24 * 3_600_000;
const unenteredDays = 1;
/** While somebody is connected nothing is deleted: it is looked at again after this. */
export const againMs = 3_600_000;

/** Days, as far as the operator set them. */
export interface RetentionRule {
  unusedDays: number;
  keepDays: number;
}

export function retentionRule({ UNUSED_DAYS, KEEP_DAYS }: Env): RetentionRule {
  return { unusedDays: days(UNUSED_DAYS, 30), keepDays: days(KEEP_DAYS, 90) };
}

/** When the room is to be deleted, Unix ms; null: not as it stands. */
export function deletionMs(
  state: Readonly<RoomState>,
  isArchived: boolean,
  { unusedDays, keepDays }: RetentionRule,
): number | null {
  if (state.closedAt !== null) return isArchived ? state.closedAt + keepDays * dayMs : null;
  const users = [...state.users.values()];
  if (users.some(({ role }) => role !== "exchange")) return null;
  return state.createdAt + (users.length === 0 ? unenteredDays : unusedDays) * dayMs;
}

/** A setting that is no positive number is a mistake of the operator's: the default holds. */
function days(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : fallback;
}
