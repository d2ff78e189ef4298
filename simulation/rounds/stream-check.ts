/**
 * Secrets in what a client was sent: before a round's result no message holds its seed, a card that is not turned, another
 * seat's card or a quiz's answer. Looks at every message as it was written, whatever its type.
 */

import type { Message } from "#protocol";
import type { Fill } from "../audit.ts";
import { violated } from "../violation.ts";
import type { DealtCard, OwnDeal } from "./dealer.ts";
import type { Heard, RoundClient } from "./round-client.ts";

/** A round with everything that was secret, known now. */
export interface Disclosed {
  readonly round: number;
  readonly seed: string;
  readonly deal: OwnDeal;
  readonly seats: readonly number[];
}

/** A card's label in a message, whatever it stands beside. */
const cardLabel = /"(?:[A2-9JQK]|10)[♣♦♥♠]"/;

const isCard = (value: object): boolean => "label" in value && "kind" in value && "value" in value;

/** Cards anywhere in a value. */
function cardsIn(value: unknown): DealtCard[] {
  if (typeof value !== "object" || value === null) return [];
  if (isCard(value)) return [value as DealtCard];
  return Object.values(value).flatMap(cardsIn);
}

function holdsAnswer(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => key === "answer" || key === "hints" || holdsAnswer(inner),
  );
}

export function checkStream(client: RoundClient, rounds: readonly Disclosed[]): void {
  for (const disclosed of rounds) {
    const told = client.heard.findIndex(
      ({ message }) => message.type === "round_result" && message.round === disclosed.round,
    );
    const before = told < 0 ? client.heard : client.heard.slice(0, told);
    for (const heard of before) checkMessage(client, heard, disclosed);
  }
}

function checkMessage(client: RoundClient, { message, text }: Heard, disclosed: Disclosed): void {
  const details = { who: client.name, userId: client.userId, round: disclosed.round, message };
  if (text.includes(disclosed.seed)) violated("a seed was told before the result", details);
  if (message.type === "round_result") return;
  if (message.type === "round") return checkRound(message, disclosed, details);
  if (message.type === "hand") return checkHand(client, message, disclosed, details);
  if (cardsIn(message).length > 0) violated("a message holds cards that has none", details);
  if (message.type === "fair" && message.knows === "hand" && message.round === disclosed.round)
    if (client.userId === null || !disclosed.seats.includes(client.userId))
      violated("values by a hand were told to somebody without one", details);
  if (cardLabel.test(text)) violated("a card was told in another message", details);
}

/**
 * Checks that positions which a client was told of others are those of fills alone until the result: with what a seat was
 * dealt, as in goal_suit, they would tell its hand.
 */
export function checkOthersPositions(
  client: RoundClient,
  fills: readonly Fill[],
  { round }: Disclosed,
): void {
  const told = client.heard.findIndex(
    ({ message }) => message.type === "round_result" && message.round === round,
  );
  const held = new Map<string, number[]>();
  for (const { user_id, inst, side, qty } of fills) {
    const all = held.get(`${user_id} ${inst}`) ?? [0];
    all.push((all.at(-1) ?? 0) + (side === "buy" ? qty : -qty));
    held.set(`${user_id} ${inst}`, all);
  }
  for (const { message } of told < 0 ? client.heard : client.heard.slice(0, told)) {
    if (message.type !== "positions") continue;
    for (const { user_id, inst, qty } of message.positions)
      if (user_id !== undefined && !(held.get(`${user_id} ${inst}`) ?? [0]).includes(qty))
        violated("a position of somebody else is not that of fills", { user_id, inst, qty });
  }
}

type Details = Record<string, unknown>;

function checkRound(message: Message<"round">, disclosed: Disclosed, details: Details): void {
  const { table, ...rest } = message;
  if (cardsIn(rest).length > 0) violated("the round holds cards beside the table", details);
  if (message.round !== disclosed.round) return;
  const { deal } = disclosed;
  const turns = message.script
    .slice(0, message.step.n + 1)
    .filter(({ kind }) => kind === "reveal" || kind === "settle").length;
  const most = deal.reveals.slice(0, turns).reduce((sum, cards) => sum + cards, 0);
  const isSettled = message.step.n >= message.script.findLastIndex(({ kind }) => kind === "settle");
  const isOver = isSettled || message.state === "aborted";
  if (!isOver && holdsAnswer(rest.params)) violated("parameters hold an answer or a hint", details);
  if (!isSettled && table.length > most) violated("cards were turned before their time", details);
  if (!isSame(table, deal.table.slice(0, table.length)))
    violated("the table is not that of the deal", details);
}

function checkHand(
  client: RoundClient,
  message: Message<"hand">,
  { round, deal, seats }: Disclosed,
  details: Details,
): void {
  if (message.round !== round) return;
  const seat = seats.indexOf(client.userId ?? 0);
  if (seat < 0) violated("a hand was told to somebody without a seat", details);
  const dealt = deal.hands[seat] ?? [];
  const answers = message.cards.slice(dealt.length);
  if (message.cards.length > 0 && !isSame(message.cards.slice(0, dealt.length), dealt))
    violated("a hand is not that of the deal", details);
  const own = client.asked("round_answer").map(({ value }) => value);
  if (answers.some(({ value }) => !own.includes(value)))
    violated("a hand holds what its seat has not answered", details);
}

export function isSame(told: readonly DealtCard[], dealt: readonly DealtCard[]): boolean {
  return (
    told.length === dealt.length &&
    told.every(({ label, value }, at) => label === dealt[at]?.label && value === dealt[at].value)
  );
}
