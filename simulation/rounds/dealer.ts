/**
 * A dealer and settler of its own, written from the contract of dealing and of the games alone (docs/api.md, docs/trading.md):
 * it shares no code with the game.
 */

import { createHash } from "node:crypto";

export interface DealtCard {
  label: string;
  value: number;
}

/** A deal, and what each scalar settles at; null: that is not for the deal to say. */
export interface OwnDeal {
  hands: DealtCard[][];
  table: DealtCard[];
  deck: DealtCard[];
  /** Cards of the table that each reveal turns; the settlement turns the rest. */
  reveals: number[];
  scalars: Record<string, number> | null;
}

export type Params = Readonly<Record<string, unknown>>;
type Draw = (n: number) => number;

/** Draws numbers below `n` from SHA-256 of `{seed}|{block}`. */
function drawer(seed: string): Draw {
  let words: number[] = [];
  let block = 0;
  const next = (): number => {
    if (words.length === 0) {
      const hash = createHash("sha256").update(`${seed}|${block++}`, "ascii").digest();
      words = Array.from({ length: 8 }, (_, at) => hash.readUInt32BE(4 * at));
    }
    return words.shift() as number;
  };
  return (n) => {
    const least = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const x = next();
      if (x < least) return x % n;
    }
  };
}

function shuffle<T>(items: readonly T[], draw: Draw): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = draw(i + 1);
    const held = list[i] as T;
    list[i] = list[j] as T;
    list[j] = held;
  }
  return list;
}

export function commitOf(room: string, round: number, format: string, seed: string): string {
  return createHash("sha256").update(`mmg1|${room}|${round}|${format}|${seed}`).digest("hex");
}

const signs = "♣♦♥♠";
const rankNames = ["A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K"];

function pack(isSigned: boolean): DealtCard[] {
  return [...signs].flatMap((sign) =>
    rankNames.map((name, at) => ({
      label: name + sign,
      value: isSigned && (sign === "♦" || sign === "♥") ? -(at + 1) : at + 1,
    })),
  );
}

const plain = (value: number): DealtCard => ({ label: String(value), value });
const sum = (cards: readonly DealtCard[]) => cards.reduce((all, { value }) => all + value, 0);
const ones = (count: number) => Array.from({ length: count }, () => 1);
const noHands = (seats: number): DealtCard[][] => Array.from({ length: seats }, () => []);

function fromDeck(cards: DealtCard[], seats: number, each: number, onTable: number) {
  const hands = Array.from({ length: seats }, (_, at) => cards.slice(at * each, (at + 1) * each));
  const table = cards.slice(seats * each, seats * each + onTable);
  return { hands, table, deck: cards.slice(seats * each + onTable) };
}

const numberIn = (params: Params, name: string) => params[name] as number;

const dealers: Record<string, (params: Params, seats: number, draw: Draw) => OwnDeal> = {
  card_sum(params, seats, draw) {
    const [each, table] = [numberIn(params, "cards_each"), numberIn(params, "table")];
    const packs = Math.ceil((seats * each + table) / 52);
    const cards = Array.from({ length: packs }, () => pack(params["signed"] === true)).flat();
    const deal = fromDeck(shuffle(cards, draw), seats, each, table);
    const SUM = sum(deal.hands.flat()) + sum(deal.table);
    return { ...deal, reveals: ones(table), scalars: { SUM } };
  },
  seventeen(params, seats, draw) {
    const values = [-10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20];
    const table = numberIn(params, "table");
    const deal = fromDeck(shuffle(values.map(plain), draw), seats, 1, table);
    const SUM = sum(deal.hands.flat()) + sum(deal.table);
    return { ...deal, reveals: ones(table), scalars: { SUM } };
  },
  dice(params, seats, draw) {
    const faces = numberIn(params, "faces");
    const hands = Array.from({ length: seats }, () =>
      ones(numberIn(params, "dice_each")).map(() => plain(draw(faces) + 1)),
    );
    const rolls = hands.flat().map(({ value }) => value);
    const scalars = { SUM: sum(hands.flat()), MIN: Math.min(...rolls), MAX: Math.max(...rolls) };
    return { hands, table: [], deck: [], reveals: [], scalars };
  },
  suits(params, seats, draw) {
    const [each, piles] = [numberIn(params, "cards_each"), numberIn(params, "piles")];
    const left = 52 - seats * each;
    const deal = fromDeck(shuffle(pack(false), draw), seats, each, left);
    const ofSuit = (sign: string) => sum(deal.table.filter(({ label }) => label.endsWith(sign)));
    const [CLUBS, DIAMONDS, HEARTS, SPADES] = [...signs].map(ofSuit) as [
      ...[number, number, number, number],
    ];
    const reveals = Array.from(
      { length: piles },
      (_, at) => Math.floor(left / piles) + Number(at < left % piles),
    );
    return {
      ...{ ...deal, reveals },
      scalars: { CLUBS, DIAMONDS, HEARTS, SPADES, RED: DIAMONDS + HEARTS },
    };
  },
  numbers: (_params, seats) => ({
    ...{ hands: noHands(seats), table: [], deck: [], reveals: [], scalars: null },
  }),
  free: (_params, seats) => ({
    ...{ hands: noHands(seats), table: [], deck: [], reveals: [], scalars: null },
  }),
  quiz(params, seats) {
    const questions = params["questions"] as { answer: number; hints: string[] }[];
    const table = questions.flatMap(({ answer, hints }) => [
      ...hints.map((label) => ({ label, value: 0 })),
      plain(answer),
    ]);
    // A hint each, then the answer with the settlement of its question.
    const reveals = questions.flatMap(({ hints }) => [...ones(hints.length), 1]);
    const symbol = (at: number) => (questions.length === 1 ? "ANSWER" : `Q${at + 1}`);
    const scalars = Object.fromEntries(questions.map(({ answer }, at) => [symbol(at), answer]));
    return { hands: noHands(seats), table, deck: [], reveals, scalars };
  },
  width(params, seats) {
    const { answer } = params["question"] as { answer: number };
    return {
      ...{ hands: noHands(seats), table: [plain(answer)], deck: [], reveals: [] },
      scalars: { ANSWER: answer },
    };
  },
  walk(params, seats, draw) {
    const news = params["news"] as { step: number; vol: number }[];
    const sizes = Array.from({ length: numberIn(params, "steps") }, (_, at) => {
      const told = news.filter(({ step }) => step <= at + 1);
      return told.at(-1)?.vol ?? numberIn(params, "vol");
    });
    const table = moves(sizes, draw);
    const INDEX = numberIn(params, "start") + sum(table);
    return {
      hands: noHands(seats),
      table,
      deck: [],
      reveals: ones(sizes.length),
      scalars: { INDEX },
    };
  },
  parity(params, seats, draw) {
    const sizes = ones(numberIn(params, "moves")).map(() => numberIn(params, "vol"));
    const table = moves(sizes, draw);
    const INDEX = numberIn(params, "spot") + sum(table);
    return { hands: noHands(seats), table, deck: [], reveals: [], scalars: { INDEX } };
  },
  goal_suit(_params, seats, draw) {
    const lengths = shuffle([12, 10, 10, 8], draw);
    const cards = [...signs].flatMap((label, at) =>
      ones(lengths[at] as number).map(() => ({ label, value: 1 })),
    );
    const deal = fromDeck(shuffle(cards, draw), seats, Math.floor(40 / seats), 0);
    const names = ["CLUBS", "DIAMONDS", "HEARTS", "SPADES"];
    const partner = [3, 2, 1, 0][lengths.indexOf(12)] as number;
    const pays = names.map((name, at) => [name, at === partner ? 10 : 0]);
    return { ...deal, reveals: [], scalars: Object.fromEntries(pays) as Record<string, number> };
  },
};

function moves(sizes: readonly number[], draw: Draw): DealtCard[] {
  return sizes.map((size) => {
    const isUp = draw(2) === 1;
    return { label: `${isUp ? "+" : "−"}${size}`, value: isUp ? size : -size };
  });
}

export function dealByContract(
  format: string,
  params: Params,
  seats: number,
  seed: string,
): OwnDeal {
  const deal = dealers[format];
  if (deal === undefined) throw new Error(`There is no format ${format}.`);
  return deal(params, seats, drawer(seed));
}
