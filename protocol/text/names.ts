/** Names of people in a room. */

import { describeCharacter } from "./characters.ts";
import { limits } from "../limits.ts";

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
/** The tags behind a black flag that make it England's, Scotland's or Wales's. *Source:* Unicode TS 51, RGI tag sequences. */
const flagTags =
  /(?<=\u{1F3F4})\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/gu;
/** Keeps two letters of Arabic or Syriac script apart, as Persian and Urdu write it. */
const cursiveJoiner =
  /(?<=(?=\p{L})[\p{Script=Arabic}\p{Script=Syriac}]\p{M}*)\u200C(?=(?=\p{L})[\p{Script=Arabic}\p{Script=Syriac}])/gu;
/**
 * Chooses the shape of a cluster beside a virama, as Sinhala, Malayalam, Bengali and Hindi write it. *Source:* RFC 5892,
 * appendix A, for the joiner behind a virama; Unicode Standard, chapter 12, for the one before.
 */
const virama = "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2";
const clusterJoiner = new RegExp(
  `(?<=\\p{L}\\p{M}*[${virama}])[\\u200C\\u200D](?=\\p{L}|\\s|$)|(?<=\\p{L})\\u200D(?=[${virama}]\\p{L})`,
  "gu",
);
const allowed = [emojiParts, flagTags, cursiveJoiner, clusterJoiner];
/** Marks without a letter, or so many on one that they cover the lines around. */
const loneMark = /(?:^|\s)(\p{M})/u;
const stackedMarks = /\p{M}{4,}/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A name as the room writes it: NFKC, trimmed, inner white space to single spaces. Any text, allowed as a name or not. */
export function spelledName(input: string): string {
  return input.normalize("NFKC").trim().replace(/\s+/g, " ");
}

/**
 * Finds the fault of a name: empty, longer than 24 graphemes (or 96 code units), or with a forbidden character.
 * @returns the character and what to do, to end a sentence with; null if nothing is wrong
 */
export function nameFault(input: string): string | null {
  const name = input.normalize("NFKC").trim();
  const rest = allowed.reduce((text, part) => text.replace(part, ""), name);
  const [bad] = forbidden.exec(rest) ?? [];
  if (bad !== undefined) return `it holds ${describeCharacter(bad)}: take it out`;
  const [, mark] = loneMark.exec(name) ?? [];
  if (mark !== undefined) return `its mark \u25CC${mark} stands on no letter: take it out`;
  if (stackedMarks.test(name)) return "it has more than three marks on one letter: take some off";
  const plain = spelledName(input);
  if (plain === "") return `it is empty: give 1 to ${limits.nameGraphemes} characters`;
  let count = 0;
  for (const _ of graphemes.segment(plain)) if (++count > limits.nameGraphemes) break;
  return count > limits.nameGraphemes || plain.length > limits.nameGraphemes * 4
    ? `it is too long: give 1 to ${limits.nameGraphemes} characters`
    : null;
}

/** The name as the room writes it, or null where `nameFault` has something against it. */
export function normalizeName(input: string): string | null {
  return nameFault(input) === null ? spelledName(input) : null;
}

/** The refusal of a name, as server and pages say it. @param fault of `nameFault` */
export const badName = (fault: string) => `This name cannot be used: ${fault}.`;

/**
 * Two names with equal keys are the same name to the eye of the room: case and full case folding do not matter. Once
 * down first, for the large sharp s has no larger form and would stay a letter of its own.
 */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
}
