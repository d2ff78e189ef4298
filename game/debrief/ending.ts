/** The end of a session as far as it is known before its entries are looked through: the value of each instrument. */

import type { Context } from "../context.ts";
import { fromUnits } from "../units/decimals.ts";
import { moneyDecimals } from "../units/money.ts";
import { halfMicros, type HalfMicros } from "./amounts.ts";

export interface InstrumentEnd {
  /** The settlement as it holds now; null: there is none. */
  settlement: number | null;
  /** `S`: the settlement, else the last trade; null: neither. */
  value: HalfMicros | null;
  /** False: its round was aborted, and its trades count for nothing. */
  counts: boolean;
}

export interface Ending {
  instruments: ReadonlyMap<number, InstrumentEnd>;
  /** Close of the session, Unix ms; null: it runs. */
  closedAt: number | null;
  /** Number of the round that runs and must not be told of; null: none. */
  openRound: number | null;
  /** Decimals to which money is told. */
  decimals: number;
}

/** @param ctx of the room at present */
export function endingOf({ engine, state }: Context): Ending {
  const instruments = new Map<number, InstrumentEnd>();
  let decimals = 0;
  for (const { inst, lastPrice, isVoid, tickValueMicros } of state.instruments) {
    const units = engine.settlementUnits(inst);
    const settlement = units === null ? null : fromUnits(Number(units), engine.decimals(inst));
    const price = settlement ?? lastPrice;
    instruments.set(inst, {
      settlement,
      value: price === null ? null : halfMicros(price),
      counts: !isVoid,
    });
    decimals = Math.max(decimals, moneyDecimals(engine.decimals(inst), tickValueMicros));
  }
  const { round, closedAt, log } = state;
  const isOpen = closedAt === null && round !== null && round.round > log.seeds;
  return {
    instruments,
    closedAt,
    decimals: Math.max(decimals, 6),
    openRound: isOpen ? round.round : null,
  };
}
