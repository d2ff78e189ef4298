/** Writes and reads numbers and times, for every screen. Knows nothing of rooms. */

import { type TickGrid, MAX_DECIMALS, decimalsOf, tidy } from "./trading/grid.ts";

const MINUS = "−";
/** The text in place of a missing value. */
export const NONE = "–";

const cached = new Map<number, Intl.NumberFormat>();

function grouped(least: number, most: number): Intl.NumberFormat {
  const key = least * (MAX_DECIMALS + 1) + most;
  let format = cached.get(key);
  if (!format) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    cached.set(key, format);
  }
  return format;
}

function write(value: number, decimals: number, most = decimals): string {
  const text = grouped(decimals, most).format(Math.abs(value));
  const isZero = !/[1-9]/.test(text);
  return value < 0 && !isZero ? MINUS + text : text;
}

/**
 * A price or settlement with the decimals of its tick, and more if it lies between ticks: the tick may have changed.
 */
export function formatPrice(price: number | null | undefined, tick: number): string {
  return price === null || price === undefined
    ? NONE
    : write(price, decimalsOf(tick), MAX_DECIMALS);
}

/** A price given in ticks, always with the decimals of the tick. */
export function formatTicks(ticks: number, grid: TickGrid): string {
  return formatPrice(grid.price(ticks), grid.tick);
}

/** Number of decimals that `formatPrice` writes. */
export function priceDecimals(price: number, tick: number): number {
  return Math.max(decimalsOf(tick), decimalsOf(Math.abs(price)));
}

/** The most decimals in a list of prices of different instruments. */
export function mostDecimals(
  list: readonly { readonly inst: number; readonly price: number | null }[],
  tickOf: (inst: number) => number,
): number {
  return list.reduce(
    (most, { inst, price }) =>
      price === null ? most : Math.max(most, priceDecimals(price, tickOf(inst))),
    0,
  );
}

/** A whole number with thousands separators; a negative one with a true minus sign. */
export function formatQty(qty: number | null | undefined): string {
  return qty === null || qty === undefined ? NONE : write(qty, 0);
}

/** A short quantity, in thousands or millions if it is large: 1,250 -> 1.2k. Rounded down, never up. */
export function shortQty(qty: number): string {
  if (Math.abs(qty) < 1_000) return formatQty(qty);
  const [unit, name] = Math.abs(qty) < 1_000_000 ? [1_000, "k"] : [1_000_000, "m"];
  const cut = Math.trunc((qty / unit) * 10) / 10;
  return (Math.abs(cut) < 10 ? write(cut, 0, 1) : write(Math.trunc(cut), 0)) + name;
}

/** A position with its sign: a long one has a plus. */
export function formatPosition(qty: number): string {
  return qty > 0 ? `+${write(qty, 0)}` : write(qty, 0);
}

/** P&L with sign, thousands separators and two decimals. */
export function formatMoney(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const text = write(value, 2);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** An average price with the decimals of the tick, and up to two more if it has them. */
export function formatAverage(price: number, tick: number): string {
  const decimals = decimalsOf(tick);
  return write(price, decimals, Math.min(MAX_DECIMALS, decimals + 2));
}

/** The CSS class of an amount by its sign: `profit`, `loss` or none. */
export function signClass(value: number): "profit" | "loss" | "" {
  return value > 0 ? "profit" : value < 0 ? "loss" : "";
}

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** Local time of day, to the second. */
export function formatTime(ts: number): string {
  return clock.format(ts);
}

/** Local time of day, to the millisecond. */
export function formatMoment(ts: number): string {
  const ms = Math.round(ts);
  return `${formatTime(ms)}.${String(ms % 1000).padStart(3, "0")}`;
}

/** Local day and minute. */
export function formatDay(ts: number): string {
  return day.format(ts);
}

/** Time left as m:ss or h:mm:ss; never below zero. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const pad = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}`
    : `${minutes}:${pad(seconds % 60)}`;
}

/** Reads a typed number, also with thousands separators and the minus sign; null if it is no number. */
export function parseNumber(input: string): number | null {
  const plain = input.trim().replaceAll(MINUS, "-").replace(/[\s_]/g, "");
  const point = /^-?\d*,\d{1,2}$/.test(plain) ? plain.replace(",", ".") : plain.replaceAll(",", "");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(point)) return null;
  return tidy(Number(point));
}

/** Reads a positive whole number; null if it is none. */
export function readQty(text: string): number | null {
  const value = parseNumber(text);
  return value !== null && Number.isSafeInteger(value) && value > 0 ? value : null;
}
