/** A seeded crowd that quotes and trades around a wandering price: its names, its instruments, and its next requests. */

import type { Request } from "#protocol";

export const names = [
  "Ana",
  "Bo",
  "Maximilian von Habsburg",
  "Chiara",
  "Dmitri",
  "Eun-ji",
  "Farouk",
  "Guðrún",
  "Hana",
  "Iñigo",
  "Jürgen",
  "Kofi",
  "Łukasz",
  "Mei",
  "Nnamdi",
  "Ólafur",
  "Priya",
  "Quentin",
  "Ravi",
  "Søren",
];
const strikes = [70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120, 125, 130];
const INDEX = 1;
const FIRST_OPTION = 2;
const SPREAD = FIRST_OPTION + strikes.length * 2;

type Listing = Omit<Request<"add_instrument">, "op">;
/** A scalar, a call and a put on it at each strike, and a scalar that may be negative; to be listed in this order. */
export const listings: readonly Listing[] = [
  { symbol: "INDEX", type: "SCALAR", tick_size: 0.25 },
  ...strikes.flatMap((strike) =>
    (["CALL", "PUT"] as const).map((type) => ({
      ...{ symbol: `INDEX ${strike}${type[0]}`, type, strike },
      ...{ reference_id: INDEX, tick_size: 0.1 },
    })),
  ),
  { symbol: "SPREAD", type: "SCALAR", tick_size: 1, tick_value: 50 },
];

export type Move = Request<"quote"> | Request<"order_new">;

/** @returns what so many traders send next, one request each; every crowd does the same from its beginning on */
export function crowd(): (people: number) => Move[] {
  const next = random(20261122);
  let fair = 100;
  return (people) => {
    fair += (next() - 0.5) * 0.6;
    return Array.from({ length: people }, (_, index) => move(index, fair, next));
  };
}

/** Seeded random numbers. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Market makers quote; the others take or rest, now in the scalars, now in an option. */
function move(index: number, fair: number, next: () => number): Move {
  const pick = next();
  const anOption = () => FIRST_OPTION + Math.floor(next() * strikes.length * 2);
  if (index % 3 === 0 || pick < 0.5) return quote(pick < 0.25 ? INDEX : anOption(), fair, next);
  return order(pick < 0.7 ? INDEX : pick < 0.8 ? SPREAD : anOption(), fair, next);
}

function quote(inst: number, fair: number, next: () => number): Move {
  const { value, tick } = valueOf(inst, fair);
  const width = tick * (2 + Math.floor(next() * 4));
  const mid = value + (next() - 0.5) * width;
  const bid = Math.max(tick, onGrid(mid - width, tick));
  return {
    op: "quote",
    inst,
    bid,
    bid_qty: 1 + Math.floor(next() * 20),
    ask: onGrid(bid + 2 * width, tick),
    ask_qty: 1 + Math.floor(next() * 20),
  };
}

function order(inst: number, fair: number, next: () => number): Move {
  const { value, tick } =
    inst === SPREAD ? { value: -12 + (next() - 0.5) * 8, tick: 1 } : valueOf(inst, fair);
  const side = next() < 0.5 ? "buy" : "sell";
  const price = onGrid(value + (side === "buy" ? 1 : -1) * (next() - 0.35) * 6 * tick, tick);
  const isScalar = inst === INDEX || inst === SPREAD;
  return {
    op: "order_new",
    inst,
    side,
    price: isScalar ? price : Math.max(tick, price),
    qty: 1 + Math.floor(next() * 12),
  };
}

const onGrid = (price: number, tick: number) =>
  Math.round(Math.round(price / tick) * tick * 1e6) / 1e6;

function valueOf(inst: number, fair: number): { value: number; tick: number } {
  if (inst === INDEX) return { value: fair, tick: 0.25 };
  const strike = strikes[Math.floor((inst - FIRST_OPTION) / 2)] ?? 100;
  const moneyness = (inst % 2 === 0 ? 1 : -1) * (fair - strike);
  return { value: Math.max(moneyness, 0) + 6 * Math.exp(-Math.abs(moneyness) / 9), tick: 0.1 };
}
