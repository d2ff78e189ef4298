/** An exchange without a game: the host lists the instruments and settles them. */

import * as v from "valibot";
import { format } from "./format.ts";
import { everyRound } from "./params.ts";
import { noCards, roundRules } from "./shared.ts";
import { brief, settleAndReview, step } from "./steps.ts";

const explanation =
  "The host lists the instruments, brings the news and settles each of them by hand. What was listed before the round has nothing to do with it.";

export const free = format(
  {
    id: "free",
    title: "Free trading",
    summary: "The host lists anything, tells the story and settles by hand.",
    minutes: 15,
    seats: { min: 1, max: 200 },
    teaches: ["anything"],
    params: v.object({ ...everyRound }),
    notes: `Before: say what the instruments stand for, and how they will be settled.
After: go through the last prices before each piece of news. Who moved them, and were they right?`,
  },
  ({ quoting, rules }) => ({
    rules: roundRules({ quoting, rules }),
    explanation,
    isOpenToAll: true,
    isHostRun: true,
    refusal: () => null,
    deal: (_stream, seats) => ({
      deal: noCards(seats),
      script: [
        brief(explanation),
        step(
          "trade",
          { title: "Trading", text: "Trade what the host lists, until it is settled." },
          null,
        ),
        ...settleAndReview("Everything is settled: the result adds it up."),
      ],
      scalars: [],
      fair: () => null,
      settlement: () => 0,
    }),
  }),
);
