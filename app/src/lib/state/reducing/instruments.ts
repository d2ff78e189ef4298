/** Changes a room's data by messages about its instruments: listed, halted, settled, edited, retired. */

import type { Instrument, Message } from "#protocol";
import { worthAt } from "#lib/trading/settlement.ts";
import type { Batch, SettledInstrument } from "../batch.ts";
import { keepInstruments } from "../past-instruments.ts";
import type { RoomData } from "../room-data.svelte.ts";
import type { Reducers } from "./reducer.ts";

type Settled = Message<"settlement"> | Message<"option_expired">;

function patchInstrument(data: RoomData, inst: number, patch: Partial<Instrument>): void {
  data.listed = data.listed.map((instrument) =>
    instrument.id === inst ? { ...instrument, ...patch } : instrument,
  );
}

function halt(data: RoomData, message: Message<"halt">, batch: Batch): void {
  if (data.instrument(message.inst)?.halted === message.halted) return;
  patchInstrument(data, message.inst, { halted: message.halted });
  // The steps of a round say when its instruments trade.
  if (data.isInRound && data.round?.instruments.includes(message.inst) === true) return;
  batch.halted.set(message.inst, message.halted);
}

function settlement(data: RoomData, message: Message<"settlement">, batch: Batch): void {
  const instrument = data.instrument(message.inst);
  // The message carries the value of the underlying, also for an option.
  const final = instrument ? worthAt(instrument, message.value) : message.value;
  patchInstrument(data, message.inst, settledAt(final, message));
  batch.settled.push(settledBy(message, final, false));
}

function expiry(data: RoomData, message: Message<"option_expired">, batch: Batch): void {
  patchInstrument(data, message.inst, settledAt(message.payoff, message));
  batch.settled.push(settledBy(message, message.payoff, message.reason === "underlying_settled"));
}

const settledAt = (settlement: number, { corrected }: Settled): Partial<Instrument> => ({
  ...{ settled: true, settlement },
  ...(corrected && { corrected: true }),
});

const settledBy = (
  { inst, corrected, result, results }: Settled,
  value: number,
  follows: boolean,
): SettledInstrument => ({
  ...{ inst, value, follows, results },
  ...{ corrected: corrected === true, result: result ?? null },
});

function added(data: RoomData, { instrument }: Message<"instrument_added">, batch: Batch): void {
  if (data.instrument(instrument.id)) return;
  data.listed = [...data.listed, instrument];
  batch.listed.push(instrument.id);
}

/** An instrument that is shown again is new to traders. */
function edited(data: RoomData, message: Message<"instrument_edited">, batch: Batch): void {
  const { inst, instrument } = message;
  const before = data.instrument(inst);
  patchInstrument(data, inst, instrument);
  keepInstruments(data);
  if (before === undefined || instrument.hidden) return;
  if (before.hidden) batch.listed.push(inst);
  else if (before.symbol !== instrument.symbol)
    batch.events.push({ type: "symbol_changed", inst, from: before.symbol });
}

function tickSize(data: RoomData, message: Message<"tick_size_updated">, batch: Batch): void {
  const { inst, tick_size: tick, min_price, max_price } = message;
  batch.events.push({ type: "tick", inst, tick });
  patchInstrument(data, inst, { tick_size: tick, min_price, max_price });
}

function retired(data: RoomData, { inst }: Message<"instrument_retired">): void {
  const instrument = data.instrument(inst);
  if (instrument !== undefined) data.retired.set(inst, instrument);
  data.listed = data.listed.filter(({ id }) => id !== inst);
}

export const instrumentReducers: Reducers = {
  instrument_added: added,
  instrument_retired: retired,
  instrument_edited: edited,
  halt,
  settlement,
  option_expired: expiry,
  tick_size_updated: tickSize,
};
