/** Settlement: final values, each position's payout, and the messages about them to host, traders and spectators. */

import type { Message, MessageType } from "#protocol";
import type { Call, Context, Handler } from "../context.ts";
import { forEachEvent } from "../context.ts";
import { EventKind, Reject } from "../engine-port.ts";
import { noteFinals, tellCorrected } from "../rounds/scoring/result.ts";
import { tellCancelled } from "../trading/fills.ts";
import { toMoney, twice } from "../units/money.ts";
import { engineRejection, noRoomToSettle, notExact, reject, type Rejection } from "../rejection.ts";
import { foremost, resultsOf } from "./results.ts";
import type { RoomInstrument } from "../state.ts";
import { decimalsOf, fromUnits, toUnits } from "../units/decimals.ts";

type Payout = { user_id: number; qty: number; payout: number };

/** The source of a settlement: a host's request, or a round that has come to its end. */
export type Settling = Pick<Call, "ts" | "seq" | "connection" | "reply"> & {
  how: "settled" | "corrected" | "expired";
};

export const settle: Handler<"settle"> = (ctx, call) =>
  settleAt(ctx, asked(call, "settled"), call.request.inst, call.request.value);

export const expireOption: Handler<"expire_option"> = (ctx, call) => {
  const instrument = ctx.state.instruments[call.request.inst - 1];
  if (instrument?.type === "SCALAR")
    return reject("BAD_REQUEST", "Only an option expires: use `settle` for a scalar.");
  return settleAt(ctx, asked(call, "expired"), call.request.inst, call.request.spot_price);
};

/** Corrects a settlement, whichever way it came about: to traders the whole payout is told again. */
export const resettle: Handler<"resettle"> = (ctx, call) => {
  const { inst, value } = call.request;
  const instrument = ctx.state.instruments[inst - 1];
  if (instrument === undefined) return reject("NO_SUCH_INSTRUMENT");
  if (!instrument.settled)
    return reject("BAD_REQUEST", `${instrument.symbol} is not settled yet: use \`settle\`.`);
  const units = exactly(value);
  if ("code" in units) return units;
  const code = ctx.engine.resettle(inst, units.value, units.decimals);
  if (code !== Reject.ok) return code === Reject.capacity ? noRoomToSettle : engineRejection(code);
  tellSettled(ctx, asked(call, "corrected"), instrument, value);
  tellCorrected(ctx, inst, { ts: call.ts, seq: call.seq });
  return null;
};

function asked(call: Call, how: Settling["how"]): Settling {
  const { ts, seq, connection } = call;
  return { ts, seq, connection, reply: (message) => call.reply(message), how };
}

/** Settles an instrument, and tells everybody. @returns why it cannot be settled so; null: it is */
export function settleAt(
  ctx: Context,
  settling: Settling,
  inst: number,
  value: number,
): Rejection | null {
  const instrument = ctx.state.instruments[inst - 1];
  if (instrument === undefined) return reject("NO_SUCH_INSTRUMENT");
  if (instrument.settled) return reject("SETTLED", `${instrument.symbol} is settled already.`);
  const units = exactly(value);
  if ("code" in units) return units;
  const code = ctx.engine.settle(inst, units.value, units.decimals);
  if (code !== Reject.ok) return code === Reject.capacity ? noRoomToSettle : engineRejection(code);
  tellSettled(ctx, settling, instrument, value);
  return null;
}

/** A final value as a whole number of units, or its refusal. */
function exactly(value: number): { value: number; decimals: number } | Rejection {
  const decimals = decimalsOf(value);
  const units = decimals === null ? null : toUnits(value, decimals);
  if (decimals === null || units === null) return reject("BAD_REQUEST", `The value ${notExact}`);
  return { value: units, decimals };
}

/** Consequences of the settlement or correction just made: options first, then the instrument that was named. */
function tellSettled(
  ctx: Context,
  settling: Settling,
  instrument: RoomInstrument,
  value: number,
): void {
  const { inst } = instrument;
  const payouts = collectPayouts(ctx);
  noteFinals(ctx, payouts.keys());
  tellCancelled(ctx, settling.ts, "settled");
  for (const [settledInst] of payouts) {
    const one = ctx.state.instruments[settledInst - 1];
    if (one !== undefined) {
      one.settled = true;
      one.isCorrected ||= settling.how === "corrected";
    }
    ctx.feed.bookChanged(settledInst);
  }
  for (const [optionInst, paid] of payouts) {
    const option = ctx.state.instruments[optionInst - 1];
    if (option === undefined || optionInst === inst) continue;
    tell(ctx, settling, expired(ctx, settling, option, value, "underlying_settled"), paid);
  }
  const { ts, seq } = settling;
  const message =
    settling.how === "expired"
      ? expired(ctx, settling, instrument, value, "expired")
      : ({ type: "settlement", inst, value, ts, seq } as const);
  tell(ctx, settling, message, payouts.get(inst) ?? [], resultsOf(ctx, payouts));
}

/** Payouts of the command just run, by instrument; the list is empty for one without positions. */
function collectPayouts(ctx: Context): Map<number, Payout[]> {
  const payouts = new Map<number, Payout[]>();
  forEachEvent(ctx, (event) => {
    if (event.kind === EventKind.settled) payouts.set(event.inst, payouts.get(event.inst) ?? []);
    if (event.kind !== EventKind.payout) return;
    const instrument = ctx.state.instruments[event.inst - 1];
    if (instrument === undefined) return;
    const payout = toMoney(
      twice(event.units),
      ctx.engine.decimals(event.inst),
      instrument.tickValueMicros,
    );
    const list = payouts.get(event.inst) ?? [];
    list.push({ user_id: event.userId, qty: event.qty, payout });
    payouts.set(event.inst, list);
  });
  return payouts;
}

function expired(
  ctx: Context,
  { ts, seq }: Settling,
  option: RoomInstrument,
  spot: number,
  reason: "underlying_settled" | "expired",
): Message<"option_expired"> {
  const { inst } = option;
  const payoff = fromUnits(
    Number(ctx.engine.settlementUnits(inst) ?? 0),
    ctx.engine.decimals(inst),
  );
  return {
    type: "option_expired",
    inst,
    spot_price: spot,
    payoff,
    reason,
    ts,
    seq,
  };
}

/**
 * Sends the host everybody's payouts and results, a trader the trader's own, spectators no payouts and the foremost of the
 * results.
 *
 * @param results of all that was settled: only the message about the instrument that was named, the reply, has them
 */
function tell<T extends Extract<MessageType, "settlement" | "option_expired">>(
  ctx: Context,
  { how, connection, reply }: Settling,
  message: Message<T>,
  payouts: Payout[],
  results: ReturnType<typeof resultsOf> | null = null,
): void {
  const told = how === "corrected" ? { ...message, corrected: true } : message;
  const whole = { ...told, payouts, ...(results && { results }) };
  if (results !== null) reply(whole);
  ctx.out.toRole("exchange", whole, results === null ? undefined : connection);
  ctx.out.toRole("spectator", { ...told, ...(results && { results: foremost(results) }) });
  const own = new Map(payouts.map((paid) => [paid.user_id, paid]));
  const resultOf = new Map(results?.map((one) => [one.user_id, one]));
  for (const user of ctx.state.users.values()) {
    const paid = own.get(user.userId);
    if (paid !== undefined) ctx.feed.filled(user.userId);
    if (user.role !== "trader" || user.connections === 0) continue;
    const result = resultOf.get(user.userId);
    ctx.out.toUser(user.userId, {
      ...told,
      ...(paid && { payout: { qty: paid.qty, payout: paid.payout } }),
      ...(result && { result: { pnl: result.pnl, total: result.total } }),
    });
  }
}
