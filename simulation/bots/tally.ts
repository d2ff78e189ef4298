/** Means and standard errors of many games, by player. */

import type { GameResult, Player } from "./play.ts";

export class Mean {
  #n = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#n++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get mean(): number {
    return this.#n === 0 ? 0 : this.#sum / this.#n;
  }

  /** Standard error of the mean. */
  get error(): number {
    if (this.#n < 2) return Infinity;
    const variance = this.#squares / this.#n - this.mean ** 2;
    return Math.sqrt(Math.max(0, variance) / (this.#n - 1));
  }

  /** Whether nothing was ever gained or lost: such as with options where there are none. */
  get isAlwaysZero(): boolean {
    return this.#squares === 0;
  }

  /** The mean in standard errors. */
  get errors(): number {
    return this.error === 0 ? 0 : this.mean / this.error;
  }

  toString(): string {
    return `${this.mean.toFixed(1)} ± ${this.error.toFixed(1)}`;
  }
}

export class Tally {
  /** Gains of one player of a kind in a game, by kind. */
  readonly pnl = new Map<Player, Mean>();
  /** Gains of all players of a kind from all of another, in a game. */
  readonly from = new Map<string, Mean>();
  /** By how much one player of a kind ended ahead of one of another. */
  readonly ahead = new Map<string, Mean>();
  readonly refusals = new Map<string, number>();
  trades = 0;
  games = 0;
  looks = 0;
  twoSided = 0;
  /** The smallest part of the time, of all games, for which there were both sides. */
  driest = 1;

  add(players: readonly Player[], game: GameResult): void {
    this.games++;
    this.trades += game.trades;
    this.looks += game.looks;
    this.twoSided += game.twoSided;
    if (game.looks > 0) this.driest = Math.min(this.driest, game.twoSided / game.looks);
    for (const { code, message } of game.refusals)
      this.refusals.set(`${code}: ${message}`, (this.refusals.get(`${code}: ${message}`) ?? 0) + 1);
    const kinds = [...new Set(players)];
    for (const kind of kinds) {
      const at = players.flatMap((one, index) => (one === kind ? [index] : []));
      const sum = at.reduce((all, index) => all + (game.pnl[index] ?? 0), 0);
      meanOf(this.pnl, kind).add(sum / at.length);
      for (const other of kinds) {
        const others = players.flatMap((one, index) => (one === other ? [index] : []));
        const gain = at.flatMap((index) => others.map((from) => game.from[index]?.[from] ?? 0));
        if (other === kind) continue;
        meanOf(this.from, `${kind} from ${other}`).add(gain.reduce((all, one) => all + one, 0));
        const theirs = others.reduce((all, index) => all + (game.pnl[index] ?? 0), 0);
        meanOf(this.ahead, `${kind} of ${other}`).add(sum / at.length - theirs / others.length);
      }
    }
  }
}

function meanOf<Key>(means: Map<Key, Mean>, key: Key): Mean {
  const mean = means.get(key) ?? new Mean();
  means.set(key, mean);
  return mean;
}
