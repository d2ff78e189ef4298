/** Recent moves of all users on the leaderboard. Time is an argument. */

/** Time for which a move is shown, ms. */
export const SHOWN_MS = 12_000;

interface RankMove {
  /** Place before the first of the shown moves. */
  from: number;
  at: number;
}

export class RankMoves {
  #places: ReadonlyMap<number, number> = new Map();
  #moves = new Map<number, RankMove>();

  /** Takes in the place of each user. Newcomers count as not moved. */
  see(places: ReadonlyMap<number, number>, now: number): void {
    for (const [user, { at }] of this.#moves) if (now - at >= SHOWN_MS) this.#moves.delete(user);
    for (const [user, place] of places) {
      const before = this.#places.get(user);
      if (before === undefined || before === place) continue;
      const from = this.#moves.get(user)?.from ?? before;
      this.#moves.set(user, { from, at: now });
    }
    this.#places = places;
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
