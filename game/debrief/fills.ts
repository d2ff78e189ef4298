/**
 * The sources of each trader's P&L: every fill against the reference price before it, soon after it, and the
 * settlement. Keeps sums, and the fills of the last half minute.
 */

import { markoutSeconds, type NotedTrade } from "#protocol";
import type { TradeRecord } from "../context.ts";
import { priceOfHalves, halfMicros, type ExactMoney, type HalfMicros } from "./amounts.ts";
import type { Quoted } from "./prices.ts";

type Seconds = (typeof markoutSeconds)[number];

/** Sums of a trader's fills of one kind. */
export interface FillSums {
  spread: ExactMoney;
  selection: ExactMoney;
  drift: ExactMoney;
  qty: number;
  trades: number;
}

/** A trade that may be a trader's best or worst. */
interface Noted {
  gain: ExactMoney;
  trade: NotedTrade;
}

export class TraderFills {
  readonly maker = noSums();
  readonly taker = noSums();
  /** Sums of the price's way in favour of the fills, times contracts. */
  readonly markouts: Record<Seconds, HalfMicros> = { 1: 0n, 5: 0n, 30: 0n };
  best: Noted | null = null;
  worst: Noted | null = null;
  /** Positions by instrument, and money received less paid. */
  readonly held = new Map<number, number>();
  cash: ExactMoney = 0n;
  maxAbsPosition = 0;

  get qty(): number {
    return this.maker.qty + this.taker.qty;
  }
}

function noSums(): FillSums {
  return { spread: 0n, selection: 0n, drift: 0n, qty: 0, trades: 0 };
}

/** A trade as it is looked at. Money is that of the buyer, for one point. */
interface Open {
  trade: TradeRecord;
  price: HalfMicros;
  m0: HalfMicros;
  qty: bigint;
  /** Money of one point and contract, in millionths. */
  tickValue: bigint;
  value: HalfMicros;
  noted: NotedTrade;
}

interface Waiting {
  dueMs: number;
  fill: Open;
}

/** Factors by which an instrument's trades count. */
export interface Counted {
  tickValueMicros: number;
  /** `S`. */
  value: HalfMicros;
}

export class Fills {
  readonly traders = new Map<number, TraderFills>();
  /** P&L of buyers in the trades with each seller, by `buyer seller`. */
  readonly matrix = new Map<
    string,
    { buyer: number; seller: number; qty: number; gain: ExactMoney }
  >();
  readonly #waiting: Record<Seconds, { list: Waiting[]; at: number }> = {
    ...{ 1: { list: [], at: 0 }, 5: { list: [], at: 0 }, 30: { list: [], at: 0 } },
  };

  of(userId: number): TraderFills {
    let fills = this.traders.get(userId);
    if (fills === undefined) this.traders.set(userId, (fills = new TraderFills()));
    return fills;
  }

  /** Takes a trade. @param before the book before the request that traded */
  trade(trade: TradeRecord, before: Readonly<Quoted>, { tickValueMicros, value }: Counted): void {
    const price = halfMicros(trade.price ?? 0);
    const m0 = before.m ?? price;
    const qty = BigInt(trade.qty ?? 0);
    const fill: Open = {
      ...{ trade, price, m0, qty, tickValue: BigInt(tickValueMicros), value },
      noted: notedOf(trade, before),
    };
    const { ts: tradedMs, buyer_id: buyer, seller_id: seller } = trade;
    const ts = tradedMs ?? 0;
    for (const seconds of markoutSeconds)
      this.#waiting[seconds].list.push({ dueMs: ts + seconds * 1_000, fill });
    const gain = (value - price) * qty * fill.tickValue;
    this.#side(fill, buyer, 1, gain);
    this.#side(fill, seller, -1, -gain);
    const key = `${buyer} ${seller}`;
    const cell = this.matrix.get(key) ?? { buyer, seller, qty: 0, gain: 0n };
    cell.qty += Number(qty);
    cell.gain += gain;
    this.matrix.set(key, cell);
  }

  /**
   * Takes the reference prices at moments that have passed.
   * @param untilMs the present: nothing is known of it and later
   * @param m the reference price of a trade's instrument at a moment
   */
  pass(untilMs: number, m: (inst: number, dueMs: number) => HalfMicros | null): void {
    for (const seconds of markoutSeconds) {
      const waiting = this.#waiting[seconds];
      for (; waiting.at < waiting.list.length; waiting.at++) {
        const { dueMs, fill } = waiting.list[waiting.at] as Waiting;
        if (dueMs >= untilMs) break;
        this.#mark(fill, seconds, m(fill.trade.inst, dueMs) ?? fill.price);
      }
      if (waiting.at < 1_000) continue;
      waiting.list.splice(0, waiting.at);
      waiting.at = 0;
    }
  }

  #side(fill: Open, userId: number, sign: 1 | -1, gain: ExactMoney): void {
    const { trade, price, m0, qty, tickValue, noted } = fill;
    const trader = this.of(userId);
    const sums = sumsOf(trader, trade, sign);
    const signed = BigInt(sign) * qty * tickValue;
    sums.spread += signed * (m0 - price);
    sums.qty += Number(qty);
    sums.trades++;
    if (trader.best === null || gain > trader.best.gain) trader.best = { gain, trade: noted };
    if (trader.worst === null || gain < trader.worst.gain) trader.worst = { gain, trade: noted };
    trader.cash -= signed * price;
    const held = (trader.held.get(trade.inst) ?? 0) + sign * Number(qty);
    trader.held.set(trade.inst, held);
    trader.maxAbsPosition = Math.max(trader.maxAbsPosition, Math.abs(held));
  }

  #mark(fill: Open, seconds: Seconds, m: HalfMicros): void {
    const { trade, price, m0, qty, tickValue, value, noted } = fill;
    if (seconds === 5) noted.m5 = priceOfHalves(m);
    for (const sign of [1, -1] as const) {
      const trader = this.of(sign > 0 ? trade.buyer_id : trade.seller_id);
      trader.markouts[seconds] += BigInt(sign) * qty * (m - price);
      if (seconds !== 5) continue;
      const sums = sumsOf(trader, trade, sign);
      const signed = BigInt(sign) * qty * tickValue;
      sums.selection += signed * (m - m0);
      sums.drift += signed * (value - m);
    }
  }
}

function sumsOf(trader: TraderFills, { aggressor }: TradeRecord, sign: 1 | -1): FillSums {
  return (aggressor === "buy") === sign > 0 ? trader.taker : trader.maker;
}

function notedOf(trade: TradeRecord, { bid, ask, m }: Readonly<Quoted>): NotedTrade {
  const { trade_id, ts, inst, price, qty, buyer_id, seller_id, aggressor } = trade;
  return {
    ...{ trade_id, ts: ts ?? 0, inst, price: price ?? 0, qty: qty ?? 0, buyer_id, seller_id },
    aggressor: aggressor === "sell" ? "sell" : "buy",
    ...{ bid, ask, m0: m === null ? null : priceOfHalves(m), m5: null },
  };
}
