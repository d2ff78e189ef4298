/** A round as the session's files have it: its deal and its scores, once they were told, and again when they change. */

import type { Card } from "#protocol";
import type { Context, RoundRecord } from "../../context.ts";
import { commitOf } from "../../dealing/random.ts";
import type { RoundState } from "../state.ts";
import { resultView } from "../views.ts";

/** Writes the round down, for files. Only a room that makes them has a recorder. */
export function recordRound(ctx: Context, round: RoundState, now: number): void {
  const { recorder, state } = ctx;
  if (recorder?.round === undefined) return;
  const result = resultView(round, state.standings, { ts: now, seq: state.seq });
  const { round: number } = round;
  const rows: RoundRecord = {
    round: {
      round: number,
      format: round.format,
      params: JSON.stringify(round.params),
      seed: round.seed,
      commit: commitOf(state.room, number, round.format, round.seed),
      started_ts: round.startedMs,
      ended_ts: round.progress === "running" ? null : now,
      state: round.progress,
    },
    // In the order of their keys, by which files are read.
    hands: [
      ...handRows(number, "deck", [{ user_id: null, cards: result.deck }]),
      ...handRows(number, "hand", result.hands),
      ...handRows(number, "table", [{ user_id: null, cards: result.table }]),
    ],
    scores: result.rows
      .toSorted((a, b) => a.user_id - b.user_id)
      .map(({ user_id, bonus = null, ...row }) => ({
        ...{ round: number, user_id, bonus },
        ...{ pnl: row.pnl, edge: row.edge, information: row.information, luck: row.luck },
        ...{ own: row.own, penalty: row.penalty, score: row.score, rank: row.rank },
      })),
  };
  recorder.round(rows);
}

/** Cards of a place, in the order of their ids. */
function handRows(
  round: number,
  place: "hand" | "table" | "deck",
  held: readonly { user_id: number | null; cards: readonly Card[] }[],
): RoundRecord["hands"] {
  return held
    .flatMap(({ user_id, cards }) =>
      cards.map(({ id: card, label, value }) => ({ round, user_id, card, label, value, place })),
    )
    .sort((a, b) => a.card - b.card);
}
