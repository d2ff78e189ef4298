/** Money that a seat has locked in: its P&L at the settlement that is worst for it. */

import { supportOf } from "../../fair/distribution.ts";
import { payoffsAt } from "../listing.ts";
import { openRound, type RoundAccount, type RoundState } from "../state.ts";

/** The amount, in a round on one scalar whose settlements all know. */
export function lockedIn(round: RoundState, { qty, paid }: RoundAccount): number {
  const { dealt, listings } = openRound(round);
  const fair = dealt.fair(0, { hands: dealt.deal.hands.map(() => null), table: [] });
  if (fair === null) return 0;
  const { least, greatest } = supportOf(fair);
  const cost = paid.reduce((sum, points) => sum + (points ?? 0), 0);
  let worst = Infinity;
  for (let settlement = least; settlement <= greatest; settlement++) {
    const worth = payoffsAt(listings, [settlement]).reduce(
      (sum, payoff, place) => sum + (qty[place] ?? 0) * payoff,
      0,
    );
    worst = Math.min(worst, worth - cost);
  }
  return worst;
}
