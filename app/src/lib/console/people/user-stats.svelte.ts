/** Fetches the server's counts of each user's requests every two seconds, and the room's rule for marks. */

import type { RoomStats } from "#protocol";
import { roomStats, type HttpAnswer } from "#lib/net/rooms-api.ts";
import { Poll } from "./poll.ts";

export type UserStats = RoomStats["users"][number];

interface HostsRoom {
  readonly roomCode: string;
  readonly resumeToken: string | null;
}
type FetchStats = (code: string, bearer: string) => Promise<HttpAnswer<RoomStats>>;

export class UserStatsPoll extends Poll {
  /** Counts by user id. Empty while the server does not answer: old counts would look like new ones. */
  byUser = $state.raw<ReadonlyMap<number, UserStats>>(new Map());
  /** Lots from which quotes count for the mark; null before the first answer. */
  markLots = $state.raw<number | null>(null);
  readonly #room: HostsRoom;
  readonly #fetch: FetchStats;

  constructor(room: HostsRoom, fetchStats: FetchStats = roomStats) {
    super(2_000);
    this.#room = room;
    this.#fetch = fetchStats;
  }

  protected async ask(): Promise<void> {
    const { roomCode, resumeToken } = this.#room;
    if (resumeToken === null) return;
    const answer = await this.#fetch(roomCode, resumeToken);
    if (answer.ok) this.markLots = answer.value.settings.mark_lots;
    this.byUser = new Map(
      answer.ok ? answer.value.users.map((user) => [user.user_id, user]) : undefined,
    );
  }
}
