/**
 * Asks the server whether the rooms on a list still run. The server counts wrong codes by address, and a whole school
 * may share an address. So each room is asked for once a visit, one after the other, without those known to be gone;
 * the first room that turns out to be gone, or has no answer, ends the asking.
 */

import type { HttpAnswer } from "#lib/net/rooms-api.ts";

export type RecentRoomState = "running" | "closed" | "gone";

interface ListedRoom {
  readonly code: string;
  readonly gone?: boolean;
}
type FetchSummary = (code: string) => Promise<HttpAnswer<{ state: string }>>;

/** States learnt since the page was loaded: a list that is shown again asks for no room twice. */
const known = new Map<string, RecentRoomState>();

/**
 * @param tell called with each state as soon as it is known
 * @param told states known before; new ones are added
 */
export async function askRoomStates(
  rooms: readonly ListedRoom[],
  fetchSummary: FetchSummary,
  tell: (code: string, state: RecentRoomState) => void,
  told: Map<string, RecentRoomState> = known,
): Promise<void> {
  for (const { code, gone } of rooms) {
    const known = gone === true ? "gone" : told.get(code);
    const state = known ?? (await stateOf(code, fetchSummary));
    if (state === null) return;
    told.set(code, state);
    tell(code, state);
    if (known === undefined && state === "gone") return;
  }
}

/** The state of one room; null if the server cannot tell now. */
async function stateOf(code: string, fetchSummary: FetchSummary): Promise<RecentRoomState | null> {
  const answer = await fetchSummary(code);
  if (answer.ok) return answer.value.state === "closed" ? "closed" : "running";
  return answer.status === 404 ? "gone" : null;
}
