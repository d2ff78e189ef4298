/** Recent moves of all users on the leaderboard. Time is an argument. */

/** Time for which a move is shown, ms. */
export const SHOWN_MS = 12_000;

interface RankMove {
  /** Place before the first of the shown moves, from 0. */
  from: number;
  at: number;
}

export class RankMoves {
  #places = new Map<number, number>();
  #moves = new Map<number, RankMove>();

  /** Takes in the leaderboard as user ids, best first. Newcomers count as not moved. */
  see(users: readonly number[], now: number): void {
    for (const [user, { at }] of this.#moves) if (now - at >= SHOWN_MS) this.#moves.delete(user);
    for (const [place, user] of users.entries()) {
      const before = this.#places.get(user);
      if (before === undefined || before === place) continue;
      const from = this.#moves.get(user)?.from ?? before;
      this.#moves.set(user, { from, at: now });
    }
    this.#places = new Map(users.map((user, place) => [user, place]));
  }

  /** Places gained (positive) or lost, by user; without users who have not moved. */
  shown(now: number): Map<number, number> {
    const shown = new Map<number, number>();
    for (const [user, { from, at }] of this.#moves) {
      const by = from - (this.#places.get(user) ?? from);
      if (by !== 0 && now - at < SHOWN_MS) shown.set(user, by);
    }
    return shown;
  }
}
