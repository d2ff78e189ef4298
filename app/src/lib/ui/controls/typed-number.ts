/**
 * Reads numbers as people type them, in whatever way their country writes them, and never guesses: a text with two
 * readings is none, unless the page and all languages of the user agree. Knows no field.
 */

import { MAX_DECIMALS } from "#lib/trading/grid.ts";

/** The result of reading a text. */
export type Reading =
  | { readonly kind: "empty" }
  | {
      readonly kind: "number";
      readonly value: number;
      /** The text leaves no doubt, so that the value needs not be shown beside it. */
      readonly plain: boolean;
    }
  /** Each reading, written so that it has no other. */
  | { readonly kind: "ambiguous"; readonly readings: readonly [string, string] }
  /** No number; beyond six decimals; beyond the digits that are held exactly. */
  | { readonly kind: "unreadable" | "fine" | "long" };

/** The field that a text was typed into. */
export interface NumberField {
  /** It counts whole things, such as contracts. */
  readonly whole?: boolean;
  /** Decimals that the field itself writes. */
  readonly decimals?: number;
}

interface Convention {
  readonly decimal: string;
  readonly group: string;
}

/** All screens write numbers so. */
const PAGE: Convention = { decimal: ".", group: "," };
const DECIMALS = [".", ",", "٫"];
const GROUPS = ["", ",", ".", " ", "'", "٬"];
/** A thousand and a million, as the page shortens sizes. */
const UNITS: Readonly<Record<string, number>> = { k: 3, m: 6 };
/** Doubles hold so many decimal digits exactly. */
const MAX_DIGITS = 15;

/** @param languages tags of the user's languages */
export function readNumber(
  text: string,
  languages: readonly string[],
  field: NumberField = {},
): Reading {
  const plain = normalised(text);
  if (plain === "") return { kind: "empty" };
  const [, sign = "", body = "", unit = ""] = /^([+-]?) ?(.*?) ?([km]?)$/i.exec(plain) ?? [];
  const power = UNITS[unit.toLowerCase()] ?? 0;
  const readings = distinct(
    DECIMALS.flatMap((decimal) => GROUPS.map((group) => digits(body, { decimal, group }))),
  );
  const [first, second] = readings;
  if (first === undefined) return { kind: "unreadable" };
  const chosen =
    second === undefined ? first : (agreed(body, readings, languages, field) ?? undefined);
  if (chosen === undefined) {
    const [grouped = "", decimal = ""] = readings
      .map((one) => clear(valueOf(sign, one, power)))
      .sort((a, b) => Math.abs(Number(b)) - Math.abs(Number(a)));
    return { kind: "ambiguous", readings: [grouped, decimal] };
  }
  return checked(sign, chosen, power, /^[+-]?\d*\.?\d*$/.test(text) && second === undefined);
}

/** Digits of a number, with a point for decimals and nothing else. */
type Digits = string;

function checked(sign: string, chosen: Digits, power: number, isPlain: boolean): Reading {
  const [int = "", fraction = ""] = chosen.split(".");
  if (fraction.length - power > MAX_DECIMALS) return { kind: "fine" };
  const length = (int + fraction).replace(/^0+/, "").length + Math.max(0, power - fraction.length);
  if (length > MAX_DIGITS) return { kind: "long" };
  return { kind: "number", value: valueOf(sign, chosen, power), plain: isPlain };
}

/**
 * The reading of a text with two: the one in which the page and all languages of the user read it. A field whose own
 * numbers have three decimals writes them with a point; in a field of whole numbers a group of three is meant.
 */
function agreed(
  body: string,
  readings: readonly Digits[],
  languages: readonly string[],
  { whole = false, decimals = 0 }: NumberField,
): Digits | null {
  const asPage = readAs(body, PAGE);
  if (!whole && decimals >= 3 && asPage?.includes(".")) return asPage;
  const local = languages.map((language) => readAs(body, conventionOf(language)));
  if (whole) {
    const grouped = readings.find((one) => !one.includes(".") && Number(one) >= 1_000) ?? null;
    return local.every((one) => one === grouped) ? grouped : null;
  }
  return local.every((one) => one === asPage) ? asPage : null;
}

const distinct = (all: readonly (Digits | null)[]): Digits[] => [
  ...new Set(all.filter((one) => one !== null)),
];

const readAs = (body: string, { decimal, group }: Convention): Digits | null =>
  digits(body, { decimal, group: "" }) ?? digits(body, { decimal, group });

/** The text in one convention; null if it does not follow it. Groups have three digits, in India two before the last. */
function digits(body: string, { decimal, group }: Convention): Digits | null {
  if (decimal === group) return null;
  const [int = "", fraction = "", ...more] = body.split(decimal);
  if (more.length > 0 || !/^\d*$/.test(fraction) || int + fraction === "") return null;
  const parts = group === "" ? [int] : int.split(group);
  if (group !== "" && !isGrouped(parts, group)) return null;
  const joined = parts.join("");
  if (!/^\d*$/.test(joined)) return null;
  const tail = fraction.replace(/0+$/, "");
  return (joined.replace(/^0+(?=\d)/, "") || "0") + (tail === "" ? "" : `.${tail}`);
}

function isGrouped(parts: readonly string[], group: string): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.at(-1);
  if (last === undefined || !/^[1-9]\d{0,2}$/.test(first) || !/^\d{3}$/.test(last)) return false;
  const between = rest.slice(0, -1);
  const all = (length: number) => between.every((part) => part.length === length);
  return all(3) || (group === "," && all(2) && first.length < 3);
}

const valueOf = (sign: string, one: Digits, power: number): number =>
  Number(`${sign === "-" ? "-" : ""}${one}e${power}`) + 0;

/** A number that can be read in one way only: three decimals get a fourth. */
function clear(value: number): string {
  const text = String(value);
  return /\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** The first of ten digits, in the scripts that keyboards have. */
const ZEROS = [..."٠۰०০๐０"].map((zero) => zero.codePointAt(0) ?? 0);

/** The text with the digits, signs and separators that are told apart, and no others. */
function normalised(text: string): string {
  return text
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROS.find((first) => code >= first && code < first + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replace(/[−–﹣－]/g, "-")
    .replaceAll("＋", "+")
    .replaceAll("．", ".")
    .replaceAll("，", ",")
    .replace(/[’‘ʼ′`＇_]/g, "'")
    .replace(/\s/g, " ")
    .trim();
}

const conventions = new Map<string, Convention>();

/** The way in which a language writes numbers; one that `Intl` does not know writes them as the page does. */
function conventionOf(language: string): Convention {
  let known = conventions.get(language);
  if (known === undefined) conventions.set(language, (known = lookUp(language)));
  return known;
}

function lookUp(language: string): Convention {
  try {
    const parts = new Intl.NumberFormat(language).formatToParts(1_234_567.5);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
    return {
      decimal: normalised(part("decimal")),
      group: part("group").replace(/\s/, " ").replace("’", "'"),
    };
  } catch {
    return PAGE;
  }
}

/** The languages that the user reads. */
export function userLanguages(): readonly string[] {
  const { languages = [], language = "" } = globalThis.navigator ?? {};
  return languages.length > 0 ? languages : [language];
}

/** A value as a field says that it reads it: groups by narrow spaces, which no country takes for a decimal sign. */
export function plainly(value: number): string {
  const [int = "", fraction] = String(Math.abs(value)).split(".");
  const grouped = int.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return (value < 0 ? "−" : "") + grouped + (fraction === undefined ? "" : `.${fraction}`);
}
