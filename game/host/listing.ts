/** The host's commands on instruments: listing, halting, pulling quotes, changing the tick. */

import { limits, type Request } from "#protocol";
import { announce, type Context, type Handler } from "../context.ts";
import { Reject } from "../engine-port.ts";
import { freeSlot } from "../engine-slots.ts";
import { tellCancelled } from "../trading/fills.ts";
import { nothingTraded } from "../trading/traded.ts";
import { isListedHalted, takeIn } from "../rounds/host-run.ts";
import { isLed } from "../rounds/rules/rules.ts";
import { priceOf } from "../units/prices.ts";
import { engineRejection, inexactListing, notExact, reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument } from "../state.ts";
import { symbolOf } from "./symbols.ts";
import { kindOf } from "../units/text-of.ts";
import { decimalsOf, fromUnits, toUnits } from "../units/decimals.ts";
import { instrumentView } from "../views/messages.ts";

export const addInstrument: Handler<"add_instrument"> = (ctx, call) => {
  const { halted = false } = call.request;
  const instrument = list(ctx, {
    ...call.request,
    halted: halted || isListedHalted(ctx.state),
  });
  if ("code" in instrument) return instrument;
  takeIn(ctx, instrument);
  announce(ctx, call, {
    type: "instrument_added",
    inst: instrument.inst,
    instrument: instrumentView(ctx, instrument),
    ts: call.ts,
    seq: call.seq,
  });
  ctx.feed.bookChanged(instrument.inst);
  return null;
};

/** Lists an instrument in the engine and the room, or refuses its definition. */
export function list(
  ctx: Context,
  request: Omit<Request<"add_instrument">, "op" | "cid">,
): RoomInstrument | Rejection {
  const { state, engine } = ctx;
  const {
    type,
    tick_size: tickSize = 0.01,
    lot_size: lotSize = 1,
    tick_value: tickValue = 1,
  } = request;
  const slot = freeSlot(state.instruments);
  if (slot === null)
    return reject("BAD_REQUEST", `A room has at most ${limits.instruments} instruments at a time.`);
  const named = symbolOf(state, request.symbol);
  if ("code" in named) return named;
  const tickValueMicros = toUnits(tickValue, 6);
  if (tickValueMicros === null || tickValueMicros <= 0 || tickValue > 1e6)
    return reject(
      "BAD_REQUEST",
      "The tick value must be positive and at most 1,000,000, with at most six decimals.",
    );
  if (!Number.isInteger(lotSize) || lotSize < 1 || lotSize > limits.maxOrderQty)
    return reject("BAD_REQUEST", "The lot size must be a positive whole number.");
  const underlying = underlyingOf(ctx, request);
  if (underlying !== null && "code" in underlying) return underlying;
  const bounds = { min: request.min_price, max: request.max_price };
  const grid = gridOf(type !== "SCALAR", tickSize, request.strike ?? 0, bounds);
  if ("code" in grid) return grid;

  const inst = state.instruments.length + 1;
  const { decimals, tickUnits, strikeUnits, minTicks, maxTicks } = grid;
  const halted = request.halted ?? false;
  const shown = saidBounds(grid, decimals, tickUnits);
  const opening = openingRefusal(request.opening_price, { ...grid, ...shown }, tickSize);
  if (opening !== null) return opening;
  const code = engine.addInstrument({
    inst,
    slot,
    kind: kindOf[type],
    underlying: underlying?.inst ?? 0,
    strikeUnits,
    tickUnits,
    decimals,
    lotSize,
    minTicks,
    maxTicks,
    halted,
  });
  if (code !== Reject.ok) return hostRejection(code);
  const instrument: RoomInstrument = {
    ...{ inst, slot, kept: null },
    symbol: named.symbol,
    description: plainText(request.description ?? "") || null,
    type,
    reference: underlying?.inst ?? null,
    strike: underlying === null ? null : (request.strike ?? null),
    tickSize,
    lotSize,
    tickValue,
    tickValueMicros,
    minTicks: shown.minTicks,
    maxTicks: shown.maxTicks,
    bounds,
    openingPrice: request.opening_price ?? null,
    hidden: false,
    halted,
    settled: false,
    isCorrected: false,
    round: null,
    retired: false,
    isVoid: false,
    lastPrice: null,
    traded: nothingTraded(),
  };
  state.instruments.push(instrument);
  return instrument;
}

/** Refusal of a price at which no order could be entered. */
function openingRefusal(
  price: number | undefined,
  { decimals, tickUnits, minTicks, maxTicks }: Grid,
  tickSize: number,
): Rejection | null {
  if (price === undefined) return null;
  const units = toUnits(price, decimals);
  if (units === null || units % tickUnits !== 0)
    return reject("OFF_TICK", `\`opening_price\` must be a multiple of the tick size ${tickSize}.`);
  return units < minTicks * tickUnits || units > maxTicks * tickUnits
    ? reject("PRICE_OUT_OF_RANGE", "`opening_price` must be within the bounds.")
    : null;
}

/** Refusal of an instrument's definition, by the engine's reject code. */
function hostRejection(code: Reject): Rejection {
  if (code === Reject.badCommand) return reject("BAD_REQUEST");
  return code === Reject.capacity ? inexactListing : engineRejection(code);
}

/** A line of text without controls and invisible characters. Requests that would lose any are refused (`policy.ts`); old journals hold them. */
export function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .trim();
}

function underlyingOf(
  ctx: Context,
  request: Omit<Request<"add_instrument">, "op" | "cid">,
): RoomInstrument | null | Rejection {
  if (request.type === "SCALAR") return null;
  const underlying = ctx.state.instruments[(request.reference_id ?? 0) - 1];
  if (underlying === undefined || underlying.type !== "SCALAR")
    return reject(
      "BAD_REQUEST",
      "An option needs `reference_id`: the id of the scalar that it is on.",
    );
  if (underlying.settled)
    return reject("SETTLED", "The underlying of this option is settled already.");
  if (request.strike === undefined) return reject("BAD_REQUEST", "An option needs a `strike`.");
  return underlying;
}

interface Grid {
  decimals: number;
  tickUnits: number;
  strikeUnits: number;
  minTicks: number;
  maxTicks: number;
}

/**
 * Integer grid of an instrument: as many decimals as its tick and strike need, and the bounds in ticks, rounded
 * inwards.
 */
function gridOf(
  isOption: boolean,
  tickSize: number,
  strike: number,
  bounds: RoomInstrument["bounds"],
): Grid | Rejection {
  const tickDecimals = decimalsOf(tickSize);
  const strikeDecimals = decimalsOf(strike);
  if (tickDecimals === null || tickSize <= 0 || tickSize > 1e6)
    return reject(
      "BAD_REQUEST",
      "The tick size must be positive and at most 1,000,000, with at most six decimals.",
    );
  if (strikeDecimals === null) return reject("BAD_REQUEST", `The strike ${notExact}`);
  const decimals = Math.max(tickDecimals, strikeDecimals);
  const tickUnits = toUnits(tickSize, decimals);
  const strikeUnits = toUnits(strike, decimals);
  if (tickUnits === null || strikeUnits === null)
    return reject("BAD_REQUEST", "Tick and strike have too many digits together.");
  const widest = limits.priceTicks;
  const minTicks = Math.max(
    -widest,
    Math.ceil((bounds.min ?? (isOption ? 0 : -Infinity)) / tickSize - 1e-9),
  );
  const maxTicks = Math.min(widest, Math.floor((bounds.max ?? Infinity) / tickSize + 1e-9));
  if (isOption && minTicks < 0)
    return reject("BAD_REQUEST", "The price of an option can't be negative.");
  if (minTicks > maxTicks)
    return reject("BAD_REQUEST", "`min_price` must not be above `max_price`.");
  return { decimals, tickUnits, strikeUnits, minTicks: minTicks + 0, maxTicks: maxTicks + 0 };
}

/**
 * Bounds within which an order can be entered. The outermost ticks of a coarse grid are no exact numbers, so every
 * price there is off the tick. The engine keeps the wide bounds, with which old journals were played.
 */
function saidBounds(
  { minTicks, maxTicks }: Pick<Grid, "minTicks" | "maxTicks">,
  decimals: number,
  tickUnits: number,
): Pick<Grid, "minTicks" | "maxTicks"> {
  const isSaid = (ticks: number) =>
    toUnits(fromUnits(ticks * tickUnits, decimals), decimals) === ticks * tickUnits;
  const most = Math.floor(Number.MAX_SAFE_INTEGER / tickUnits);
  let low = Math.max(minTicks, -most);
  let high = Math.min(maxTicks, most);
  while (low < high && !isSaid(low)) low++;
  while (high > low && !isSaid(high)) high--;
  return { minTicks: low + 0, maxTicks: high + 0 };
}

export const halt: Handler<"halt"> = (ctx, call) => {
  const { inst, on } = call.request;
  const targets = ctx.state.instruments.filter(
    (one) =>
      (inst === undefined ? !isLed(ctx.state, one.inst) : one.inst === inst) &&
      !one.settled &&
      !one.retired,
  );
  if (targets.length === 0) {
    const settled = ctx.state.instruments.some((one) => one.inst === inst);
    return reject(settled ? "SETTLED" : "NO_SUCH_INSTRUMENT");
  }
  for (const instrument of targets) {
    const code = ctx.engine.halt(instrument.inst, on);
    if (code !== Reject.ok) return engineRejection(code);
    instrument.halted = on;
  }
  for (const [index, { inst: one }] of targets.entries()) {
    const message = {
      type: "halt",
      inst: one,
      on,
      halted: on,
      ts: call.ts,
      seq: call.seq,
    } as const;
    if (index === 0) announce(ctx, call, message);
    else ctx.out.toAll(message);
  }
  return null;
};

export const pullQuotes: Handler<"pull_quotes"> = (ctx, call) => {
  const { inst } = call.request;
  const code = ctx.engine.pullQuotes(inst);
  if (code !== Reject.ok) return engineRejection(code);
  const cancelled = tellCancelled(ctx, call.ts, "quotes_pulled");
  announce(ctx, call, {
    type: "quotes_pulled",
    inst,
    reason: "host",
    cancelled,
    ts: call.ts,
    seq: call.seq,
  });
  return null;
};

export const updateTickSize: Handler<"update_tick_size"> = (ctx, call) => {
  const { instrument_id: inst, tick_size: tickSize } = call.request;
  const instrument = ctx.state.instruments[inst - 1];
  if (instrument === undefined) return reject("NO_SUCH_INSTRUMENT");
  if (instrument.settled) return reject("SETTLED");
  const isOption = instrument.type !== "SCALAR";
  const grid = gridOf(isOption, tickSize, instrument.strike ?? 0, instrument.bounds);
  if ("code" in grid) return grid;
  const decimals = Math.max(grid.decimals, ctx.engine.decimals(inst));
  const tickUnits = toUnits(tickSize, decimals);
  if (tickUnits === null) return reject("BAD_REQUEST");
  const oldPrice = oldGrid(ctx, inst);
  const code = ctx.engine.setTick(inst, tickUnits, decimals, grid.minTicks, grid.maxTicks);
  if (code !== Reject.ok) return hostRejection(code);
  const { minTicks, maxTicks } = saidBounds(grid, decimals, tickUnits);
  Object.assign(instrument, { tickSize, minTicks, maxTicks });
  const cancelled = tellCancelled(ctx, call.ts, "quotes_pulled", oldPrice);
  const { ts, seq } = call;
  ctx.out.toAll({ type: "quotes_pulled", inst, reason: "tick_size_change", cancelled, ts, seq });
  announce(ctx, call, {
    type: "tick_size_updated",
    inst,
    instrument_id: inst,
    tick_size: tickSize,
    min_price: priceOf(ctx.engine, inst, minTicks),
    max_price: priceOf(ctx.engine, inst, maxTicks),
    ts,
    seq,
  });
  ctx.feed.bookChanged(inst);
  return null;
};

/** Converter of ticks to prices on the instrument's present grid, for use after the grid has changed. */
function oldGrid(ctx: Context, inst: number): (ticks: number) => number {
  const tickUnits = ctx.engine.tickUnits(inst);
  const decimals = ctx.engine.decimals(inst);
  return (ticks) => fromUnits(ticks * tickUnits, decimals);
}
