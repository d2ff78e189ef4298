/** The operations on rounds: the host starts and leads one, seats answer what it asks. */

import { limits, type Request } from "#protocol";
import type { Call, Context, Handler } from "../context.ts";
import { setSession } from "../host/session.ts";
import { list } from "../host/listing.ts";
import { bearerOf } from "../host/symbols.ts";
import { reject, type Rejection } from "../rejection.ts";
import { present, type RoomInstrument } from "../state.ts";
import { formatOf } from "../formats/all.ts";
import type { Planned } from "../formats/format.ts";
import { plannedOf } from "../formats/planned.ts";
import { instrumentView, sessionView } from "../views/messages.ts";
import { extend, keepTime, windUp } from "./clock.ts";
import { bidFor, isDecided } from "./contest.ts";
import type { DrawnStart } from "./drawing.ts";
import { unsettledRefusal } from "./host-run.ts";
import { seatHouse } from "./house.ts";
import type { Listing } from "./listing.ts";
import { newMeter } from "./scoring/meter.ts";
import { isRunning, isSettled, openRound, stepOf, type RoundState } from "./state.ts";
import { retire } from "./retiring.ts";
import { abort, enter, goOn, tellFair, tellRound } from "./stepping.ts";
import { handView, roundView } from "./views.ts";

export const roundStart: Handler<"round_start"> = (ctx, call) => {
  const { state } = ctx;
  if (isRunning(state.round))
    return reject("BAD_REQUEST", "A round is under way: finish or abort it first.");
  const { format, params } = call.request;
  if (format === undefined) return reject("BAD_REQUEST", unnamedText(call.request));
  const planned = planOf(format, params);
  if ("code" in planned) return planned;
  const seats = seatsOf(ctx, call.request);
  if (!Array.isArray(seats)) return seats;
  const crowd = crowdRefusal(format, planned, seats.length);
  if (crowd !== null) return crowd;
  const round = newRound(ctx, call, format, planned, seats);
  if ("code" in round) return round;
  const { listings } = openRound(round);
  const leaving = leavingFor(state, listings);
  if (!Array.isArray(leaving)) return leaving;
  if (placesTaken(state, new Set(leaving)) + listings.length > limits.instruments)
    return noPlace(listings);
  const { ts, seq } = call;
  retire(ctx, leaving, ts);
  state.round = round;
  if (state.session === "lobby") {
    setSession(ctx, "open", null, ts);
    ctx.out.toAll({ type: "session", ...sessionView(ctx), ts, seq });
  }
  seatHouse(ctx, round, ts);
  listAll(ctx, call, round);
  enter(ctx, round, { ts, seq });
  answer(ctx, call, round);
  for (const [seat, userId] of seats.entries())
    ctx.out.toUser(userId, handView(round, seat, { ts, seq }));
  tellFair(ctx, round);
  return null;
};

/** Says why there is no format. */
function unnamedText({ setup }: Request<"round_start">): string {
  return setup === undefined
    ? "`format` is missing: name one of GET /api/formats."
    : `The room has no set-up ${setup}: post it again, for a room keeps the last ${limits.setups}.`;
}

function planOf(id: string, params: Request<"round_start">["params"] = {}): Planned | Rejection {
  const planned = plannedOf({ id, params });
  return typeof planned === "string" ? reject("BAD_REQUEST", planned) : planned;
}

/** The traders who play, or why they cannot. */
function seatsOf(
  ctx: Context,
  { seats: named, drawnSeats = [] }: DrawnStart,
): number[] | Rejection {
  if (named === undefined) return [...drawnSeats];
  const there = new Set(present(ctx.state, "trader").map(({ userId }) => userId));
  const stranger = named.find((userId) => !there.has(userId));
  if (stranger !== undefined)
    return reject("BAD_REQUEST", `\`seats\`: there is no trader ${stranger} in the room.`);
  return new Set(named).size === named.length
    ? [...named]
    : reject("BAD_REQUEST", "`seats` names a trader twice.");
}

function crowdRefusal(id: string, plan: Planned, seats: number): Rejection | null {
  const bounds = formatOf(id)?.seats ?? { min: 1, max: 1 };
  if (seats < bounds.min || seats > bounds.max)
    return reject(
      "BAD_REQUEST",
      `This game is for ${bounds.min} to ${bounds.max} traders, and there are ${seats}.`,
    );
  const refused = plan.refusal(seats);
  return refused === null ? null : reject("BAD_REQUEST", refused);
}

/**
 * Instruments that leave the screens when the round starts: those of the last one, settled ones of the host's whose symbols it
 * lists, and where places are short as many more settled ones as are needed, the oldest first. A scalar and its options leave
 * together. An instrument that has a symbol of the round and is not settled is a reason to refuse the start.
 */
function leavingFor(state: Context["state"], listings: readonly Listing[]): number[] | Rejection {
  const leaving = new Set(state.round?.insts);
  for (const { symbol } of listings) {
    const own = bearerOf(state, symbol);
    if (own === undefined || leaving.has(own.inst)) continue;
    if (!own.settled)
      return reject(
        "BAD_REQUEST",
        `This game lists ${symbol}, and the room has an instrument of that name: settle or rename yours first.`,
      );
    for (const inst of familyOf(state, own)) leaving.add(inst);
  }
  const isShort = () => placesTaken(state, leaving) + listings.length > limits.instruments;
  for (const own of state.instruments)
    if (own.settled && !own.retired && isShort())
      for (const inst of familyOf(state, own)) leaving.add(inst);
  return [...leaving];
}

/** Settled instruments that leave with one: the engine keeps a scalar as long as there are options on it. */
function familyOf({ instruments }: Context["state"], own: RoomInstrument): number[] {
  const root = own.reference ?? own.inst;
  // An option that has expired before its underlying leaves alone.
  if (instruments[root - 1]?.settled !== true) return [own.inst];
  return instruments
    .filter(({ inst, reference, retired }) => !retired && (inst === root || reference === root))
    .map(({ inst }) => inst);
}

/** Instruments that stay listed when these are retired. */
function placesTaken({ instruments }: Context["state"], leaving: ReadonlySet<number>): number {
  return instruments.filter(({ inst, slot }) => slot > 0 && !leaving.has(inst)).length;
}

function noPlace(listings: readonly Listing[]): Rejection {
  return reject(
    "BAD_REQUEST",
    `The round has ${listings.length} instruments, and a room at most ${limits.instruments} at a time, your own included: settle some of yours first.`,
  );
}

function newRound(
  { state }: Context,
  { request, ts, seq }: Pick<Call<"round_start">, "request" | "ts" | "seq">,
  format: string,
  plan: Planned,
  seats: number[],
): RoundState | Rejection {
  const { drawnSeed }: DrawnStart = request;
  const seed = request.seed ?? drawnSeed;
  if (seed === undefined) return reject("INTERNAL");
  return {
    round: (state.round?.round ?? 0) + 1,
    format,
    params: plan.params,
    seed,
    isKnownDeal: request.seed !== undefined,
    isLearning: request.learning ?? false,
    isAuto: request.auto ?? true,
    seats,
    insts: [],
    progress: "running",
    step: 0,
    clock: { endsAt: null, leftMs: null, isPaused: false, isIdle: false },
    answers: seats.map(() => null),
    accounts: [],
    contest: null,
    finals: [],
    standingsBefore: [],
    ...{ startedMs: ts, startedSeq: seq },
    meter: newMeter(ts),
    scoredBy: null,
  };
}

/** Lists the round's instruments, halted. */
function listAll(ctx: Context, { ts, seq }: Call, round: RoundState): void {
  const { listings } = openRound(round);
  const scalars: number[] = [];
  for (const listing of listings) {
    const { type, scalar, strike } = listing;
    const listed = list(ctx, {
      ...{ symbol: listing.symbol, description: listing.description, type },
      ...{ tick_size: listing.tickSize, lot_size: 1, tick_value: 1, halted: true },
      ...{ min_price: listing.minPrice, max_price: listing.maxPrice },
      opening_price: listing.openingPrice,
      ...(strike === null ? {} : { strike, reference_id: scalars[scalar] }),
    });
    if ("code" in listed) throw new Error(`${round.format} ${listing.symbol}: ${listed.message}`);
    listed.round = round.round;
    round.insts.push(listed.inst);
    if (type === "SCALAR") scalars.push(listed.inst);
    const instrument = instrumentView(ctx, listed);
    ctx.out.toAll({ type: "instrument_added", inst: listed.inst, instrument, ts, seq });
    ctx.feed.bookChanged(listed.inst);
  }
}

export const roundStep: Handler<"round_step"> = (ctx, call) => {
  const { round } = ctx.state;
  if (!isRunning(round)) return reject("NO_ROUND");
  const refused = led(ctx, call, round);
  if (refused !== null) return refused;
  answer(ctx, call, round);
  return null;
};

/** Does what the host asks of the round. */
function led(ctx: Context, call: Call<"round_step">, round: RoundState): Rejection | null {
  const { ts, seq } = call;
  const { action, seconds = 0 } = call.request;
  switch (action) {
    case "next": {
      const refused = unsettledRefusal(ctx);
      if (refused !== null) return refused;
      goOn(ctx, round, { ts, seq });
      return null;
    }
    case "pause":
    case "resume":
      round.clock.isPaused = action === "pause";
      keepTime(round, ctx.state.session === "open", ts);
      return null;
    case "extend":
      if (!(seconds >= 1 && seconds <= 3_600))
        return reject("BAD_REQUEST", "`seconds` must be from 1 to 3,600.");
      return extend(round, seconds * 1_000)
        ? null
        : reject("BAD_REQUEST", "This step has no clock: it lasts until you go on.");
    case "abort":
      if (isSettled(round))
        return reject("BAD_REQUEST", "The round is settled: it cannot be aborted any more.");
      abort(ctx, round, { ts, seq });
      return null;
  }
}

/** Answers the host with the round, and tells everybody else. */
function answer(ctx: Context, call: Call, round: RoundState): void {
  const message = roundView(ctx, round, { ts: call.ts, seq: ctx.state.seq });
  call.reply(message);
  ctx.out.toAll(message, call.connection);
}

export const roundAnswer: Handler<"round_answer"> = (ctx, call) => {
  const { round } = ctx.state;
  if (!isRunning(round)) return reject("NO_ROUND");
  const seat = round.seats.indexOf(call.user.userId);
  if (seat < 0) return reject("NOT_SEATED");
  const { value } = call.request;
  if (stepOf(round).kind === "contest") return contestBid(ctx, call, round, seat);
  const { answers } = openRound(round).plan;
  if (stepOf(round).kind !== "ask" || answers === undefined)
    return reject("RULE", "Nothing is asked in this step.");
  if (value < answers.min || value > answers.max)
    return reject("RULE", `The answer must be from ${answers.min} to ${answers.max}.`);
  round.answers[seat] = value;
  call.reply(handView(round, seat, { ts: call.ts, seq: call.seq }));
  ctx.feed.roundChanged();
  return null;
};

/** Takes a bid in a contest: each begins its clock anew, and the narrowest that there can be ends it. */
function contestBid(
  ctx: Context,
  call: Call<"round_answer">,
  round: RoundState,
  seat: number,
): Rejection | null {
  const refused = bidFor(round, seat, call.request.value);
  if (refused !== null) return refused;
  const stamp = { ts: call.ts, seq: call.seq };
  call.reply(handView(round, seat, stamp));
  windUp(round);
  keepTime(round, ctx.state.session === "open", call.ts);
  ctx.feed.roundChanged();
  if (!round.isAuto || !isDecided(round)) return null;
  goOn(ctx, round, stamp);
  tellRound(ctx, round, stamp);
  return null;
}
