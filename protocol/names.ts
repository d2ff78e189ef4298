/** Names of people in a room. */

import { limits } from "./limits.ts";

/**
 * Controls, format characters (bidi overrides, zero width), private use, surrogates, line and paragraph separators,
 * code points that are no characters, and what else is not to be seen or stands for something else: fillers, selectors,
 * the empty Braille cell, the marks for an object and for what was no character.
 */
const forbidden =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\uFFFC\uFFFD]/u;
/** Inside an emoji the joiner, the skin and the wish for a picture are no tricks. */
const emojiParts =
  /(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Extended_Pictographic}0-9#*])\uFE0F/gu;
/** Marks without a letter, or so many on one that they cover the lines around. */
const loneOrStackedMarks = /(?:^|\s)\p{M}|\p{M}{4,}/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A name as the room writes it: NFKC, trimmed, inner white space to single spaces. Any text, allowed as a name or not. */
export function spelledName(input: string): string {
  return input.normalize("NFKC").trim().replace(/\s+/g, " ");
}

/**
 * The name as the room writes it, if it is allowed.
 * @returns the name, or null where it is empty, longer than 24 graphemes (or 96 code units) or holds a forbidden character.
 */
export function normalizeName(input: string): string | null {
  const name = input.normalize("NFKC").trim();
  if (forbidden.test(name.replace(emojiParts, "")) || loneOrStackedMarks.test(name)) return null;
  const plain = spelledName(input);
  if (plain === "" || plain.length > limits.nameGraphemes * 4) return null;
  let count = 0;
  for (const _ of graphemes.segment(plain)) if (++count > limits.nameGraphemes) return null;
  return plain;
}

/**
 * Two names with equal keys are the same name to the eye of the room: case and full case folding do not matter. Once
 * down first, for the large sharp s has no larger form and would stay a letter of its own.
 */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
}
