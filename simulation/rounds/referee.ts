/** An independent count of a round: deal, settlement, P&L, its parts, scores and standings, from fills and seed alone. */

import type { JournalEntry } from "#game/journal/entry.ts";
import type { Instrument, Message } from "#protocol";
import type { Fill } from "../audit.ts";
import { same, violated } from "../violation.ts";
import { commitOf, dealByContract, type OwnDeal, type Params } from "./dealer.ts";
import { isSame } from "./stream-check.ts";

type Result = Message<"round_result">;

/** Facts about a round that its players and the journal have. */
export interface Played {
  readonly room: string;
  readonly format: string;
  readonly told: Message<"round">;
  readonly result: Result;
  readonly fills: readonly Fill[];
  readonly instruments: ReadonlyMap<number, Instrument>;
  readonly entries: readonly JournalEntry[];
  /** Values that the host settled by hand. */
  readonly settledByHost: ReadonlyMap<number, number>;
  readonly params: Params;
}

const million = (amount: number) => Math.round(amount * 1e6);
const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
const seatsOf = ({ hands }: Result) => hands.map(({ user_id }) => user_id);

/** Checks a result. @returns the deal by the contract */
export function checkResult(played: Played): OwnDeal {
  const { room, format, told, result, params } = played;
  const seats = seatsOf(result);
  const deal = dealByContract(format, params, seats.length, result.seed);
  same("the commit", told.commit, commitOf(room, result.round, format, result.seed));
  for (const [seat, { cards }] of result.hands.entries()) {
    const dealt = deal.hands[seat] ?? [];
    if (!isSame(cards.slice(0, dealt.length), dealt))
      violated("a hand was dealt otherwise", { cards, dealt });
  }
  if (!isSame(result.table, deal.table)) violated("the table was dealt otherwise", { result });
  if (!isSame(result.deck, deal.deck)) violated("the deck was dealt otherwise", { result });
  if (result.aborted) {
    same("rows of an aborted round", [result.rows, result.settlement], [[], []]);
    return deal;
  }
  const values = checkSettlement(played, deal);
  checkRows(played, deal, values);
  return deal;
}

/** Checks the final values. @returns them by instrument */
function checkSettlement(played: Played, deal: OwnDeal) {
  const { format, told, result, instruments, settledByHost, fills } = played;
  const answers = result.hands.flatMap(({ cards }) => cards.map(({ value }) => value));
  const total = answers.reduce((sum, one) => sum + one, 0);
  const average = answers.length === 0 ? 0 : Math.floor((total / answers.length) * 1e6 + 0.5) / 1e6;
  const ofNumbers: Record<string, number> = { TOTAL: total, AVERAGE: average };
  const scalarAt = (inst: number): number => {
    const { symbol = "" } = instruments.get(inst) ?? {};
    const value = settledByHost.get(inst) ?? (deal.scalars ?? ofNumbers)[symbol];
    return value ?? violated("an instrument that no rule settles", { inst, symbol });
  };
  // A host may go on without a value for an instrument that nobody has traded.
  const isLeftOut = (inst: number) =>
    format === "free" && !settledByHost.has(inst) && !fills.some((one) => one.inst === inst);
  const wanted = told.instruments.flatMap((inst) => {
    if (isLeftOut(inst)) return [];
    const { type, strike, reference_id } =
      instruments.get(inst) ?? violated("no instrument", { inst });
    if (type === "SCALAR") return [{ inst, value: scalarAt(inst) }];
    const above = scalarAt(reference_id ?? 0) - (strike ?? 0);
    return [{ inst, value: Math.max(0, type === "CALL" ? above : -above) }];
  });
  same("the settlement", result.settlement, wanted);
  return new Map(wanted.map(({ inst, value }) => [inst, value]));
}

function checkRows(played: Played, deal: OwnDeal, values: ReadonlyMap<number, number>): void {
  const { format, result, told } = played;
  const { rows } = result;
  const seats = seatsOf(result);
  const fills = played.fills.filter(({ inst }) => told.instruments.includes(inst));
  const users = new Set([...seats, ...fills.map(({ user_id }) => user_id)]);
  same(
    "who has a row",
    rows.map(({ user_id }) => user_id).toSorted(byNumber),
    [...users].toSorted(byNumber),
  );
  const holdings = format === "goal_suit" ? endowments(deal, seats, told, fills, values) : null;
  for (const row of rows) {
    const own = fills.filter(({ user_id }) => user_id === row.user_id);
    const traded = own.reduce(
      (sum, { inst, side, qty, price }) =>
        sum + (side === "buy" ? 1 : -1) * qty * ((values.get(inst) ?? 0) - price),
      0,
    );
    const pnl = traded + (holdings?.get(row.user_id) ?? 0);
    if (!near(row.pnl, pnl)) violated("a P&L is not that of the fills", { row, pnl });
    const { edge, information, luck, bonus = 0 } = row;
    if (edge === null || information === null || luck === null) continue;
    if (
      million(edge) + million(information) + million(luck) + million(bonus ?? 0) !==
      million(row.pnl)
    )
      violated("the parts do not add up to the P&L", { row });
  }
  const sumOf = (part: "pnl" | "edge" | "information" | "luck") =>
    rows.reduce((sum, row) => sum + (row[part] ?? 0), 0);
  const zeroSum =
    holdings === null
      ? (["pnl", "edge", "information", "luck"] as const)
      : (["pnl", "edge", "information"] as const);
  for (const part of zeroSum)
    if (Math.abs(sumOf(part)) > 1e-6 * rows.length) violated(`${part} is not zero-sum`, { rows });
  if (format !== "parity")
    for (const { score, pnl, penalty } of rows)
      if (!near(score, pnl - penalty)) violated("a score is not the P&L", { rows });
  checkRanks(rows);
  if (played.format === "seventeen" || (format === "card_sum" && told.instruments.length === 1))
    checkEdges(played, deal, fills);
}

const byNumber = (a: number, b: number) => a - b;

/** Money of the seats beside their fills in a round of goal_suit: the cards that they were dealt, the pot, the ante. */
function endowments(
  deal: OwnDeal,
  seats: readonly number[],
  { instruments, params }: Message<"round">,
  fills: readonly Fill[],
  values: ReadonlyMap<number, number>,
): Map<number, number> {
  const ante = Number(params["ante"]);
  const goal = instruments.findIndex((inst) => values.get(inst) === 10);
  const sign = [..."♣♦♥♠"][goal] ?? "";
  const dealtTo = deal.hands.map((hand) => hand.filter(({ label }) => label === sign).length);
  const held = seats.map((userId, seat) =>
    fills
      .filter(({ user_id, inst }) => user_id === userId && inst === instruments[goal])
      .reduce((sum, { side, qty }) => sum + (side === "buy" ? qty : -qty), dealtTo[seat] ?? 0),
  );
  const most = Math.max(...held);
  const winners = held.flatMap((cards, seat) => (cards === most ? [seat] : []));
  const rest = ante * seats.length - 10 * dealtTo.reduce((sum, cards) => sum + cards, 0);
  return new Map(
    seats.map((userId, seat) => {
      const place = winners.indexOf(seat);
      const share =
        place < 0 ? 0 : Math.floor(rest / winners.length) + (place < rest % winners.length ? 1 : 0);
      return [userId, 10 * (dealtTo[seat] ?? 0) + share - ante];
    }),
  );
}

function checkRanks(rows: Result["rows"]): void {
  for (const { rank, score } of rows) {
    const better = rows.filter((row) => row.score > score).length;
    if (rank !== better + 1)
      violated("a rank is not one more than those with a better score", { rows });
  }
}

/** Checks edge and information where the sum of cards is all that is traded: its mean is linear in the cards. */
function checkEdges(
  { result, told, entries }: Played,
  deal: OwnDeal,
  fills: readonly Fill[],
): void {
  const everything = [...deal.hands.flat(), ...deal.table, ...deal.deck];
  const counting = deal.hands.flat().length + deal.table.length;
  const sum = (cards: readonly { value: number }[]) =>
    cards.reduce((all, { value }) => all + value, 0);
  const meanWith = (known: readonly { value: number }[]) => {
    const hidden = everything.length - known.length;
    const mean = hidden === 0 ? 0 : (sum(everything) - sum(known)) / hidden;
    return sum(known) + (counting - known.length) * mean;
  };
  const begun = beginnings(entries, result.round);
  for (const row of result.rows) {
    let [edge, information] = [0, 0];
    for (const { user_id, side, qty, price, seq } of fills) {
      if (user_id !== row.user_id) continue;
      const step = begun.findLastIndex((at) => at <= seq);
      const turned = told.script.slice(0, step + 1).filter(({ kind }) => kind === "reveal").length;
      const table = deal.table.slice(0, turned);
      const [fair, all] = [meanWith(table), meanWith([...deal.hands.flat(), ...table])];
      const signed = side === "buy" ? qty : -qty;
      edge += signed * (fair - price);
      information += signed * (all - fair);
    }
    if (!near(row.edge ?? NaN, edge) || !near(row.information ?? NaN, information))
      violated("edge and information are not those of an independent count", {
        row,
        edge,
        information,
      });
  }
}

/** The events with which the steps of a round began, from the journal. */
function beginnings(entries: readonly JournalEntry[], round: number): number[] {
  let rounds = 0;
  const seqs: number[] = [];
  for (const { input, accepted, seq } of entries) {
    if (!accepted) continue;
    if (input.op === "round_start") rounds++;
    const isNext = input.op === "$step" || (input.op === "round_step" && input.action === "next");
    if (rounds === round && (isNext || input.op === "round_start")) seqs.push(seq);
  }
  return seqs;
}

/** Checks the standings after all rounds: sums of the scores of those that count. */
export function checkStandings(results: readonly Result[]): void {
  const last = results.findLast(({ aborted }) => !aborted);
  if (last === undefined) return;
  const sums = new Map<number, { score: number; rounds: number }>();
  for (const { rows } of results)
    for (const { user_id, score } of rows) {
      const { score: before, rounds } = sums.get(user_id) ?? { score: 0, rounds: 0 };
      sums.set(user_id, { score: before + score, rounds: rounds + 1 });
    }
  for (const { user_id, score, rounds } of last.standings) {
    const wanted = sums.get(user_id);
    if (wanted === undefined || wanted.rounds !== rounds || !near(wanted.score, score))
      violated("standings are not the sums of the scores", { user_id, score, rounds, wanted });
  }
  same("who stands in the standings", last.standings.length, sums.size);
}
