/** Parameters that several formats have, and how each is declared: with its bounds, its default and its meaning. */

import * as v from "valibot";

/** A whole number. */
export function count(fallback: number, least: number, most: number, meaning: string) {
  return v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most), v.description(meaning)),
    fallback,
  );
}

export function yesNo(fallback: boolean, meaning: string) {
  return v.optional(v.pipe(v.boolean(), v.description(meaning)), fallback);
}

/** A text of a line. */
export function line(fallback: string, most: number, meaning: string) {
  return v.optional(
    v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most), v.description(meaning)),
    fallback,
  );
}

/** The greatest amount of a question or an index. */
export const amountMost = 1_000_000_000;

export function amount(meaning: string) {
  return v.pipe(
    v.number(),
    v.finite(),
    v.minValue(-amountMost),
    v.maxValue(amountMost),
    v.description(meaning),
  );
}

const quotingSchema = v.object({
  max_width: v.pipe(amount("Widest quote that counts, in points."), v.gtValue(0)),
  min_qty: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  share: v.pipe(
    v.number(),
    v.minValue(0),
    v.maxValue(1),
    v.description("Share of the trading time with such a quote."),
  ),
  penalty_per_s: v.pipe(
    amount("Points of the score for each second that is missing."),
    v.minValue(0),
  ),
});

const rulesSchema = v.object({
  max_width: v.optional(v.pipe(amount("Widest quote that is taken, in points."), v.gtValue(0))),
  min_qty: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(1_000_000),
      v.description("Fewest contracts of an order that is taken."),
    ),
  ),
  cancel_all_on_trade: v.optional(
    v.pipe(
      v.boolean(),
      v.description("An order that has traded cancels all orders in the round's instruments."),
    ),
  ),
});

/** Parameters of every format. */
export const everyRound = {
  rules: v.optional(
    v.nullable(
      v.pipe(rulesSchema, v.description("Rules on orders; null: none beyond the game's.")),
    ),
    null,
  ),
  quoting: v.optional(
    v.nullable(v.pipe(quotingSchema, v.description("The duty to quote; null: there is none."))),
    null,
  ),
};

/** Times of the steps of most formats. */
export const tradeSeconds = count(90, 5, 3_600, "Length of a trading step.");
export const revealSeconds = count(5, 1, 600, "Length of a reveal.");
