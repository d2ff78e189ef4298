/**
 * Sentences of bots on what they did and why, when a round is settled or the session is over. Made from what the room keeps
 * anyway, so that they are the same after a wake and for who comes late.
 */

import type { BotKind, Message } from "#protocol";
import type { Context } from "../context.ts";
import { openRound, type RoundState } from "../rounds/state.ts";
import type { RoomUser } from "../state.ts";
import { holdingsOf, pnlOf } from "../views/holdings.ts";
import { scoresOf } from "../rounds/scoring/scores.ts";

/** The facts of a sentence. */
export interface Deeds {
  kind: BotKind;
  pnl: number;
  hasTraded: boolean;
  /** The largest of its positions at the end. */
  held: { symbol: string; qty: number } | null;
  /** Knowledge by its own cards of the first instrument, beyond what all could know. */
  hand: { symbol: string; worth: number; more: number } | null;
}

const did: Record<BotKind, string> = {
  maker: "I quoted both sides around my fair value and moved them against my position",
  sleeper: "I quoted wide and looked seldom, so my prices were old",
  noise: "I bought and sold at random and paid the spread each time",
  momentum: "I bought what rose and sold what fell, after it had moved",
  informed: "I waited for prices that were far from what I knew, and took them",
  parity: "I bought and sold options whose prices did not fit together",
  bluffer: "I showed size that I took away and traded the other way",
};

const idle: Record<BotKind, string> = {
  maker: "I quoted both sides, and nobody traded with me.",
  sleeper: "I quoted wide, and nobody traded with me.",
  noise: "I found nothing to trade with.",
  momentum: "Nothing moved far enough for me to follow.",
  informed: "No price was far enough from what I knew.",
  parity: "All options fitted together, so there was nothing to lock in.",
  bluffer: "I showed size, and nobody fell for it.",
};

export function sentenceOf({ kind, pnl, hasTraded, held, hand }: Deeds): string {
  if (!hasTraded) return idle[kind];
  const why = kind === "informed" && hand !== null ? knowing(hand) : did[kind];
  const end =
    held === null
      ? ""
      : `, ended ${held.qty > 0 ? "long" : "short"} ${Math.abs(held.qty)} ${held.symbol}`;
  return `${why}${end} and ${resultOf(pnl)}.`;
}

function knowing({ symbol, worth, more }: NonNullable<Deeds["hand"]>): string {
  const by = told(Math.abs(more));
  const than =
    Number(by) === 0
      ? "as much as the table said"
      : `${by} ${more > 0 ? "more" : "less"} than the table said`;
  return `My cards made ${symbol} worth ${told(worth)}, ${than}, so I waited for better prices than that`;
}

function resultOf(pnl: number): string {
  const amount = told(Math.abs(pnl));
  if (Number(amount) === 0) return "came out even";
  return pnl > 0 ? `made ${amount}` : `lost ${amount}`;
}

/** A number with one decimal at most. */
const told = (value: number) => String(Math.round(value * 10) / 10);

const botsOf = (ctx: Context) =>
  [...ctx.state.users.values()].filter(
    (user): user is RoomUser & { bot: NonNullable<RoomUser["bot"]> } => user.bot !== null,
  );

/** The sentences of the bots that had a seat in a settled round; null: there were none. */
export function saidOfRound(ctx: Context, round: RoundState): Message<"bots_said"> | null {
  const rows = new Map(scoresOf(round).map((row) => [row.userId, row]));
  const bots = botsOf(ctx)
    .filter(({ userId }) => round.seats.includes(userId))
    .map(({ userId, bot: { kind } }) => {
      const account = round.accounts.find((one) => one.userId === userId);
      const { listings } = openRound(round);
      const held = largest(
        (account?.qty ?? []).map((qty, place) => ({ symbol: listings[place]?.symbol ?? "", qty })),
      );
      const pnl = rows.get(userId)?.pnl ?? 0;
      const hasTraded = account !== undefined;
      const hand = handOf(round, round.seats.indexOf(userId));
      return { user_id: userId, kind, text: sentenceOf({ kind, pnl, hasTraded, held, hand }) };
    });
  return bots.length === 0 ? null : { type: "bots_said", round: round.round, bots };
}

/** The sentences of all bots on the whole session; null: there are none. */
export function saidOfSession(ctx: Context): Message<"bots_said"> | null {
  const bots = botsOf(ctx)
    .filter(({ kicked }) => !kicked)
    .map(({ userId, stats, bot: { kind } }) => {
      const held = largest(
        holdingsOf(ctx, userId).map(({ instrument, holding }) => ({
          ...{ symbol: instrument.symbol, qty: holding.qty },
        })),
      );
      const { pnl } = pnlOf(ctx, userId);
      const deeds = { kind, pnl, hasTraded: stats.volume > 0, held, hand: null };
      return { user_id: userId, kind, text: sentenceOf(deeds) };
    });
  return bots.length === 0 ? null : { type: "bots_said", round: null, bots };
}

function largest(positions: readonly { symbol: string; qty: number }[]): Deeds["held"] {
  const [first] = positions
    .filter(({ qty }) => qty !== 0)
    .sort((a, b) => Math.abs(b.qty) - Math.abs(a.qty));
  return first ?? null;
}

function handOf(round: RoundState, seat: number): Deeds["hand"] {
  const { dealt, listings, values } = openRound(round);
  const [listing] = listings;
  if (listing === undefined || (dealt.deal.hands[seat]?.length ?? 0) === 0) return null;
  const table = values({ revealed: 0, hands: "none" })[0] ?? null;
  const own = values({ revealed: 0, hands: seat })[0] ?? null;
  if (table === null || own === null) return null;
  return { symbol: listing.symbol, worth: own.mean, more: own.mean - table.mean };
}
