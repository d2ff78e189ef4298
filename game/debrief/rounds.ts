/** Rounds of the session as they were told, and what their instruments were worth to who knew. */

import type { DebriefPoint, DebriefRound } from "#protocol";
import type { Context } from "../context.ts";
import { commitOf } from "../dealing/random.ts";
import { formatOf } from "../formats/all.ts";
import { openRound, revealedIn, type RoundState } from "../rounds/state.ts";
import { resultView, type Stamp } from "../rounds/views.ts";

/** Fair values of an instrument of a round. */
export interface FairValues {
  round: number;
  /** To who knew all hands at the start; null: nobody can count it. */
  fair: number | null;
  /** To who knows the table, at the start and at each reveal. */
  path: DebriefPoint[];
}

interface Current {
  round: RoundState;
  startedMs: number;
  /** End; null: it runs. */
  ended: Stamp | null;
  revealed: number;
}

export class Rounds {
  readonly #ctx: Context;
  readonly #told: DebriefRound[] = [];
  readonly fair = new Map<number, FairValues>();
  #current: Current | null = null;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Looks at the round after an entry. */
  after(stamp: Stamp): void {
    const { round } = this.#ctx.state;
    if (round === null) return;
    if (this.#current?.round !== round) {
      this.#tell();
      this.#current = { round, startedMs: stamp.ts, ended: null, revealed: 0 };
      this.#start(round, stamp.ts);
    }
    const current = this.#current as Current;
    if (round.progress !== "running") current.ended ??= stamp;
    const revealed = revealedIn(round);
    if (revealed === current.revealed) return;
    current.revealed = revealed;
    this.#value(round, stamp.ts, revealed);
  }

  /** All rounds whose result was told. */
  end(): DebriefRound[] {
    this.#tell();
    this.#current = null;
    return this.#told;
  }

  #start(round: RoundState, ts: number): void {
    const all = openRound(round).values({ revealed: 0, hands: "all" });
    for (const [place, inst] of round.insts.entries())
      this.fair.set(inst, { round: round.round, fair: told(all[place]?.mean), path: [] });
    this.#value(round, ts, 0);
  }

  #value(round: RoundState, ts: number, revealed: number): void {
    const values = openRound(round).values({ revealed, hands: "none" });
    for (const [place, inst] of round.insts.entries()) {
      const mean = told(values[place]?.mean);
      if (mean !== null) this.fair.get(inst)?.path.push([ts, mean]);
    }
  }

  /** Tells of the last round, which is over for good. */
  #tell(): void {
    const current = this.#current;
    if (current === null) return;
    const { round, startedMs, ended } = current;
    const stamp = ended ?? { ts: startedMs, seq: 0 };
    const { type: _, ...result } = resultView(round, this.#ctx.state.standings, stamp);
    this.#told.push({
      ...{ round: round.round, format: round.format },
      title: formatOf(round.format)?.title ?? round.format,
      params: { ...round.params },
      state: round.progress === "aborted" ? "aborted" : "done",
      known_deal: round.isKnownDeal,
      commit: commitOf(this.#ctx.state.room, round.round, round.format, round.seed),
      seed: round.seed,
      ...{ started_ts: startedMs, ended_ts: stamp.ts },
      ...{ seats: [...round.seats], instruments: [...round.insts] },
      result,
    });
  }
}

/** A mean to a millionth, as prices are told; null: nobody can count it. */
function told(mean: number | undefined): number | null {
  return mean === undefined ? null : Math.round(mean * 1e6) / 1e6;
}
