/** Calls of the engine's binary interface that the room has no use for, so that its port does not have them. */

import type { Reject } from "#game/engine-port.ts";
import { CommandKind, layout, noPrice } from "../abi.ts";
import type { WasmEngine } from "../wasm-engine.ts";
import { toId } from "../words.ts";

/** Cancels a user's orders in one instrument; the room does it one by one, as it has to name them. */
export function cancelInstrument({ memory }: WasmEngine, userId: number, inst: number): Reject {
  const { CancelInstrument: field } = layout;
  memory.write(field.kind, CommandKind.cancelInstrument);
  memory.write(field.userId, toId(userId));
  memory.write(field.inst, toId(inst));
  return memory.step();
}

/** Last traded price in ticks, or null; the room keeps it with the trade. */
export function lastTicks({ memory }: WasmEngine, inst: number): number | null {
  if (memory.exports.mm_instrument(toId(inst)) === 0) return null;
  const price = memory.signed(memory.result + layout.InstrumentResult.lastTicks);
  return price === noPrice ? null : price;
}
