/**
 * Puts the check of a deal into words: the promise that was made before it, then the whole deal again from the seed, compared
 * with what everybody was shown. Asks no server. Runs the game's own code; to be imported when it is needed.
 */

import { formatOf } from "#game/formats/all.ts";
import { checkDeal, isSameDeal, type Again, type DealCheck } from "#game/formats/dealt-again.ts";
import type { Card, Message } from "#protocol";
import { checkWords as words } from "./words.ts";

/** One thing that was compared. */
export interface Finding {
  what: string;
  isRight: boolean;
  /** The comparisons that were made, in sentences. */
  told: string;
}

/** A round as far as the page has seen it. */
export interface SeenRound {
  room: string;
  round: Message<"round">;
  result: Message<"round_result">;
  /** The first commit of the round that came to this page, and the step that it came in. */
  promise: { commit: string; step: number } | null;
  /** Hand of the user as it was dealt; null: no seat. */
  hand: readonly Card[] | null;
  nameOf: (userId: number) => string;
  symbolOf: (inst: number) => string | null;
}

export function findingsOf(seen: SeenRound): Finding[] {
  const { round, result, promise } = seen;
  const hands = round.seats.map(({ user_id }) => handOf(result, user_id));
  const { commit, isPromised, again } = checkDeal({
    ...{ room: seen.room, round: round.round, format: round.format, params: round.params },
    ...{
      seed: result.seed,
      commits: [round.commit, ...(promise === null ? [] : [promise.commit])],
    },
    ...{ hands, table: result.table, deck: result.deck, turned: round.table },
    settled: round.instruments.map(
      (inst) => result.settlement.find((one) => one.inst === inst)?.value,
    ),
  });
  const findings = [commitFinding(seen, commit, isPromised)];
  if (typeof again === "string") return [...findings, cannot(again)];
  const { deal, scalars } = again.dealt;
  const isDealt = deal.hands.some((hand) => hand.length > 0);
  if (isDealt || deal.table.length > 0) findings.push(shuffleFinding(round.format));
  if (isDealt) findings.push(handsFinding(seen, again), ...ownFinding(seen, again));
  else if (again.plan.answers !== undefined) findings.push(answersFinding(seen));
  if (deal.table.length > 0) findings.push(tableFinding(seen, again));
  if (deal.deck.length > 0 || result.deck.length > 0)
    findings.push(compared(words.deck, words.deckTold, again.isDeckRight, result.deck, deal.deck));
  if (!result.aborted && scalars.length > 0) findings.push(settledFinding(seen, again));
  return findings;
}

const handOf = ({ hands }: Message<"round_result">, userId: number): readonly Card[] =>
  hands.find(({ user_id }) => user_id === userId)?.cards ?? [];

const cannot = (why: string): Finding => ({
  ...{ what: words.again, isRight: false, told: words.cannot(why) },
});

/** The hash of the seed, and whether it is the promise that came before the deal. */
function commitFinding(
  { room, round, result, promise }: SeenRound,
  made: DealCheck["commit"],
  isRight: boolean,
): Finding {
  const { round: n, format, commit, script } = round;
  const text = `mmg1|${room}|${n}|${format}|${result.seed}`;
  const dealAt = script.findIndex(({ kind }) => kind !== "brief");
  const when =
    promise === null || promise.step >= dealAt
      ? words.promisedLate(script[promise?.step ?? round.step.n]?.title ?? "")
      : words.promisedBefore(script[promise.step]?.title ?? "");
  return {
    what: words.commit,
    isRight,
    told: isRight
      ? `${words.commitTold(text, made)} ${when}`
      : words.commitWrong(text, made, promise?.commit ?? commit),
  };
}

/** Says how the cards came into their order; the comparisons below show that it is so. */
function shuffleFinding(id: string): Finding {
  const how = words.how[id as keyof typeof words.how] ?? words.howElse;
  const title = formatOf(id)?.title ?? id;
  return { what: words.again, isRight: true, told: words.againTold(title, how) };
}

function handsFinding({ round, nameOf }: SeenRound, { dealt, wrongSeats }: Again): Finding {
  const seats = round.seats.map(({ user_id }) => nameOf(user_id));
  const list = seats.map((name, seat) => `${name} ${labels(dealt.deal.hands[seat] ?? [])}`);
  const isRight = wrongSeats.length === 0;
  const told = isRight
    ? words.handsTold(list.join(", "))
    : words.handsWrong(wrongSeats.map((seat) => seats[seat]).join(", "));
  return { what: words.hands, isRight, told };
}

/** The cards that the page itself was dealt during the round. */
function ownFinding({ round, hand, nameOf }: SeenRound, { dealt }: Again): Finding[] {
  if (hand === null || hand.length === 0) return [];
  const seat = dealt.deal.hands.findIndex((own) => isSameDeal(hand.slice(0, own.length), own));
  const owner = round.seats[seat]?.user_id;
  const isRight = owner !== undefined;
  const told = isRight ? words.ownTold(labels(hand), nameOf(owner)) : words.ownWrong(labels(hand));
  return [{ what: words.own, isRight, told }];
}

/** Numbers that players typed are not dealt: they are counted in the settlement. */
function answersFinding({ result, nameOf }: SeenRound): Finding {
  const list = result.hands.map(
    ({ user_id, cards }) => `${nameOf(user_id)} ${labels(cards) || "–"}`,
  );
  return { what: words.hands, isRight: true, told: words.answersTold(list.join(", ")) };
}

function tableFinding({ result }: SeenRound, again: Again): Finding {
  const { table } = again.dealt.deal;
  const { isTableRight } = again;
  const finding = compared(words.table, words.tableTold, isTableRight, result.table, table);
  return again.isTurnedRight ? finding : { ...finding, isRight: false, told: words.tableChanged };
}

function compared(
  what: string,
  say: (cards: string) => string,
  isRight: boolean,
  told: readonly Card[],
  dealt: readonly Card[],
): Finding {
  const text = isRight ? say(labels(dealt)) : words.differs(labels(told), labels(dealt));
  return { what, isRight, told: text };
}

/** The values at which the scalars settle, by the game's rules and the cards. */
function settledFinding({ round, result, symbolOf }: SeenRound, { settled }: Again): Finding {
  const named = settled.map((one, at) => {
    const name = symbolOf(round.instruments[at] ?? -1) ?? one.symbol;
    return { ...one, name };
  });
  const wrong = named
    .filter((one) => !one.isRight)
    .map(({ name, told, value }) => `${name} ${told ?? "–"} (${value})`);
  const list = named.map(({ name, value }) => `${name} ${value}`);
  // A host may correct a final value in the open.
  const isRight = wrong.length === 0 || result.corrected === true;
  if (wrong.length === 0)
    return { what: words.settled, isRight, told: words.settledTold(list.join(", ")) };
  const say = isRight ? words.settledCorrected : words.settledWrong;
  return { what: words.settled, isRight, told: say(wrong.join(", ")) };
}

const labels = (cards: readonly Card[]) => cards.map(({ label }) => label).join(" ");
