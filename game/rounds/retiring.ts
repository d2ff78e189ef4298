/** The end of instruments: they leave the screens, and their P&L goes to the users' own accounts. */

import type { Context } from "../context.ts";
import { emptyPosition, Reject } from "../engine-port.ts";
import type { KeptInstrument } from "../engine-slots.ts";
import type { RoomInstrument } from "../state.ts";
import { tellCancelled } from "../trading/fills.ts";
import { nothingTraded } from "../trading/traded.ts";
import { doubleMark } from "../units/money.ts";
import { holdingOf, isHeld, pnlIn } from "../views/holdings.ts";
import { endowedWith, potOf } from "./endowments.ts";

/**
 * Takes instruments that are over off the screens, and out of the engine.
 * @param insts those of the last round, with which its pot is banked, or others: a scalar never without its options
 */
export function retire(ctx: Context, insts: readonly number[], ts: number): void {
  const leaving = insts
    .map((inst) => ctx.state.instruments[inst - 1])
    .filter((instrument) => instrument !== undefined && !instrument.retired) as RoomInstrument[];
  bank(ctx, leaving);
  // Options go before their underlyings.
  for (const instrument of leaving.toSorted((a, b) => rankOf(b) - rankOf(a)))
    takeOut(ctx, instrument, ts);
  for (const { inst } of leaving) ctx.out.toAll({ type: "instrument_retired", inst });
}

const rankOf = ({ type }: RoomInstrument) => (type === "SCALAR" ? 0 : 1);

function takeOut(ctx: Context, instrument: RoomInstrument, ts: number): void {
  const { engine } = ctx;
  const { inst } = instrument;
  if (engine.pullQuotes(inst) === Reject.ok) tellCancelled(ctx, ts, "quotes_pulled");
  const kept = keep(ctx, instrument);
  instrument.retired = true;
  // An option that the host had listed on it holds its place.
  if (engine.retire(inst) !== Reject.ok) return;
  instrument.slot = 0;
  instrument.kept = kept;
  // Only the log tells of its prices from now on.
  instrument.traded = nothingTraded();
}

/**
 * Answers that files and log still ask for: the grid, the final value, and everybody's holding, dealt contracts among the
 * settled ones.
 */
function keep(ctx: Context, instrument: RoomInstrument): KeptInstrument {
  const { engine, state } = ctx;
  const { inst } = instrument;
  const units = engine.settlementUnits(inst);
  const settlementUnits = units === null ? null : Number(units);
  const holdings = [...state.users.values()]
    .filter(({ userId, stats }) => stats.traded.has(inst) || isHeld(ctx, userId, instrument))
    .flatMap(({ userId }) => {
      const { qty, vwapUnits, cashUnits, settledQty } = engine.position(userId, inst, position);
      const endowed = endowedWith(state, userId, inst, "all");
      const cash = Number(cashUnits) + endowed * (settlementUnits ?? 0);
      return [userId, qty, vwapUnits, cash, settledQty + endowed];
    });
  const [decimals, tickUnits] = [engine.decimals(inst), engine.tickUnits(inst)];
  return { decimals, tickUnits, settlementUnits, holdings };
}

const position = emptyPosition();

/** Keeps the P&L that users made in the instruments and by the pot: nobody asks the engine for it any more. */
function bank(ctx: Context, leaving: readonly RoomInstrument[]): void {
  const { state, engine } = ctx;
  if (leaving.length === 0) return;
  const marks = leaving.map((one) => doubleMark(engine, one, state.markLots));
  const isRounds = leaving.some(({ inst }) => state.round?.insts.includes(inst) === true);
  for (const user of state.users.values()) {
    const held = leaving.flatMap((instrument, at) =>
      isHeld(ctx, user.userId, instrument)
        ? [{ instrument, holding: holdingOf(ctx, user.userId, instrument, marks[at]) }]
        : [],
    );
    const pot = isRounds ? potOf(state, user.userId, "all") : 0;
    if (held.length > 0 || pot !== 0) user.banked += pnlIn(ctx, held, pot).pnl;
  }
}
