/** Copies the engine's events and answers out of linear memory: events, holdings, orders and units. */

import type {
  CancelReason,
  EngineEvent,
  EngineOrder,
  EnginePosition,
  EventKind,
  OrderStatus,
  Side,
  Units,
} from "#game/engine-port.ts";
import { eventLayout, eventsPerBlock, eventWords, layout } from "./abi.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { word, WORD } from "./words.ts";

/** The units of an instrument's prices and money. */
export interface Grid {
  decimals: number;
  tickUnits: number;
  settlementUnits: Units | null;
}

/** Copies an event of the last command. */
export function readEvent(memory: EngineMemory, index: number, into: EngineEvent): EngineEvent {
  const words = memory.words;
  if (!(index >= 0 && index < word(words, memory.eventCount) >>> 0))
    throw new RangeError(`There is no event ${index}.`);
  // Uses `| 0` and not Math.trunc, so that the compiler divides integers.
  const block = word(words, memory.eventBlocks + ((index / eventsPerBlock) | 0)) >>> 2;
  const at = block + (index % eventsPerBlock) * eventWords;
  const head = word(words, at + eventLayout.head);
  into.kind = (head & 0xff) as EventKind;
  into.inst = (head >>> 8) & 0xff;
  into.side = ((head >>> 16) & 0xff) as Side;
  into.reason = (head >>> 24) as CancelReason;
  into.status = word(words, at + eventLayout.status) as OrderStatus;
  into.price = word(words, at + eventLayout.price);
  into.qty = word(words, at + eventLayout.qty);
  into.filled = word(words, at + eventLayout.filled);
  into.leaves = word(words, at + eventLayout.leaves);
  into.userId = word(words, at + eventLayout.userId);
  into.orderId = word(words, at + eventLayout.orderId) >>> 0;
  into.contraUserId = word(words, at + eventLayout.contraUserId);
  into.contraOrderId = word(words, at + eventLayout.contraOrderId) >>> 0;
  into.contraFilled = word(words, at + eventLayout.contraFilled);
  into.contraLeaves = word(words, at + eventLayout.contraLeaves);
  into.tradeId = word(words, at + eventLayout.tradeId) >>> 0;
  const units0 = word(words, at + eventLayout.units0);
  const units1 = word(words, at + eventLayout.units1);
  const units2 = word(words, at + eventLayout.units2);
  // Spares trades the arithmetic: they have no units.
  into.units = (units0 | units1 | units2) === 0 ? 0 : memory.units(at + eventLayout.units0, 3);
  return into;
}

/** Copies the holding that the last question asked for. */
export function readPosition(memory: EngineMemory, into: EnginePosition): EnginePosition {
  const { PositionResult: field } = layout;
  const at = memory.result;
  into.qty = memory.signed(at + field.qty);
  into.openBuyQty = memory.signed(at + field.openBuyQty);
  into.openSellQty = memory.signed(at + field.openSellQty);
  into.cashUnits = memory.units(at + field.cash0, 4);
  into.settledQty = memory.signed(at + field.settledQty);
  const high = memory.signed(at + field.cost3) * WORD + memory.unsigned(at + field.cost2);
  const whole = high * WORD + memory.unsigned(at + field.cost1);
  const cost = whole + memory.unsigned(at + field.cost0) / WORD;
  into.vwapUnits = into.qty === 0 ? 0 : cost / memory.signed(at + field.basisQty);
  return into;
}

/** Copies the order that the last question asked for. */
export function readOrder(memory: EngineMemory): EngineOrder {
  const { OrderResult: field } = layout;
  const at = memory.result;
  const filled = memory.signed(at + field.filled);
  const leaves = memory.signed(at + field.leaves);
  return {
    orderId: memory.unsigned(at + field.orderId),
    userId: memory.unsigned(at + field.userId),
    inst: memory.unsigned(at + field.inst),
    side: memory.unsigned(at + field.side) as Side,
    price: memory.signed(at + field.price),
    qty: filled + leaves,
    filled,
    leaves,
    postOnly: memory.unsigned(at + field.postOnly) !== 0,
    isQuote: memory.unsigned(at + field.isQuote) !== 0,
  };
}

/** Copies the units of the instrument that the last question asked for. */
export function readGrid(memory: EngineMemory): Grid {
  const { InstrumentResult: field } = layout;
  const at = memory.result;
  return {
    decimals: memory.unsigned(at + field.decimals),
    tickUnits: memory.pair(at + field.tickUnitsLo),
    settlementUnits:
      memory.unsigned(at + field.settled) === 0 ? null : memory.units(at + field.markUnits0, 3),
  };
}
