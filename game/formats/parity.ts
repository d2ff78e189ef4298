/** A chain of options on an index whose level all know: what is dear beside the others can be locked in. */

import * as v from "valibot";
import { format } from "./format.ts";
import { afterSteps, drawSteps } from "./index-steps.ts";
import { count, everyRound } from "./params.ts";
import { noCards, roundRules, total } from "./shared.ts";
import { brief, settleAndReview, step } from "./steps.ts";

/** Calls and puts that a round lists on a scalar. */
const optionsOfScalar = 10;
/** Contracts that the house quotes on each side. */
const houseQty = 5;

export const parity = format(
  {
    id: "parity",
    title: "Parity",
    summary: "A chain of options with mistakes in it. Find them, and lock the difference in.",
    minutes: 6,
    seats: { min: 1, max: 200 },
    teaches: ["put-call parity", "butterflies", "arbitrage"],
    params: v.object({
      spot: count(100, 10, 100_000, "Level of the index during the round."),
      moves: count(9, 1, 60, "Moves of the index at the end, all at once."),
      vol: count(3, 1, 100, "Points of a move, up or down."),
      mispricing: count(3, 1, 50, "Points by which a planted price is off."),
      every_seconds: count(30, 5, 300, "Time between two planted prices."),
      trade_seconds: count(240, 30, 3_600, "Length of the trading."),
      ...everyRound,
    }),
    notes: `Before: a call less a put of one strike is worth the index less the strike. Why at every settlement?
After: which planted prices were taken first, and which legs were missing? Who was right about the price and still carried risk?`,
  },
  ({ spot, moves, vol, mispricing, every_seconds, trade_seconds, quoting, rules }) => {
    const sizes = Array.from({ length: moves }, () => vol);
    const explanation = `INDEX stands at ${spot} until the end; then it moves ${moves} times by ${vol}, up or down. A house bot quotes the chain, and now and then a price is off: a call less a put must cost INDEX less the strike, and a butterfly never less than nothing. Your score is what you have locked in: your P&L at the settlement that is worst for you.`;
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      scoresLockedIn: true,
      refusal: () => null,
      deal: (stream, seats) => {
        const deal = { ...noCards(seats), table: drawSteps(stream, sizes) };
        const pages = Math.max(1, Math.round(trade_seconds / every_seconds));
        const planted = Array.from({ length: pages }, () => ({
          option: stream.below(optionsOfScalar),
          by: stream.below(2) === 1 ? mispricing : -mispricing,
        }));
        return {
          deal,
          script: [
            brief(explanation),
            ...planted.map((_, page) =>
              step(
                "trade",
                {
                  title: `Quotes ${page + 1} of ${pages}`,
                  text: "The house has quoted anew, and one price is off. Lock in what does not fit together.",
                },
                Math.round(trade_seconds / pages),
              ),
            ),
            ...settleAndReview("INDEX makes its moves, and every option settles.", moves),
          ],
          scalars: [
            {
              symbol: "INDEX",
              description: `Level after ${moves} moves from ${spot}`,
              hasOptions: true,
            },
          ],
          house: { qty: houseQty, planted },
          fair: (_, { table }) => afterSteps(spot + total(table), sizes.slice(table.length)),
          settlement: () => spot + total(deal.table),
        };
      },
    };
  },
);
