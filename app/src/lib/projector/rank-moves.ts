/** Recent moves of everybody on the leaderboard. Time comes in as an argument. */

/** Time for which a move is shown. */
export const SHOWN_MS = 12_000;

interface RankMove {
  /** Place, from 0, before the first of the moves shown. */
  from: number;
  at: number;
}

export class RankMoves {
  #places = new Map<number, number>();
  #moves = new Map<number, RankMove>();

  /** Takes in the standings, best first, by user id. Newcomers have not moved. */
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

  /** Places gained (above zero) or lost, by user; users whose place is the same are left out. */
  shown(now: number): Map<number, number> {
    const shown = new Map<number, number>();
    for (const [user, { from, at }] of this.#moves) {
      const by = from - (this.#places.get(user) ?? from);
      if (by !== 0 && now - at < SHOWN_MS) shown.set(user, by);
    }
    return shown;
  }
}
