/** Messages about rounds: where they stand, what each seat knows, what it is worth, and how it ended. */

import * as v from "valibot";
import { int, maybe, message, real, reply, stamp } from "./message.ts";

export const cardSchema = v.object({
  id: v.pipe(int, v.description("Its place in the deck before the shuffle.")),
  kind: v.picklist(["card", "die", "number", "fact"]),
  label: v.string(),
  value: v.pipe(real, v.description("The points that count, with their sign.")),
});
/** One piece of information. It lies in the deck (nobody knows), in a hand (one seat knows) or on the table (all know). */
export type Card = Readonly<v.InferOutput<typeof cardSchema>>;
export type CardKind = Card["kind"];

export const stepKindSchema = v.picklist([
  ...(["brief", "deal", "trade", "reveal", "ask", "contest", "settle", "review"] as const),
]);
export type StepKind = v.InferOutput<typeof stepKindSchema>;

const cards = v.array(cardSchema);
const seconds = v.pipe(maybe, v.description("null: until the host goes on."));
const round = v.pipe(int, v.description("1, 2, 3, ... in the room."));
const values = v.array(v.object({ inst: int, mean: real, sd: real, exact: v.boolean() }));

export const roundMessages = {
  instrument_retired: message(
    "instrument_retired",
    "To everybody: the instrument leaves the screens. Its round is over, or it is settled and a new round needs its symbol or its place. Its P&L stays in the totals, unless its round was aborted.",
    { inst: int },
  ),
  round: message(
    "round",
    "To everybody, at each step, and at most four times a second for other changes; after `join_ack` in a room with a round.",
    {
      round,
      format: v.pipe(v.string(), v.description("Id of the format.")),
      title: v.pipe(v.string(), v.description("Name of the format, for people.")),
      params: v.pipe(
        v.record(v.string(), v.unknown()),
        v.description("As far as all may know them: without answers and hints."),
      ),
      state: v.picklist(["running", "paused", "done", "aborted"]),
      commit: v.pipe(
        v.string(),
        v.description("SHA-256 of `mmg1|{room}|{round}|{format}|{seed}`, in hexadecimal."),
      ),
      known_deal: v.pipe(v.boolean(), v.description("The host gave the seed.")),
      learning: v.pipe(v.boolean(), v.description("Whether fair values are shown.")),
      step: v.pipe(
        v.object({
          n: v.pipe(int, v.description("Its place in the script, from 0 on.")),
          kind: stepKindSchema,
          title: v.string(),
          text: v.string(),
          ends_at: v.pipe(maybe, v.description("Unix milliseconds; null: the clock stands.")),
          left_ms: v.pipe(maybe, v.description("Time that is left; null: the host goes on.")),
        }),
        v.description("The present step."),
      ),
      script: v.pipe(
        v.array(v.object({ kind: stepKindSchema, title: v.string(), seconds })),
        v.description("All steps, in their order."),
      ),
      table: v.pipe(cards, v.description("Revealed cards, in their order.")),
      seats: v.pipe(
        v.array(
          v.object({
            user_id: int,
            cards: v.pipe(int, v.description("How many.")),
            answered: v.boolean(),
            bot: v.boolean(),
          }),
        ),
        v.description("Who plays, in the order of dealing."),
      ),
      instruments: v.pipe(
        v.array(int),
        v.description("Scalars in the order of the format's table, calls, puts, by strike."),
      ),
      rules: v.pipe(
        v.record(v.string(), v.unknown()),
        v.description("What the round asks of orders beyond the room."),
      ),
      contest: v.optional(
        v.pipe(
          v.object({
            best: v.pipe(maybe, v.description("The narrowest width so far; null: none.")),
            user_id: v.nullable(int),
            ends_at: v.pipe(maybe, v.description("Unix milliseconds; null: the contest is over.")),
          }),
          v.description("Bids for the right to quote, in formats that have a contest."),
        ),
      ),
      ...stamp,
      ...reply,
    },
  ),
  hand: message("hand", "To a seat alone.", {
    round,
    cards: v.pipe(cards, v.description("Cards that were dealt, and an answer that was given.")),
    asks: v.pipe(
      v.nullable(v.string()),
      v.description("What the present step asks of the seat; null: nothing."),
    ),
    ...stamp,
    ...reply,
  }),
  fair: message(
    "fair",
    "In learning mode: to all when the instruments are listed and after each reveal, and to a seat after its `hand` and after each reveal.",
    {
      round,
      knows: v.pipe(
        v.picklist(["table", "hand"]),
        v.description("Whose knowledge: that of all, or the seat's own."),
      ),
      values: v.pipe(
        values,
        v.description("Mean and standard deviation of each instrument, a contract."),
      ),
    },
  ),
  obligation: message(
    "obligation",
    "To a seat alone, at most once a second, in a round with a duty to quote (`rules.quoting`): how far it is met.",
    {
      round,
      inst: v.pipe(
        int,
        v.description("In which the quotes count: the scalar of the present step."),
      ),
      share: v.pipe(
        real,
        v.description("Of the trading time so far with a quote that counts, 0 to 1."),
      ),
      penalty: v.pipe(real, v.description("Points off the score, as things stand.")),
    },
  ),
  round_result: message("round_result", "To everybody, when the round is settled or aborted.", {
    round,
    aborted: v.pipe(v.boolean(), v.description("true: its trades count for nothing.")),
    seed: v.pipe(v.string(), v.description("Anybody can deal the round again from it.")),
    hands: v.pipe(
      v.array(v.object({ user_id: int, cards })),
      v.description("By seat, in the order of dealing."),
    ),
    table: v.pipe(cards, v.description("All of them, also those that were not turned.")),
    deck: v.pipe(cards, v.description("Cards that nobody was shown.")),
    settlement: v.pipe(
      v.array(
        v.object({ inst: int, value: v.pipe(real, v.description("An option's is its payoff.")) }),
      ),
      v.description("Final value of each instrument; an option's is its payoff."),
    ),
    fair: v.pipe(
      v.array(v.object({ step: int, table: values, all: values })),
      v.description("By the number of table cards: to whom knows the table, and all hands too."),
    ),
    rows: v.pipe(
      v.array(
        v.object({
          user_id: int,
          pnl: real,
          edge: maybe,
          information: maybe,
          luck: maybe,
          own: maybe,
          bonus: v.optional(
            v.pipe(
              real,
              v.description(
                "With endowments: the pot's payments less the ante, and their value before the deal.",
              ),
            ),
          ),
          penalty: real,
          score: real,
          rank: v.nullable(int),
        }),
      ),
      v.description(
        "All seats and everybody else who traded, best first. `edge`, `information`, `luck` and `bonus` add up to `pnl`; null: the format has no fair values.",
      ),
    ),
    corrected: v.optional(
      v.pipe(v.literal(true), v.description("A final value was corrected since the result.")),
    ),
    standings: v.pipe(
      v.array(v.object({ user_id: int, score: real, rounds: int, rank: v.nullable(int) })),
      v.description("Scores of all rounds whose deal nobody knew before."),
    ),
    ...stamp,
    ...reply,
  }),
};
