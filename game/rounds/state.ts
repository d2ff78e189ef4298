/** A round as the room keeps it: plain data, from which the deal follows by its seed. Knows no room. */

import type { PlaySettings } from "#protocol";
import { knownIn, type Known } from "../dealing/deal.ts";
import { SeededStream } from "../dealing/random.ts";
import type { Moments } from "../fair/distribution.ts";
import { formatOf } from "../formats/all.ts";
import type { Dealt, Planned, Step } from "../formats/format.ts";
import { listingsOf, valuesOf, type Listing } from "./listing.ts";

export interface RoundState {
  /** 1, 2, 3, ... in the room. */
  round: number;
  format: string;
  params: Readonly<Record<string, unknown>>;
  /** Kept from everybody until the result. */
  seed: string;
  /** Whether the host gave the seed. */
  isKnownDeal: boolean;
  isLearning: boolean;
  /** Whether steps go on by the clock. */
  isAuto: boolean;
  /** Users who play, in the order of dealing. */
  seats: number[];
  /** Instruments by their place in the listing. */
  insts: number[];
  progress: "running" | "done" | "aborted";
  /** Place of the present step in the script. */
  step: number;
  clock: RoundClock;
  /** Answers of the seats in an `ask`; null: none. */
  answers: (number | null)[];
  /** Trades of each user, in the order of their first ones. */
  accounts: RoundAccount[];
  /** The best bid of a contest; null: there is none. */
  contest: { best: number; userId: number } | null;
  /** Final values by the instruments' places, as far as they are settled. */
  finals: (number | null)[];
  /** The standings without this round, from the moment at which it was added to them: to add it again, corrected. */
  standingsBefore: Standing[];
  /** Beginning, Unix ms, and its event. */
  startedMs: number;
  startedSeq: number;
  /** Measures of the trading steps. */
  meter: Meter;
  /** Settings by which the round is scored: those at its settlement; null: it is not settled. */
  scoredBy: Pick<PlaySettings, "scoring" | "min_trades"> | null;
}

/** Measures by time in the trading steps. Times of trading count from the first one on, without what lies between. */
export interface Meter {
  /** Unix ms up to which it has counted. */
  atMs: number;
  /** Length of the trading so far, ms. */
  tradedMs: number;
  lines: MeterLine[];
}

export interface MeterLine {
  userId: number;
  /** The quote that stands: whether it counts for a duty to quote, contracts at the best prices, and since when of the trading. */
  counts: boolean;
  lots: number;
  sinceMs: number;
  /** Sums before it: ms of quotes that counted, and contracts at the best prices times ms. */
  quotedMs: number;
  lotMs: number;
  /** Sums of the P&L, and of its square, on whole seconds. */
  sum: number;
  squares: number;
}

/** The clock of a step. It stands while the host has paused it, the session does not trade, or nobody is connected. */
export interface RoundClock {
  /** Unix ms at which the step ends; null: the clock stands, or the host goes on. */
  endsAt: number | null;
  /** Ms that are left while the clock stands; null: it runs, or the host goes on. */
  leftMs: number | null;
  isPaused: boolean;
  isIdle: boolean;
}

/** The trades of a user in the round. Values by what was known at the moment of each trade; 0 without fair values. */
export interface RoundAccount {
  userId: number;
  /** By the instrument's place: contracts bought less sold, and points paid less received. */
  qty: number[];
  paid: number[];
  trades: number;
  /** Money: to who knows the table; to who knows all hands, beyond that; to who knows the own hand, beyond the table. */
  edge: number;
  information: number;
  own: number;
}

/** A user's score over all rounds. */
export interface Standing {
  userId: number;
  score: number;
  rounds: number;
  /** Rounds in which the user was ranked. */
  ranked: number;
}

/** A round with all that follows from its seed. Never sent as a whole. */
export interface OpenRound {
  readonly plan: Planned;
  readonly dealt: Dealt;
  readonly listings: readonly Listing[];
  /** Values each instrument for somebody with this knowledge; null: nobody can count it. */
  values(knowledge: Knowledge): readonly (Moments | null)[];
}

/** Table cards that are turned, and the hands that are known beside them: none, all, or a seat's own. */
export interface Knowledge {
  revealed: number;
  hands: "none" | "all" | number;
}

const opened = new WeakMap<RoundState, OpenRound>();

/** Deals the round, once for all who ask. */
export function openRound(round: RoundState): OpenRound {
  let open = opened.get(round);
  if (open === undefined) {
    open = deal(round);
    opened.set(round, open);
  }
  return open;
}

function deal({ format, params, seed, seats }: RoundState): OpenRound {
  const plan = formatOf(format)?.plan(params);
  if (plan === undefined) throw new Error(`There is no format ${format}.`);
  const dealt = plan.deal(new SeededStream(seed), seats.length);
  const listings = listingsOf(dealt);
  const counted = new Map<string, readonly (Moments | null)[]>();
  const values = (knowledge: Knowledge) => {
    const key = `${knowledge.revealed} ${knowledge.hands}`;
    let ofAll = counted.get(key);
    if (ofAll === undefined) {
      ofAll = valuesOf(dealt, listings, knownTo(dealt, knowledge));
      counted.set(key, ofAll);
    }
    return ofAll;
  };
  return { plan, dealt, listings, values };
}

function knownTo({ deal: { hands, table, deck } }: Dealt, knowledge: Knowledge): Known {
  const all = hands.map((_, seat) => seat);
  const seats = { none: [], all };
  const known = typeof knowledge.hands === "number" ? [knowledge.hands] : seats[knowledge.hands];
  return knownIn({ hands, table, deck }, knowledge.revealed, known);
}

export function stepOf(round: RoundState): Step {
  const step = openRound(round).dealt.script[round.step];
  if (step === undefined) throw new Error(`Round ${round.round} has no step ${round.step}.`);
  return step;
}

/** Whether the seats have seen their hands: their cards are dealt in a step of its own, if the script has one. */
export function isDealt(round: RoundState): boolean {
  const { script } = openRound(round).dealt;
  return round.step >= script.findIndex(({ kind }) => kind === "deal");
}

/** Number of table cards that are turned in a step. @param step by default the present one */
export function revealedIn(round: RoundState, step = round.step): number {
  const { script } = openRound(round).dealt;
  return script.slice(0, step + 1).reduce((turned, { reveals }) => turned + reveals, 0);
}

/** Whether the last settlement of the script was entered: the result is told. */
export function isSettled(round: RoundState): boolean {
  const { script } = openRound(round).dealt;
  return round.step >= script.findLastIndex(({ kind }) => kind === "settle");
}

export function isRunning(round: RoundState | null): round is RoundState {
  return round !== null && round.progress === "running";
}
