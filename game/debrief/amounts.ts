/**
 * Exact prices and money of the debrief: prices in halves of a millionth, so that the middle of two ticks is whole, and money
 * in those times millionths of a tick value.
 */

import { limits } from "#protocol";
import type { EnginePort } from "../engine-port.ts";
import { tenTo } from "../units/decimals.ts";

/** Halves of a millionth of a price. */
export type HalfMicros = bigint;
/** `HalfMicros`, times contracts, times the tick value in millionths: two million millionths are one unit of money. */
export type ExactMoney = bigint;

const halves = 2 * tenTo(limits.decimals);

export function halfMicros(price: number): HalfMicros {
  return BigInt(Math.round(price * tenTo(limits.decimals))) * 2n;
}

/** The middle of two prices in ticks. */
export function middle(engine: EnginePort, inst: number, bid: number, ask: number): HalfMicros {
  const scale = tenTo(limits.decimals - engine.decimals(inst));
  return BigInt(bid + ask) * BigInt(engine.tickUnits(inst)) * BigInt(scale);
}

export function priceOfHalves(price: HalfMicros): number {
  return Number(price) / halves;
}

/** Rounds money to a whole number of `10 ** -decimals`; halves go towards zero, so that both sides of a trade agree. */
export function wholeMoney(money: ExactMoney, decimals: number): bigint {
  const unit = 2n * 10n ** BigInt(2 * limits.decimals - decimals);
  const size = money < 0n ? -money : money;
  const whole = (size + (unit - 1n) / 2n) / unit;
  return money < 0n ? -whole : whole;
}

export function toAmount(whole: bigint, decimals: number): number {
  return Number(whole) / tenTo(decimals) + 0;
}

/** A mean price a contract, to a millionth. */
export function meanPrice(sum: HalfMicros, qty: number): number | null {
  return qty === 0 ? null : Math.round(((Number(sum) / qty) * 1e6) / halves) / 1e6 + 0;
}
