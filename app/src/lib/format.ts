/** Writes numbers and times, for every screen. Knows nothing of rooms. */

import { type TickGrid, MAX_DECIMALS, decimalsOf } from "./trading/grid.ts";

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

/** Widths of a figure's characters in digits, with tabular digits: punctuation is narrow, units are wide. */
const widths: Partial<Record<string, number>> = { ",": 0.55, ".": 0.55, " ": 0.5, M: 1.4 };

/** Width of a figure, in digits. */
export function figureWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widths[character] ?? 1;
  return width;
}

const units = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const;
/** Digits of a shortened figure, at most: 12.3k, 2.00M. */
const SHORT_DIGITS = 3;

/**
 * A figure that fits its place: as it is, or else in thousands, millions and so on, cut and not rounded, so that it is
 * never more than there is. It is the one way to shorten a quantity or money; a price is never shortened.
 *
 * @param exact the figure as it is written in full
 * @param most room for it, in digits
 */
export function fit(exact: string, value: number, most: number): string {
  if (figureWidth(exact) <= most) return exact;
  const size = Math.abs(value);
  const [unit, letter] = units.find(([from]) => size >= from) ?? [1, ""];
  const sign = /^[+\u2212]/.exec(exact)?.[0] ?? "";
  const whole = String(Math.trunc(size / unit)).length;
  const room = most - figureWidth(sign + letter) - whole - (widths["."] ?? 0);
  const decimals = Math.max(0, Math.min(SHORT_DIGITS - whole, Math.floor(room + 1e-9)));
  const scale = 10 ** decimals;
  // A remainder far below the last digit is an error of doubles.
  const cut = Math.trunc((size / unit) * scale + 1e-9) / scale;
  return sign + cut.toFixed(decimals) + letter;
}

/** A quantity that fits into so many digits. */
export function fitQty(qty: number | null | undefined, most: number): string {
  return qty === null || qty === undefined ? NONE : fit(formatQty(qty), qty, most);
}

/** A position with its sign: a long one has a plus. */
export function formatPosition(qty: number): string {
  return qty > 0 ? `+${write(qty, 0)}` : write(qty, 0);
}

/**
 * P&L with sign and thousands separators.
 *
 * @param decimals as many as the room's instruments need: `moneyDecimals`
 */
export function formatMoney(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined) return NONE;
  const text = write(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** An average price with the decimals of the tick, and up to two more if it has them. */
export function formatAverage(price: number, tick: number): string {
  const decimals = decimalsOf(tick);
  return write(price, decimals, Math.min(MAX_DECIMALS, decimals + 2));
}

/** The CSS class of an amount by its sign: `profit`, `loss` or none. */
export function signClass(value: number | null): "profit" | "loss" | "" {
  if (value === null || value === 0) return "";
  return value > 0 ? "profit" : "loss";
}

/** A part of one in whole percent. */
export function formatShare(share: number | null): string {
  return share === null ? NONE : `${(100 * share).toFixed(0)}%`;
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
