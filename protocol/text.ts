/**
 * What a text of a person or program may hold: one rule for everything that is not a name, which has a stricter one
 * (names.ts). Whatever passes comes back from the journal, an export and another's screen as it was sent, and changes
 * nothing of what stands around it.
 */

import * as v from "valibot";

/** Line breaks and tabs are for texts of several lines. */
const control = /[^\P{Cc}\n\r\t]/u;
const lineBreak = /[\n\r\u2028\u2029]/;
/** Marks, embeddings, overrides and isolates of the bidirectional algorithm. Source: Unicode Standard Annex 9, 2. */
const bidi = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/**
 * @param lines whether it may have more than one, and tabs
 * @returns what is wrong and what to do, to end a sentence with; null if nothing is
 */
export function textFault(text: string, lines = false): string | null {
  if (!text.isWellFormed()) return halfCharacter;
  if (control.test(text)) return "it holds control characters: take them out";
  if (bidi.test(text))
    return "it holds invisible marks that turn the direction of text: take them out";
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

/** Whether every key and text of a JSON text is made of whole characters. The text must be valid JSON. */
export function isWellFormedJson(json: string): boolean {
  if (!json.isWellFormed()) return false;
  // Only an escape can bring a half into what is whole.
  if (!/\\u[dD][89a-fA-F]/.test(json)) return true;
  let isWhole = true;
  JSON.parse(json, (key, value: unknown) => {
    isWhole &&= key.isWellFormed() && (typeof value !== "string" || value.isWellFormed());
    return value;
  });
  return isWhole;
}
