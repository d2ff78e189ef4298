/** Reading an engine's events into fresh objects, for tests. */

import type { EngineEvent, EnginePort } from "#game/engine-port.ts";

/** An event of which nothing is said; its keys are in the order of the ABI's words. */
export function emptyEvent(): EngineEvent {
  return {
    kind: 1,
    inst: 0,
    side: 0,
    reason: 0,
    status: 0,
    price: 0,
    qty: 0,
    filled: 0,
    leaves: 0,
    userId: 0,
    orderId: 0,
    contraUserId: 0,
    contraOrderId: 0,
    contraFilled: 0,
    contraLeaves: 0,
    tradeId: 0,
    units: 0,
  };
}

export function readEvents(engine: EnginePort): EngineEvent[] {
  return Array.from({ length: engine.eventCount }, (_, i) => engine.readEvent(i, emptyEvent()));
}
