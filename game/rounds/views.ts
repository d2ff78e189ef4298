/** Messages about a round; decides who may see which card. */

import type { Card, Message } from "#protocol";
import { saidOfRound } from "../bots/words.ts";
import type { Context } from "../context.ts";
import { commitOf } from "../dealing/random.ts";
import { formatOf } from "../formats/all.ts";
import type { RoomUser } from "../state.ts";
import { obligationView } from "./rules/obligations.ts";
import { scoresOf, withRanks, type ScoreRow } from "./scoring/scores.ts";
import {
  isDealt,
  isRunning,
  isSettled,
  openRound,
  revealedIn,
  stepOf,
  type Knowledge,
  type RoundState,
  type Standing,
} from "./state.ts";

/** Time and event number of a message. */
export interface Stamp {
  ts: number;
  seq: number;
}

export function roundView(ctx: Context, round: RoundState, stamp: Stamp): Message<"round"> {
  const { plan, dealt } = openRound(round);
  const { kind, title, text } = stepOf(round);
  const { endsAt, leftMs, isPaused } = round.clock;
  const left = endsAt === null ? leftMs : Math.max(0, endsAt - stamp.ts);
  const isOver = isSettled(round) || round.progress === "aborted";
  return {
    type: "round",
    round: round.round,
    format: round.format,
    title: formatOf(round.format)?.title ?? round.format,
    params: isOver ? { ...round.params } : { ...(plan.shownParams ?? round.params) },
    state: round.progress === "running" && isPaused ? "paused" : round.progress,
    commit: commitOf(ctx.state.room, round.round, round.format, round.seed),
    known_deal: round.isKnownDeal,
    learning: round.isLearning,
    step: { n: round.step, kind, title, text, ends_at: endsAt, left_ms: left },
    script: dealt.script.map((step) => ({
      ...{ kind: step.kind, title: step.title, seconds: round.isAuto ? step.seconds : null },
    })),
    table: dealt.deal.table.slice(0, revealedIn(round)),
    seats: round.seats.map((userId, seat) => ({
      user_id: userId,
      cards: cardsOf(round, seat).length,
      answered: round.answers[seat] !== null,
      bot: (ctx.state.users.get(userId)?.bot ?? null) !== null,
    })),
    instruments: [...round.insts],
    rules: { ...plan.rules },
    ...contestView(round),
    ...stamp,
  };
}

function contestView(round: RoundState): Pick<Message<"round">, "contest"> {
  if (openRound(round).plan.contest === undefined) return {};
  const { best = null, userId = null } = round.contest ?? {};
  const isOn = stepOf(round).kind === "contest";
  return { contest: { best, user_id: userId, ends_at: isOn ? round.clock.endsAt : null } };
}

/** Cards of a seat: those that were dealt, and the answer that was given. Bids of a contest are no cards: all know them. */
function cardsOf(round: RoundState, seat: number): Card[] {
  const { plan, dealt: all } = openRound(round);
  const dealt = all.deal.hands[seat] ?? [];
  const answer = round.answers[seat] ?? null;
  if (answer === null || plan.answers === undefined) return [...dealt];
  const label = String(answer);
  return [...dealt, { id: seat + 1, kind: "number", label, value: answer }];
}

/** The hand of a seat, for its own eyes. Cards are dealt in the step of that kind, not before. */
export function handView(round: RoundState, seat: number, stamp: Stamp): Message<"hand"> {
  const step = stepOf(round);
  const isAsked = step.kind === "ask" || step.kind === "contest";
  const asks = round.progress === "running" && isAsked ? step.text : null;
  const cards = isDealt(round) ? cardsOf(round, seat) : [];
  return { type: "hand", round: round.round, cards, asks, ...stamp };
}

/** Fair values to somebody with this knowledge; null: the format has none. */
export function fairView(round: RoundState, hands: "none" | number): Message<"fair"> | null {
  const values = valueRows(round, { revealed: revealedIn(round), hands });
  if (values === null) return null;
  return { type: "fair", round: round.round, knows: hands === "none" ? "table" : "hand", values };
}

type ValueRows = Message<"fair">["values"];

function valueRows(round: RoundState, knowledge: Knowledge): ValueRows | null {
  const rows: ValueRows = [];
  for (const [place, value] of openRound(round).values(knowledge).entries()) {
    if (value === null) return null;
    rows.push({ inst: round.insts[place] as number, ...value, exact: true });
  }
  return rows.length === 0 ? null : rows;
}

export function resultView(
  round: RoundState,
  standings: readonly Standing[],
  stamp: Stamp,
): Message<"round_result"> {
  const { dealt } = openRound(round);
  const isAborted = round.progress === "aborted";
  return {
    type: "round_result",
    round: round.round,
    aborted: isAborted,
    seed: round.seed,
    hands: round.seats.map((userId, seat) => ({ user_id: userId, cards: cardsOf(round, seat) })),
    table: [...dealt.deal.table],
    deck: [...dealt.deal.deck],
    settlement: isAborted
      ? []
      : round.insts.flatMap((inst, place) => {
          const value = round.finals[place] ?? null;
          return value === null ? [] : [{ inst, value }];
        }),
    fair: isAborted ? [] : fairRows(round),
    rows: isAborted ? [] : scoresOf(round).map(scoreRow),
    standings: withRanks(standings).map(({ userId, score, rounds, rank }) => ({
      ...{ user_id: userId, score, rounds, rank },
    })),
    ...stamp,
  };
}

function scoreRow(row: ScoreRow) {
  const { userId, pnl, parts, bonus, penalty, score, rank } = row;
  const none = { edge: null, information: null, luck: null, own: null };
  const more = bonus === null ? {} : { bonus };
  return { user_id: userId, pnl, ...(parts ?? none), ...more, penalty, score, rank };
}

/** Values at each step at which the table changed, the first one included. */
function fairRows(round: RoundState): Message<"round_result">["fair"] {
  const { script } = openRound(round).dealt;
  return script.flatMap(({ kind }, step) => {
    if (step !== 0 && kind !== "reveal") return [];
    const revealed = revealedIn(round, step);
    const table = valueRows(round, { revealed, hands: "none" });
    const all = valueRows(round, { revealed, hands: "all" });
    return table === null || all === null ? [] : [{ step, table, all }];
  });
}

/** The round, for who comes in: where it stands, the own hand, and its values in learning mode. */
export function* roundFor(ctx: Context, { userId }: RoomUser, now: number): Generator<Message> {
  const { round, seq } = ctx.state;
  if (round === null) return;
  const stamp = { ts: now, seq };
  yield roundView(ctx, round, stamp);
  const seat = round.seats.indexOf(userId);
  if (seat >= 0) yield handView(round, seat, stamp);
  if (isRunning(round) && round.isLearning) {
    const fair = fairView(round, "none");
    if (fair !== null) yield fair;
    if (seat >= 0) ctx.feed.fairChanged([userId]);
  }
  const owed = isRunning(round) ? obligationView(ctx, round, userId, now) : null;
  if (owed !== null) yield owed;
  if (isSettled(round) || round.progress === "aborted")
    yield resultView(round, ctx.state.standings, stamp);
  const said = isSettled(round) && round.progress !== "aborted" ? saidOfRound(ctx, round) : null;
  if (said !== null) yield said;
}
