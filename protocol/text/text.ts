/**
 * What a text of a person or program may hold: one rule for everything that is not a name, which has a stricter one
 * (names.ts). Whatever passes comes back from the journal, an export and another's screen as it was sent, and changes
 * nothing of what stands around it.
 */

import * as v from "valibot";
import { describeCharacter } from "./characters.ts";

/** Line breaks and tabs are for texts of several lines. */
const control = /[^\P{Cc}\n\r\t]/u;
const noncharacter = /\p{Noncharacter_Code_Point}/u;
const lineBreak = /[\n\r\u2028\u2029]/;
/** Marks, embeddings, overrides and isolates of the bidirectional algorithm. Source: Unicode Standard Annex 9, 2. */
const bidi = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/**
 * @param lines whether it may have more than one, and tabs
 * @returns what is wrong and what to do, to end a sentence with; null if nothing is
 */
export function textFault(text: string, lines = false): string | null {
  if (!text.isWellFormed()) return halfCharacter;
  const [bad] = control.exec(text) ?? noncharacter.exec(text) ?? bidi.exec(text) ?? [];
  if (bad !== undefined) return `it holds ${describeCharacter(bad)}: take it out`;
  if (!lines && lineBreak.test(text)) return "it holds a line break: put it on one line";
  return !lines && text.includes("\t") ? "it holds a tab: put a space there" : null;
}

/** A surrogate alone is no character: UTF-8 has no bytes for it, and the journal would give back another. */
export const halfCharacter = "it holds one half of a surrogate pair: send whole characters";

/** The rule as the end of a schema's pipe. */
export const wholesome = (lines = false) =>
  v.check(
    (text: string) => textFault(text, lines) === null,
    ({ input }) => textFault(input, lines) ?? "",
  );

/** Brings into a JSON text what the rule is against, or may: an escape, or a character as it is. */
const suspicious =
  /\\[ubf]|[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Noncharacter_Code_Point}/u;

/**
 * The rule for a whole frame: every key and text of it, known or not.
 * @param json must be valid
 * @returns as `textFault`; half a surrogate pair comes before all else
 */
export function jsonFault(json: string): string | null {
  if (!json.isWellFormed()) return halfCharacter;
  if (!suspicious.test(json)) return null;
  let fault: string | null = null;
  const look = (text: string) => {
    if (fault !== halfCharacter) fault = textFault(text, true) ?? fault;
  };
  JSON.parse(json, (key, value: unknown) => {
    look(key);
    if (typeof value === "string") look(value);
    return value;
  });
  return fault;
}
