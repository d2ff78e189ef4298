/** One round with bots, and what each of the players gained from each other. */

import { answered } from "#game/bots/answering.ts";
import { lawful } from "#game/bots/lawful.ts";
import { viewOf } from "#game/bots/looking.ts";
import { SeededStream } from "#game/dealing/random.ts";
import { Side } from "#game/engine-port.ts";
import { isSettled, openRound, stepOf } from "#game/rounds/state.ts";
import type { BotKind, Message } from "#protocol";
import { madeOf, strategies, type Strategy } from "./people.ts";
import { Table } from "./table.ts";

/** A bot's kind, a person's strategy, or somebody who only looks on. */
export type Player = BotKind | Strategy;

export interface GameSettings {
  format: string;
  params: Record<string, unknown>;
  players: readonly Player[];
  /** A whole number. */
  seed: number;
}

export interface GameResult {
  /** P&L of each player, and what it gained from trades with each other, in the order of `players`. */
  pnl: number[];
  from: number[][];
  /** Points that count as one: a hundredth of the range where values are guessed, so that questions compare. */
  scale: number;
  trades: number;
  refusals: Message<"error">[];
  /** Looks at the scalars' books while they traded, and at how many of them both sides were there. */
  looks: number;
  twoSided: number;
}

const paceMs = 1_500;
const lookMs = 500;

export function play({ format, params, players, seed }: GameSettings): GameResult {
  const stream = new SeededStream(seed.toString(16).padStart(64, "0"));
  const seedOf = () =>
    Array.from({ length: 8 }, () =>
      stream
        .below(2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    ).join("");
  const table = new Table(seedOf);
  const host = table.join("Exchange", "exchange");
  const ids = players.map((player, at) => seat(table, host, player, at));
  table.ask(host, { op: "round_start", format, params, seats: ids });
  if (table.room.state.round === null) throw new Error(table.refusals[0]?.message ?? "no round");
  const people = players.flatMap((player, at) =>
    isPerson(player) ? [{ userId: ids[at] as number, bot: madeOf[player](), dueMs: 0 }] : [],
  );
  const result: GameResult = {
    ...{ pnl: [], from: [], scale: 1, trades: 0, refusals: [], looks: 0, twoSided: 0 },
  };
  let lookDue = 0;
  for (;;) {
    const { round } = table.room.state;
    if (round === null || round.progress !== "running" || isSettled(round)) break;
    const personDue = Math.min(...people.map(({ dueMs }) => dueMs), Infinity);
    table.step(Math.min(Math.max(personDue, table.now + 1), Math.max(lookDue, table.now + 1)));
    for (const person of people) {
      if (person.dueMs > table.now) continue;
      person.dueMs = table.now + paceMs / 2 + stream.below(paceMs);
      const user = table.room.state.users.get(person.userId);
      if (user === undefined) continue;
      const view = viewOf(table.ctx, user, table.now);
      const wishes = [...answered(view, stream), ...person.bot.decide(view, stream)];
      for (const request of lawful(view, wishes)) table.ask(person.userId, request);
    }
    if (table.now < lookDue) continue;
    lookDue = table.now + lookMs;
    look(table, result);
  }
  return counted(table, ids, result);
}

function scaleOf({ state: { round } }: Table["room"]): number {
  const { listings, values } = openRound(round as NonNullable<typeof round>);
  const [first] = listings;
  const isCounted = values({ revealed: 0, hands: "none" })[0] != null;
  return isCounted || first === undefined ? 1 : (first.maxPrice - first.minPrice) / 100;
}

function isPerson(player: Player): player is Strategy {
  return (strategies as readonly string[]).includes(player);
}

function seat(table: Table, host: number, player: Player, at: number): number {
  if (isPerson(player)) return table.join(`Person ${at}`, "trader");
  table.ask(host, { op: "bot_add", kind: player });
  return [...table.room.state.users.keys()].at(-1) as number;
}

/** Notes whether the scalars of a round that trades have both sides. */
function look({ room }: Table, result: GameResult): void {
  const { round } = room.state;
  if (round === null || stepOf(round).kind !== "trade") return;
  const { engine } = room.context;
  const levels = new Int32Array(2);
  for (const [place, { type }] of openRound(round).listings.entries()) {
    const inst = round.insts[place] as number;
    const instrument = room.state.instruments[inst - 1];
    if (type !== "SCALAR" || instrument === undefined || instrument.halted) continue;
    const hasSide = (side: Side) => engine.depth(inst, side, 1, levels) > 0;
    result.looks++;
    if (hasSide(Side.buy) && hasSide(Side.sell)) result.twoSided++;
  }
}

function counted(
  { room, result, trades, refusals }: Table,
  ids: number[],
  game: GameResult,
): GameResult {
  const scale = scaleOf(room);
  const settled = new Map(result?.settlement.map(({ inst, value }) => [inst, value]));
  const from = ids.map(() => ids.map(() => 0));
  const gains: Record<number, number> = {};
  for (const { inst, buyer, seller, price, qty } of trades.values()) {
    const [buys, sells] = [ids.indexOf(buyer), ids.indexOf(seller)];
    const gain = (qty * ((settled.get(inst) ?? 0) - price)) / scale;
    // A house that quotes is nobody's player.
    gains[buys] = (gains[buys] ?? 0) + gain;
    gains[sells] = (gains[sells] ?? 0) - gain;
    const [bought, sold] = [from[buys], from[sells]];
    if (bought === undefined || sold === undefined) continue;
    bought[sells] = (bought[sells] ?? 0) + gain;
    sold[buys] = (sold[buys] ?? 0) - gain;
  }
  const pnl = ids.map((_, at) => gains[at] ?? 0);
  return { ...game, pnl, from, scale, trades: trades.size, refusals };
}
