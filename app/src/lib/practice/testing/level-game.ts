/** A level played in Node by a person of a test, on a virtual clock: the real room, bots and engine. */

import { GameHost } from "../../../../../local/game-host.ts";
import { LocalHost } from "../../../../../local/host.ts";
import { Client, Place } from "../../../../../local/testing/place.ts";
import { tellingSeed } from "../../../../../local/telling-seed.ts";
import type { LocalGame } from "#lib/engine/messages.ts";
import type { Message } from "#protocol";
import { measure, type Measures } from "#lib/practice/lessons/measures.ts";
import type { OwnTrades } from "#lib/engine/messages.ts";
import type { Person, View } from "./people.ts";

/** Time between two looks of a person. */
const lookMs = 1_500;
const mostMs = 15 * 60_000;

export interface Played {
  measures: Measures;
  own: OwnTrades;
  userId: number;
  seconds: number;
  faults: readonly unknown[];
  errors: readonly Message<"error">[];
}

/** @param seed 64 hexadecimal digits: of the deal and of the bots */
export function playLevel(game: LocalGame, seed: string, person: Person): Played {
  const place = new Place();
  place.seed = seed;
  if (game.isTelling === true) {
    const seat = game.bots.reduce((sum, { count }) => sum + count, 0);
    const draws = { n: 0 };
    const next = () => (BigInt(`0x${seed}`) + BigInt(draws.n++)).toString(16).padStart(64, "0");
    place.seed = tellingSeed(game, { seat, seats: seat + 1 }, next);
  }
  const room = place.open();
  const later: (() => void)[] = [];
  const errors: Message<"error">[] = [];
  const host: { game: GameHost | null } = { game: null };
  const link = new LocalHost(room, "host", "https://here", (message) => {
    later.push(() => host.game?.heard(message));
    if (message.type === "error") errors.push(message);
  });
  const settle = () => {
    for (let next = later.shift(); next !== undefined; next = later.shift()) next();
  };
  host.game = new GameHost(game, (request) => link.ask(request));
  settle();
  const you = new Client(room, { name: "You", role: "trader", batch: true });
  const heard = you.heard;
  settle();
  host.game.begin();
  settle();
  const begun = place.now;
  const result = () => heard.find((one) => one.type === "round_result");
  while (result() === undefined && place.now - begun < mostMs) {
    place.pass(250);
    settle();
    const round = heard.findLast((one) => one.type === "round");
    const isTrading = round?.state === "running" && round.step.kind === "trade";
    if (isTrading && (place.now - begun) % lookMs === 0) person(viewOf(you, round));
    settle();
  }
  const ended = result();
  const userId = you.last("join_ack").user_id;
  const own = room.ownTrades(userId);
  const row = ended?.rows.find(({ user_id }) => user_id === userId);
  return {
    ...{ measures: measure(own, row), own, userId, seconds: (place.now - begun) / 1_000 },
    ...{ faults: place.faults, errors },
  };
}

function viewOf(you: Client, round: Message<"round">): View {
  const { heard } = you;
  const bookOf = (inst: number) =>
    heard.findLast(
      (one): one is Message<"md_inc"> | Message<"snapshot"> =>
        (one.type === "md_inc" || one.type === "snapshot") && one.inst === inst,
    ) ?? null;
  const main = round.instruments[0] ?? 0;
  const fills = heard.filter((one) => one.type === "fill");
  const fair = new Map<number, number>();
  for (const one of heard)
    if (one.type === "fair") for (const { inst, mean } of one.values) fair.set(inst, mean);
  const heldIn = (inst: number) =>
    fills
      .filter((fill) => fill.inst === inst)
      .reduce((sum, { side, qty }) => sum + (side === "buy" ? qty : -qty), 0);
  const strikes = new Map(
    heard
      .filter((one) => one.type === "instrument_added")
      .map(({ instrument }) => [instrument.id, instrument.strike ?? null]),
  );
  return {
    strikeOf: (inst) => strikes.get(inst) ?? null,
    ...{
      main,
      position: heldIn(main),
      heldIn,
      bookOf,
      fair,
      fills,
      instruments: round.instruments,
    },
    book: bookOf(main),
    ask: (request) => you.send(request),
  };
}
