/** Describes a character for a refusal: its code point, for nobody can see it, and its fault. */

/** The first kind that fits counts. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/\p{Cs}/u, "one half of a surrogate pair"],
  [/\p{Cc}/u, "a control character"],
  [/\p{Noncharacter_Code_Point}/u, "no character"],
  [/\p{Co}/u, "a private character, which means something else on each device"],
  [
    /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/,
    "an invisible mark that turns the direction of text",
  ],
  [/[\u200C\u200D]/, "an invisible joiner where it joins nothing"],
  [/[\u2028\u2029]/, "a line break"],
  [/[\u{E0000}-\u{E007F}]/u, "an invisible tag"],
  [/\p{Variation_Selector}/u, "an invisible sign for the look of the character before it"],
  [/\uFFFC|\uFFFD/, "the sign for something that is missing"],
];

/** Such as `U+202E, an invisible mark that turns the direction of text`. */
export function describeCharacter(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const kind = kinds.find(([pattern]) => pattern.test(character));
  return `U+${number}, ${kind?.[1] ?? "an invisible character"}`;
}
