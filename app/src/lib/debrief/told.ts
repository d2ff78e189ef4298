/** The told data of a session, as the check of its log compares them. Knows no worker. */

import type { ToldDeal } from "#game/formats/dealt-again.ts";
import type { Debrief, DebriefRound, Message } from "#protocol";
import type { Told } from "#lib/net/replay-messages.ts";

type Result = Partial<Pick<Message<"round_result">, "hands" | "table" | "deck">>;

/** The rounds of a debrief with the cards that everybody was told. */
export function toldDeals({ session, rounds }: Pick<Debrief, "session" | "rounds">): ToldDeal[] {
  return rounds.map((round) => toldDeal(session.room, round));
}

function toldDeal(room: string, told: DebriefRound): ToldDeal {
  const { round, format, params, seed, commit, seats } = told;
  const { hands = [], table = [], deck = [] } = told.result as Result;
  const handOf = (userId: number) => hands.find(({ user_id }) => user_id === userId)?.cards ?? [];
  return {
    ...{ room, round, format, params, seed, commits: [commit] },
    ...{ hands: seats.map(handOf), table, deck },
  };
}

export function toldOf(
  debrief: Debrief,
  { hashes, trades, positions }: Pick<Told, "hashes" | "trades" | "positions">,
): Told {
  const pnl = debrief.traders.map(({ user_id, name, pnl: made }) => ({
    ...{ user_id, name, pnl: made },
  }));
  return { hashes, trades, positions, pnl, deals: toldDeals(debrief) };
}
