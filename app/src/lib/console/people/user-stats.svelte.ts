/** The server's counts of each user's requests, asked for every two seconds while the page can be seen. */

import type { RoomStats } from "#protocol";
import { roomStats, type Answer } from "#lib/net/rooms-api.ts";

const EVERY_MS = 2_000;
export type UserStats = RoomStats["users"][number];

interface Room {
  readonly roomCode: string;
  readonly resumeToken: string | null;
}
type Ask = (code: string, bearer: string) => Promise<Answer<RoomStats>>;

export class UserStatsPoll {
  /** Counts by user id; empty while the server does not answer, so that no old count looks new. */
  byUser = $state.raw<ReadonlyMap<number, UserStats>>(new Map());
  readonly #room: Room;
  readonly #ask: Ask;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #asking = false;

  constructor(room: Room, ask: Ask = roomStats) {
    this.#room = room;
    this.#ask = ask;
  }

  /** Asks now and goes on asking: the page can be seen. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#round();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    const { roomCode, resumeToken } = this.#room;
    // One question at a time, even if the page was hidden and shown again before the answer.
    if (this.#asking || resumeToken === null) return;
    this.#asking = true;
    const answer = await this.#ask(roomCode, resumeToken);
    this.#asking = false;
    this.byUser = new Map(
      answer.ok ? answer.value.users.map((user) => [user.user_id, user]) : undefined,
    );
    if (this.#running) this.#timer = setTimeout(() => void this.#round(), EVERY_MS);
  }
}
